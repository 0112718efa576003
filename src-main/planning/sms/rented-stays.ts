/** The stays of rented trucks at the stations of the site, from the owner's plan: what they bring, what they must leave with, and the rent. */
import { Refusal } from '../../base/errors.ts';
import type { Horizon } from '../../base/horizon.ts';
import { energyAheadMwh } from '../../models/sms/driving.ts';
import type { Leg } from '../../models/sms/plan.ts';
import type { RentedStay } from '../../models/v2g/mobile.ts';
import type { SmsPlanRecord } from './mobile-ports.ts';

/** 'given': as the owner's plan has it; 'free': the site charges and discharges within each stay as it pays. */
export type StayDispatch = 'given' | 'free';

const kilo = 1000;
/** The owner's plan is exact to its solver's tolerance; a kWh less a thousandth is not fought over. */
const roundingKwh = 1e-3;

/**
 * @param buses of the site's network by terminal of the plan's definition; null or left out: the substation.
 * @throws Refusal `bad-mobile-storage` where the definition of that plan names no grid as the site, or its slots do not fit.
 */
export function rentedStays(
  record: SmsPlanRecord,
  day: Pick<Horizon, 'slots' | 'slotMinutes'>,
  dispatch: StayDispatch,
  buses: readonly (string | null)[] = [],
): RentedStay[] {
  const { problem, plan, storage } = record;
  const grid = storage.grids.findIndex(({ id }) => id === storage.siteGrid);
  if (grid < 0)
    throw new Refusal('bad-mobile-storage', {
      path: 'siteGrid',
      problem: `is missing in the definition plan ${record.id} was made with: no grid of it is the site`,
    });
  const perSlot = storage.slotMinutes / day.slotMinutes;
  if (!Number.isInteger(perSlot) || problem.slots * perSlot !== day.slots)
    throw new Refusal('bad-mobile-storage', {
      path: 'slotMinutes',
      problem: `(${storage.slotMinutes}) is no multiple of the ${day.slotMinutes} minutes the site is planned in`,
    });
  /** Of the owner's slots, in those of the site. */
  const spread = (values: readonly number[]): number[] =>
    values.flatMap((value) => new Array<number>(perSlot).fill(value));
  const rentPerKwh = spread(plan.priceUsdPerMwh[grid]!.map((usd) => usd / kilo));
  return plan.trucks.flatMap((truck, k) => {
    const { powerMw, capacityMwh, minMwh, initialMwh, chargeEfficiency, dischargeEfficiency } = problem.trucks[k]!;
    const ahead = energyAheadMwh(problem, problem.trucks[k]!, truck.legs);
    const netKw = truck.dischargeMw.map((mw, slot) => kilo * (mw - truck.chargeMw[slot]!));
    return truck.legs.flatMap((leg): RentedStay[] => {
      if (!worksFor(record, leg, grid)) return [];
      const { terminal, fromSlot, untilSlot } = leg;
      const given = netKw.slice(fromSlot, untilSlot);
      if (dispatch === 'given' && given.every((kw) => Math.abs(kw) < 1e-6)) return [];
      const energyKwh = (slot: number): number => kilo * (slot < 0 ? initialMwh : truck.energyMwh[slot]!);
      const path = [energyKwh(fromSlot - 1), ...given.map((_, at) => energyKwh(fromSlot + at))];
      const minKwh = kilo * (minMwh + ahead[fromSlot]!);
      const held = given.reduce(
        (kwh, kw) => kwh + problem.slotHours * (kw < 0 ? -kw * chargeEfficiency : -kw / dischargeEfficiency),
        path[0]!,
      );
      const slackKwh = dispatch === 'given' ? roundingKwh : 0;
      const name = `${storage.trucks[k]!.name} at ${storage.terminals[terminal]!.name}`;
      return [
        {
          id: `${truck.id}@${fromSlot * perSlot}`,
          name,
          from: fromSlot * perSlot,
          until: untilSlot * perSlot,
          minKwh: Math.min(minKwh, ...path, held) - slackKwh,
          maxKwh: Math.max(kilo * capacityMwh, ...path, held) + slackKwh,
          arrivingKwh: path[0]!,
          leavingKwh: dispatch === 'given' ? held : path.at(-1)!,
          powerKw: kilo * powerMw,
          chargeEfficiency,
          dischargeEfficiency,
          rentPerKwh,
          ...(typeof buses[terminal] === 'string' ? { bus: buses[terminal] } : {}),
          ...(dispatch === 'given'
            ? {
                pinnedKw: spread(netKw).map((kw, slot) =>
                  slot >= fromSlot * perSlot && slot < untilSlot * perSlot ? kw : null,
                ),
              }
            : {}),
        },
      ];
    });
  });
}

function worksFor({ problem }: SmsPlanRecord, leg: Leg, grid: number): leg is Extract<Leg, { kind: 'stay' }> {
  if (leg.kind !== 'stay') return false;
  const place = problem.terminals[leg.terminal]!;
  return place.kind === 'station' && place.grid === grid;
}
