/** The operator's demands as part of the problem. Rents become a shorter menu; closed roads have gone into the travel times before. */
import { Refusal } from '../base/errors.ts';
import type { SmsProblem } from '../models/sms/problem.ts';
import type { MobileStorage } from './mobile-storage.ts';
import type { SlotRange, SmsOverride } from './sms-override.ts';

export const closedRoads = (overrides: readonly SmsOverride[]): { from: string; to: string }[] =>
  overrides.flatMap((override) => (override.kind === 'close-road' ? override.links : []));

/** @throws Refusal `bad-request` for what is not there, slots outside the day, or a cap below every rent. */
export function overrideProblem(
  problem: SmsProblem,
  storage: MobileStorage,
  overrides: readonly SmsOverride[],
): SmsProblem {
  return overrides.reduce((changed, override) => applyOne(changed, storage, override), problem);
}

function applyOne(problem: SmsProblem, storage: MobileStorage, override: SmsOverride): SmsProblem {
  if ('fromSlot' in override) requireRange(problem, override);
  switch (override.kind) {
    case 'close-road':
      return problem;
    case 'cap-price':
    case 'fix-price':
      return withRent(problem, indexOf(storage.grids, 'grid', override.grid), override);
    default:
      throw refused(`"${override.kind}" is not known`);
  }
}

function withRent(
  problem: SmsProblem,
  grid: number,
  { kind, fromSlot, untilSlot, rentPerKwh }: SlotRange & { kind: 'cap-price' | 'fix-price'; rentPerKwh: number },
): SmsProblem {
  const rent = 1000 * rentPerKwh;
  const priceMenuUsdPerMwh = problem.priceMenuUsdPerMwh.map((slots, g) =>
    slots.map((menu, slot) => {
      if (g !== grid || slot < fromSlot || slot >= untilSlot) return menu;
      if (kind === 'fix-price') return [rent];
      const kept = menu.filter((price) => price <= rent * (1 + 1e-12));
      if (kept.length === 0)
        throw refused(`the cap ${rentPerKwh} per kWh is below every rent of grid ${problem.grids[g]!.id}`);
      return kept;
    }),
  );
  return { ...problem, priceMenuUsdPerMwh };
}

function requireRange({ slots }: SmsProblem, { fromSlot, untilSlot }: SlotRange): void {
  if (!(fromSlot < untilSlot && untilSlot <= slots))
    throw refused(`slots ${fromSlot} to ${untilSlot} are not within the ${slots} slots of the day`);
}

function indexOf(items: readonly { id: string }[], what: string, id: string): number {
  const index = items.findIndex((item) => item.id === id);
  if (index < 0) throw refused(`there is no ${what} "${id}"`);
  return index;
}

const refused = (problem: string): Refusal => new Refusal('bad-request', { call: 'sms.make', problem });
