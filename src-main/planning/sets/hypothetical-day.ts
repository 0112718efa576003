/**
 * "What if load were 8 % above expectation from 17:00 to 21:00?": a made-up day of errors held against the set, against history as if it
 * had happened, and against a plan. Nothing of it is stored.
 */
import { Refusal } from '../../base/errors.ts';
import type { Horizon } from '../../base/horizon.ts';
import { setWorstCase } from '../../robust/sets/set-adversary.ts';
import type { ComponentInput } from '../../uncertainty/component-input.ts';
import type { DaySetFit } from '../../uncertainty/day-set.ts';
import { halfWidthsOf } from '../../uncertainty/fit-set.ts';
import { totalOfDay } from '../../uncertainty/joint-days.ts';
import { judgeDay } from '../../uncertainty/judge-day.ts';
import { limitReach, limitScore } from '../../uncertainty/limit-scores.ts';
import { totalSet } from '../../uncertainty/total-set.ts';
import type { FittedSet } from '../../uncertainty/types.ts';
import { replayDay } from '../../verify/simulate.ts';
import type { FittedDay } from './fit-day.ts';
import type { PlanRecord } from '../ports.ts';

/** A deviation of one component in the slots from `fromSlot` to before `toSlot`; positive = more load or more wind. */
export interface HypotheticalChange {
  componentId: string;
  fromSlot: number;
  toSlot: number;
  amount: number;
  /** Percent of what is expected of the component in the slot, or kW. */
  unit: 'percent' | 'kW';
}

/** @throws Refusal `not-found`, `out-of-range` for a change that fits no component or slot; `bad-request` for a plan of other components. */
export function hypotheticalDay(fitted: FittedDay, changes: readonly HypotheticalChange[], plan: PlanRecord | null) {
  const { set } = fitted.record;
  const errorsKw = errorsOf(set, fitted.horizon, changes);
  const judged = judgeDay(
    errorsKw,
    set.components.map(({ halfWidthKw }) => halfWidthKw),
  );
  const after = set.frozen ? null : widthsAfter(fitted, errorsKw);
  return {
    day: fitted.record.day,
    setId: fitted.record.id,
    components: set.components.map(({ id, name, kind, meanWidthKw }, index) => ({
      id,
      name,
      kind,
      errorKw: Float64Array.from(errorsKw[index]!),
      ...judged.components[index]!,
      meanWidthKw,
      meanWidthAfterKw: after === null ? null : meanWidth(after[index]!),
    })),
    used: Float64Array.from(judged.used),
    smallestProtection: judged.smallestProtection,
    daySet: set.daySet ? { kind: set.daySet.kind, reach: reachOf(set.daySet, set, errorsKw) } : null,
    plan: plan && againstPlan(plan, set, errorsKw),
  };
}

/** How far the day goes in the directions in which a plan meets deviations, as a share of how far the set does; up to 1 it is held. */
function reachOf({ set: daySet }: DaySetFit, { components }: FittedSet, errorsKw: readonly number[][]): number {
  const slots = errorsKw[0]!.length;
  const deviations = components.flatMap(({ kind }, index) => signed(kind, errorsKw[index]!));
  return limitScore(limitReach(totalSet(daySet, slots), slots, setWorstCase), totalOfDay(deviations, slots));
}

/** Less wind is more deviation. */
const signed = (kind: string, errorKw: readonly number[]): readonly number[] =>
  kind === 'wind' ? errorKw.map((kw) => -kw) : errorKw;

function errorsOf(set: FittedSet, { slots }: Horizon, changes: readonly HypotheticalChange[]): number[][] {
  const errors = set.components.map(() => new Array<number>(slots).fill(0));
  for (const { componentId, fromSlot, toSlot, amount, unit } of changes) {
    const index = set.components.findIndex(({ id }) => id === componentId);
    if (index < 0) throw new Refusal('not-found', { what: 'component', id: componentId });
    if (!(fromSlot >= 0 && fromSlot < toSlot && toSlot <= slots))
      throw new Refusal('out-of-range', {
        what: 'The time of a deviation',
        value: `slots ${fromSlot} to ${toSlot}`,
        range: `within the ${slots} slots of the day, its end after its beginning`,
      });
    const { centreKw } = set.components[index]!;
    for (let slot = fromSlot; slot < toSlot; slot++)
      errors[index]![slot]! += unit === 'kW' ? amount : (amount / 100) * centreKw[slot]!;
  }
  // Nothing can draw or blow less than nothing: an error below that is cut to it.
  return errors.map((own, index) =>
    own.map((kw, slot) => Math.max(kw, -Math.max(0, set.components[index]!.centreKw[slot]!))),
  );
}

/** Half-widths [component][slot] of the set as if the day had been the newest of its history. */
function widthsAfter({ record, inputs }: FittedDay, errorsKw: readonly (readonly number[])[]): number[][] {
  return inputs.map((input, index) => halfWidthsOf(withDay(input, errorsKw[index]!, record.day), record.set));
}

function withDay(input: ComponentInput, errorKw: readonly number[], day: string): ComponentInput {
  const forecast = Float64Array.from(input.centreKw);
  const madeUp = { day, error: Float64Array.from(errorKw), forecast, usable: true, flaggedSlots: [] };
  return { ...input, residualDays: [...input.residualDays, madeUp] };
}

const meanWidth = (halfWidthKw: readonly number[]): number =>
  (2 * halfWidthKw.reduce((sum, kw) => sum + kw, 0)) / halfWidthKw.length;

function againstPlan(plan: PlanRecord, set: FittedSet, errorsKw: readonly number[][]) {
  const known = plan.problem.uncertainty.components;
  const same =
    known.length === set.components.length && known.every(({ id }, index) => id === set.components[index]!.id);
  if (!same || plan.problem.slots !== errorsKw[0]!.length)
    throw new Refusal('bad-request', {
      call: 'hypothetical day',
      problem: `plan ${plan.id} was made with other components or slots`,
    });
  const deviationKw = set.components.map(({ kind }, index) => [...signed(kind, errorsKw[index]!)]);
  const { violatedSlots, unservedKwh, firstSlot, limit } = replayDay(plan.problem, plan.schedule, {
    label: 'made up',
    deviationKw,
  });
  return { planId: plan.id, survives: violatedSlots.length === 0, violatedSlots, unservedKwh, firstSlot, limit };
}
