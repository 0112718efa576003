/**
 * How a day is planned in a back-test, written as one word that is the strategy's name everywhere:
 *
 *   nominal            what is expected, nothing protected (budget at α = 0)
 *   budget:4           at most four components deviate at once; budget:4/12 in at most twelve slots of the day
 *   static:4           as budget:4, with committed supply covering every deviation and cars none (θ = 0)
 *   per-resource:4     as budget:4 (or 4/12), with a share of each deviation for every gas unit and storage unit too
 *   interval, ellipsoid, factor, scenarios, support, moment, wasserstein       the set of that kind
 *   dial:20            the least budget measured short on at most 1 day in 20, found anew each day; dial:20/factor the least set of that kind
 *   without-v2g:4      as budget:4, with cars that charge on arrival and give nothing back
 *   perfect            the day known beforehand: no strategy can cost less
 *
 * and any of them with the operator's own trucks, routed with the day: budget:4+trucks.
 */
import { Refusal } from '../../base/errors.ts';
import type { Recourse } from '../plan/build-problem.ts';
import { setKinds, type SetKind } from '../../uncertainty/day-set.ts';

export type Strategy =
  | { kind: 'budget'; protection: number; slotProtection: number | undefined; recourse: Recourse }
  | { kind: 'set'; set: Exclude<SetKind, 'budget'> }
  /** `days`: at most one of so many short. */
  | { kind: 'dial'; days: number; set: SetKind }
  | { kind: 'without-v2g'; protection: number }
  | { kind: 'perfect' };

export const nominalName = 'nominal';
export const perfectName = 'perfect';

const number = String.raw`\d+(?:\.\d+)?`;
const budgetPattern = new RegExp(`^budget:(${number})(?:/(${number}))?$`);
const perResourcePattern = new RegExp(`^per-resource:(${number})(?:/(${number}))?$`);
const staticPattern = new RegExp(`^static:(${number})$`);
const dialPattern = new RegExp(`^dial:(\\d+)(?:/([a-z-]+))?$`);
const withoutPattern = new RegExp(`^without-v2g:(${number})$`);

/** Ends the name of a strategy that has the operator's own trucks. */
const trucksSuffix = '+trucks';
export const hasTrucks = (name: string): boolean => name.endsWith(trucksSuffix);

/** @throws Refusal `bad-request` for a name that is none */
export function parseStrategy(given: string): Strategy {
  const name = hasTrucks(given) ? given.slice(0, -trucksSuffix.length) : given;
  if (name === nominalName) return { kind: 'budget', protection: 0, slotProtection: undefined, recourse: 'affine' };
  if (name === perfectName) return { kind: 'perfect' };
  const set = setKinds.find((kind) => kind === name);
  if (set !== undefined && set !== 'budget') return { kind: 'set', set };
  for (const [pattern, recourse] of [
    [budgetPattern, 'affine'],
    [perResourcePattern, 'per-resource'],
  ] as const) {
    const found = pattern.exec(name);
    if (!found) continue;
    const slotProtection = found[2] === undefined ? undefined : Number(found[2]);
    return { kind: 'budget', protection: Number(found[1]), slotProtection, recourse };
  }
  const fixed = staticPattern.exec(name);
  if (fixed) return { kind: 'budget', protection: Number(fixed[1]), slotProtection: undefined, recourse: 'static' };
  const dial = dialPattern.exec(name);
  const dialled = setKinds.find((kind) => kind === (dial?.[2] ?? 'budget'));
  if (dial && dialled && Number(dial[1]) >= 2) return { kind: 'dial', days: Number(dial[1]), set: dialled };
  const without = withoutPattern.exec(name);
  if (without) return { kind: 'without-v2g', protection: Number(without[1]) };
  throw new Refusal('bad-request', {
    call: 'backtest',
    problem: `"${given}" is no strategy; there are nominal, budget:α, budget:α/Γ, per-resource:α/Γ, static:α, dial:N, dial:N/SET, without-v2g:α, perfect, the sets ${setKinds
      .filter((kind) => kind !== 'budget')
      .join(', ')}, and each of these with "+trucks"`,
  });
}
