/**
 * Real days as deviations of a plan: ξ [component][slot], positive = more demand or less wind. Whole days are kept together, so
 * correlation in time and among components survives.
 */
import { setWorstCase } from '../../robust/sets/set-adversary.ts';
import type { DaySetFit, SetKind, UncertaintySet } from '../../uncertainty/day-set.ts';
import { totalSet } from '../../uncertainty/total-set.ts';
import type { ComponentSet, FittedSet } from '../../uncertainty/types.ts';
import type { DeviationDay } from '../../verify/types.ts';

/** The forecast errors of past days as they were, the days usable in every component, oldest first. The set has learnt from them. */
export function pastErrorDays(set: FittedSet): DeviationDay[] {
  return sharedDays(set, ({ residuals }) =>
    residuals.filter((day) => day.usable).map(({ day, errorKw }) => [day, errorKw] as const),
  );
}

/** Where an earlier promise was next to nothing its ratio to an error says little; an error is never more than doubled. */
const mostMagnified = 2;

/**
 * Days that the widths were not made from, oldest first: each held-out error times the half-width of this set over the one that a set
 * of earlier days had promised for it. Where the error was half again as large as its promise, so is what the plan meets.
 */
export function heldOutDays(set: FittedSet): DeviationDay[] {
  return sharedDays(set, (component) => {
    const { heldOut, halfWidthKw } = component;
    return heldOut.map(({ day, promisedKw }) => [
      day,
      magnified(component, day, (slot) => halfWidthKw[slot]! / promisedKw[slot]!),
    ]);
  });
}

/**
 * The same for a set of whole days: the worst total deviation of each slot stands for the half-widths, and the errors of all components of
 * a slot grow alike.
 */
export function heldOutWholeDays(set: FittedSet, { set: daySet, heldOut }: DaySetFit): DeviationDay[] {
  const slots = set.components[0]!.centreKw.length;
  const worst = worstSlotsKw(daySet, slots);
  return sharedDays(set, (component) =>
    heldOut
      .filter(({ day }) => component.residuals.some((past) => past.day === day))
      .map(({ day, promisedKw }) => [day, magnified(component, day, (slot) => worst[slot]! / promisedKw[slot]!)]),
  );
}

/** The held-out days as a set of this kind meets them: those of its own whole days where it learns them, of the intervals otherwise. */
export const unseenDays = (set: FittedSet, kind: SetKind): DeviationDay[] =>
  set.daySet?.kind === kind ? heldOutWholeDays(set, set.daySet) : heldOutDays(set);

/** Largest total deviation of each slot that a set of whole days knows, kW. */
export function worstSlotsKw(set: UncertaintySet, slots: number): number[] {
  const total = totalSet(set, slots);
  const none = new Array<number>(slots).fill(0);
  return none.map((_, slot) => setWorstCase(total, none.with(slot, 1)));
}

function magnified({ residuals }: ComponentSet, day: string, ratioOf: (slot: number) => number): number[] {
  const errors = residuals.find((past) => past.day === day)?.errorKw ?? [];
  return errors.map((error, slot) => {
    const ratio = ratioOf(slot);
    return error === 0 ? 0 : error * (ratio >= 0 ? Math.min(mostMagnified, ratio) : 1);
  });
}

function sharedDays(
  set: FittedSet,
  errorsOf: (component: ComponentSet) => (readonly [day: string, errorKw: number[]])[],
): DeviationDay[] {
  const byDay = set.components.map((component) => new Map(errorsOf(component)));
  const shared = [...(byDay[0]?.keys() ?? [])].filter((day) => byDay.every((days) => days.has(day))).sort();
  return shared.map((day) => ({
    label: day,
    deviationKw: set.components.map(({ kind }, index) => {
      const error = byDay[index]!.get(day)!;
      return kind === 'wind' ? error.map((kw) => -kw) : error;
    }),
  }));
}
