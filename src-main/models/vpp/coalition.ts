/**
 * A virtual power plant: the owners of wind, gas, storage and fleets of a site who trade with the market together. What a coalition of them
 * does is the day-ahead problem with the other members left out, no demand of others, no deviation and no reserve: a linear program, so
 * that the value of a coalition is convex in what its members bring (Owen 1975; docs/method/market.md, "Virtual power plant").
 */
import type { SlotValues, V2gProblem } from '../v2g/problem.ts';

export interface VppMember {
  kind: 'wind' | 'gas' | 'storage' | 'aggregator';
  /** Index within its kind in the problem. */
  index: number;
  id: string;
  name: string;
  /** Its part of the connection, kW: limits add up over the members of a coalition. */
  importKw: number;
  exportKw: number;
}

/**
 * Everyone who can trade. The connection is shared by what each can use most of it: import by charging power (a fleet's is the peak it has when
 * nobody coordinates it), export by the most it can give.
 */
export function vppMembers(problem: V2gProblem): VppMember[] {
  const fleetPower = (index: number, power: 'chargeKw' | 'dischargeKw'): number =>
    peak(problem, (slot) =>
      problem.evs.reduce(
        (sum, ev) =>
          sum + (ev.aggregator === index && ev.arrivalSlot <= slot && slot < ev.departureSlot ? ev[power] : 0),
        0,
      ),
    );
  const wants: Omit<VppMember, 'name'>[] = [
    ...problem.wind.map(({ id, availableKw }, index) => ({ kind: 'wind' as const, index, id, importKw: 0, exportKw: Math.max(...availableKw) })), // prettier-ignore
    ...problem.gas.map(({ id, maxKw }, index) => ({ kind: 'gas' as const, index, id, importKw: 0, exportKw: maxKw })),
    ...problem.storage.map(({ id, chargeKw, dischargeKw }, index) => ({ kind: 'storage' as const, index, id, importKw: chargeKw, exportKw: dischargeKw })), // prettier-ignore
    ...problem.aggregators.map(({ id }, index) => ({ kind: 'aggregator' as const, index, id, importKw: Math.max(0, ...problem.uncoordinatedKw[index]!), exportKw: fleetPower(index, 'dischargeKw') })), // prettier-ignore
  ];
  const part = (want: number, of: 'importKw' | 'exportKw', limitKw: number): number => {
    const all = wants.reduce((sum, member) => sum + member[of], 0);
    return all > 0 ? (want / all) * limitKw : 0;
  };
  const name = ({ kind, index }: Omit<VppMember, 'name'>): string =>
    ({ wind: problem.wind, gas: problem.gas, storage: problem.storage, aggregator: problem.aggregators })[kind][index]!
      .name;
  return wants.map((member) => ({
    ...member,
    name: name(member),
    importKw: part(member.importKw, 'importKw', problem.grid?.importLimitKw ?? 0),
    exportKw: part(member.exportKw, 'exportKw', problem.grid?.exportLimitKw ?? 0),
  }));
}

/** The day of a coalition: no integers, no deviation, no trucks, no network, nothing owed to anyone outside it. */
export function coalitionProblem(problem: V2gProblem, members: readonly VppMember[]): V2gProblem {
  const has = (kind: VppMember['kind'], index: number): boolean =>
    members.some((member) => member.kind === kind && member.index === index);
  const { grid } = problem;
  const total = (of: 'importKw' | 'exportKw'): number => members.reduce((sum, member) => sum + member[of], 0);
  // Where energy costs nothing or less, charging and discharging at once would burn it for money: nobody gives then.
  const noGiving: SlotValues | undefined = grid?.buyPerKwh.some((price) => price <= 0)
    ? grid.buyPerKwh.map((price) => (price <= 0 ? 0 : null))
    : undefined;
  const none = new Array<number>(problem.slots).fill(0);
  return {
    currency: problem.currency,
    slots: problem.slots,
    slotHours: problem.slotHours,
    dischargePerKwh: problem.dischargePerKwh,
    unmetPerKwh: problem.unmetPerKwh,
    lossShare: problem.lossShare,
    uncoordinatedKw: problem.uncoordinatedKw,
    name: `${problem.name}: ${members.map(({ id }) => id).join(', ')}`,
    loadKw: none,
    wind: problem.wind.filter((_, index) => has('wind', index)),
    gas: problem.gas
      .filter((_, index) => has('gas', index))
      .map((unit) => ({ ...unit, commitment: 'always-on', minKw: 0, noLoadPerHour: 0, initial: { state: 'free' } })),
    storage: problem.storage
      .filter((_, index) => has('storage', index))
      .map((unit) => (noGiving ? { ...unit, dischargeKwAt: noGiving } : unit)),
    aggregators: problem.aggregators.map((aggregator) =>
      noGiving ? { ...aggregator, dischargeLimitKwAt: noGiving } : aggregator,
    ),
    evs: problem.evs.filter(({ aggregator }) => has('aggregator', aggregator)),
    grid: grid && {
      importLimitKw: total('importKw'),
      exportLimitKw: total('exportKw'),
      buyPerKwh: grid.buyPerKwh,
      // Selling for more than buying costs would be trade without any plant.
      sellPerKwh: grid.sellPerKwh.map((price, slot) => Math.min(price, grid.buyPerKwh[slot]!)),
    },
    throughputPerKwh: 0,
    reserve: { shareOfLoad: 0, counts: 'installed' },
    uncertainty: { components: [], protection: 0 },
    recourse: 0,
    charging: 'coordinated',
  };
}

const peak = ({ slots }: V2gProblem, kw: (slot: number) => number): number =>
  Math.max(0, ...Array.from({ length: slots }, (_, slot) => kw(slot)));
