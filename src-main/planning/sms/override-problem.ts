/**
 * The operator's demands as part of the problem: on places they go to the trucks, on rents they shorten the menu or narrow the range; closed roads have
 * gone into the travel times before.
 */
import { Refusal } from '../../base/errors.ts';
import { networkOf } from '../../models/sms/network.ts';
import type { PlaceRule, SmsProblem, Truck } from '../../models/sms/problem.ts';
import type { MobileStorage } from './mobile-storage.ts';
import type { SlotRange, SmsOverride } from './sms-override.ts';

export const closedRoads = (overrides: readonly SmsOverride[]): { from: string; to: string }[] =>
  overrides.flatMap((override) => (override.kind === 'close-road' ? override.links : []));

/**
 * @throws Refusal `bad-request` for what is not there, slots outside the day, or a cap below every rent; `plan-infeasible` naming the
 *   first demand that leaves a truck no way through the day.
 */
export function overrideProblem(
  problem: SmsProblem,
  storage: MobileStorage,
  overrides: readonly SmsOverride[],
): SmsProblem {
  return overrides.reduce((before, override, index) => {
    const after = applyOne(before, storage, override);
    const stuck = after.trucks.find((truck) => networkOf(after, truck).length === 0);
    if (stuck && before.trucks.every((truck) => networkOf(before, truck).length > 0)) {
      const name = storage.trucks.find(({ id }) => id === stuck.id)?.name ?? stuck.id;
      const why = `demand ${index + 1} (${override.kind}) leaves ${name} no way through the day.`;
      throw new Refusal('plan-infeasible', { day: problem.name, why });
    }
    return after;
  }, problem);
}

function applyOne(problem: SmsProblem, storage: MobileStorage, override: SmsOverride): SmsProblem {
  if ('fromSlot' in override) requireRange(problem, override);
  const terminalOf = (id: string): number => indexOf(problem.terminals, 'terminal', id);
  switch (override.kind) {
    case 'close-road':
      return problem;
    case 'cap-price':
    case 'fix-price':
      return withRent(problem, indexOf(storage.grids, 'grid', override.grid), override);
    case 'pin': {
      const { fromSlot, untilSlot } = override;
      const terminals = [terminalOf(override.terminal)];
      return withRule(problem, override.truck, { kind: 'only', terminals, fromSlot, untilSlot });
    }
    case 'forbid-station': {
      const { fromSlot, untilSlot } = override;
      const terminals = [terminalOf(override.terminal)];
      return withRule(problem, override.truck, { kind: 'never', terminals, fromSlot, untilSlot });
    }
    case 'reserve-truck': {
      const { fromSlot, untilSlot } = override;
      const grid = indexOf(storage.grids, 'grid', override.grid);
      const terminals = problem.terminals.flatMap((terminal, at) =>
        terminal.kind === 'station' && terminal.grid !== grid ? [at] : [],
      );
      return withRule(problem, override.truck, { kind: 'never', terminals, fromSlot, untilSlot });
    }
    case 'forbid-truck':
      return withoutWork(problem, indexOf(problem.trucks, 'truck', override.truck));
  }
}

/** Adds a demand to one truck, or to all where none is named. */
function withRule(problem: SmsProblem, truck: string | null, rule: PlaceRule): SmsProblem {
  const only = truck === null ? null : indexOf(problem.trucks, 'truck', truck);
  const trucks = problem.trucks.map((one, k) =>
    only === null || k === only ? { ...one, places: [...(one.places ?? []), rule] } : one,
  );
  return { ...problem, trucks };
}

/** The truck stays where its day begins and moves no energy. */
function withoutWork(problem: SmsProblem, k: number): SmsProblem {
  const truck = problem.trucks[k]!;
  if (truck.start !== truck.end)
    throw refused(`truck "${truck.id}" must end the day elsewhere, so it cannot stay away`);
  const rule: PlaceRule = { kind: 'only', terminals: [truck.start], fromSlot: 0, untilSlot: problem.slots };
  const idle: Truck = {
    ...truck,
    powerMw: 0,
    finalMinMwh: Math.min(truck.finalMinMwh, truck.initialMwh),
    places: [rule],
  };
  return { ...problem, trucks: problem.trucks.map((one, at) => (at === k ? idle : one)) };
}

type PriceOverride = Extract<SmsOverride, { kind: 'cap-price' | 'fix-price' }>;

/** Shortens the menu, or narrows the range under the cap. A rent may be fixed at what the definition does not offer. */
function withRent(problem: SmsProblem, grid: number, override: PriceOverride): SmsProblem {
  const { kind, fromSlot, untilSlot, rentPerKwh } = override;
  const rent = 1000 * rentPerKwh;
  /** [grid][slot], changed where the demand holds. */
  const changed = <Value>(table: readonly Value[][], change: (value: Value) => Value): Value[][] =>
    table.map((slots, g) =>
      slots.map((value, slot) => (g === grid && slot >= fromSlot && slot < untilSlot ? change(value) : value)),
    );
  const { priceMenuUsdPerMwh: menus, priceCapUsdPerMwh: caps } = problem;
  const tooLow = (): Refusal =>
    refused(`the cap ${rentPerKwh} per kWh is below every rent of grid ${problem.grids[grid]!.id}`);
  if (caps === undefined) {
    const shorter = (menu: number[]): number[] => {
      if (kind === 'fix-price') return [rent];
      const kept = menu.filter((price) => price <= rent * (1 + 1e-12));
      if (kept.length === 0) throw tooLow();
      return kept;
    };
    return { ...problem, priceMenuUsdPerMwh: changed(menus, shorter) };
  }
  const floors = problem.priceFloorUsdPerMwh ?? caps.map((slots) => slots.map(() => 0));
  if (kind === 'fix-price') {
    const fixed = (): number => rent;
    return { ...problem, priceCapUsdPerMwh: changed(caps, fixed), priceFloorUsdPerMwh: changed(floors, fixed) };
  }
  const notBelow = changed(floors, (floor) => {
    if (floor > rent * (1 + 1e-12)) throw tooLow();
    return Math.min(floor, rent);
  });
  const priceCapUsdPerMwh = changed(caps, (cap) => Math.min(cap, rent));
  return { ...problem, priceCapUsdPerMwh, priceFloorUsdPerMwh: notBelow };
}

function requireRange({ slots }: SmsProblem, { fromSlot, untilSlot }: SlotRange): void {
  if (!(fromSlot >= 0 && fromSlot < untilSlot && untilSlot <= slots))
    throw refused(`slots ${fromSlot} to ${untilSlot} are not within the ${slots} slots of the day`);
}

function indexOf(items: readonly { id: string }[], what: string, id: string): number {
  const index = items.findIndex((item) => item.id === id);
  if (index < 0) throw refused(`there is no ${what} "${id}"`);
  return index;
}

const refused = (problem: string): Refusal => new Refusal('bad-request', { call: 'sms.make', problem });
