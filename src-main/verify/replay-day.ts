/**
 * One day that was not planned for, against a schedule whose dispatch and shares θ stand. Plans of a site are replayed car by car
 * (replay-cars.ts), whatever account their pool was planned with; a published case by its account.
 */
import type { V2gProblem } from '../models/v2g/problem.ts';
import type { V2gSchedule } from '../models/v2g/schedule.ts';
import { planMargins, type PlanMargins } from './plan-margins.ts';
import { replayCars } from './replay-cars.ts';
import { createShortages, limitNames, shortageTolerance, type Shortages } from './shortages.ts';
import { Responders } from './responses.ts';
import type { DayOutcome, DeviationDay, WorstCaseDay } from './types.ts';
import { totalDeviation } from './worst-case.ts';

export interface ReplayMargins extends PlanMargins {
  /** Single units that take shares; absent where none does. */
  responders?: Responders;
}

/** Margins with un-curtailed wind counted as supply: what a day is replayed against. */
export function replayMargins(problem: V2gProblem, schedule: V2gSchedule): ReplayMargins {
  const margins = planMargins(problem, schedule);
  const supplyKw = margins.supplyKw.map((surplus, slot) => surplus + margins.spareWindKw[slot]!);
  return { ...margins, supplyKw, ...(schedule.responseShare ? { responders: new Responders(problem, schedule) } : {}) };
}

/** Fills in the shortages of a day with total deviation ξ [slot] and returns its unserved energy in kWh. */
export type Replay = (deviationKw: Float64Array, out: Shortages) => number;

export const isReplayedByCar = ({ poolAccount, charging }: V2gProblem): boolean =>
  (poolAccount === 'by-car' || poolAccount === 'by-car-in-days') && charging === 'coordinated';

export function replayOf(problem: V2gProblem, schedule: V2gSchedule): Replay {
  const margins = replayMargins(problem, schedule);
  if (!isReplayedByCar(problem))
    return (deviationKw, out) => replayAccount(margins, deviationKw, problem.slotHours, out);
  const cars = replayCars(problem, schedule, margins);
  return (deviationKw, out) => cars(deviationKw, out).unservedKwh;
}

/**
 * By the pool's account. Fills in the shortages of a day with total deviation ξ [slot] and returns its unserved energy in kWh: supply and pool power short in
 * each slot, plus the deepest overdraft of the pool's energy account (a later slot carries on an overdraft, it does not add one).
 */
export function replayAccount(
  margins: ReplayMargins,
  deviationKw: Float64Array,
  slotHours: number,
  out: Shortages,
): number {
  const { supplyKw, poolKw, accountKwh, share, responders } = margins;
  responders?.begin();
  let takenKwh = 0;
  let shortKw = 0;
  let overdraftKwh = 0;
  for (let slot = 0; slot < deviationKw.length; slot++) {
    const xi = deviationKw[slot]!;
    const taken = share[slot]! * xi;
    takenKwh += taken * slotHours;
    const answered = responders?.giveAll(slot, xi) ?? 0;
    const supply = xi - taken - answered - supplyKw[slot]!;
    const power = taken - poolKw[slot]!;
    const account = takenKwh - accountKwh[slot]!;
    out.supplyKw[slot] = supply > shortageTolerance ? supply : 0;
    out.poolKw[slot] = power > shortageTolerance ? power : 0;
    out.accountKwh[slot] = account > shortageTolerance ? account : 0;
    shortKw += out.supplyKw[slot]! + out.poolKw[slot]!;
    if (out.accountKwh[slot]! > overdraftKwh) overdraftKwh = account;
  }
  return shortKw * slotHours + overdraftKwh;
}

/** @throws Error when the day has other components or slots than the problem. */
export function replayDay(problem: V2gProblem, schedule: V2gSchedule, day: DeviationDay): DayOutcome {
  return outcomeOf(replayOf(problem, schedule), day.label, totalOf(problem, day));
}

/**
 * A day that one limit of one slot must stand and any other may give up, as where each need hold with a probability only: the outcome of that one, and in how many slots
 * others break. @throws as `replayDay`.
 */
export function replayLimit(
  problem: V2gProblem,
  schedule: V2gSchedule,
  day: DeviationDay,
  { limit, slot }: Pick<WorstCaseDay, 'limit' | 'slot'>,
): DayOutcome & { givenUpSlots: number } {
  const xi = totalOf(problem, day);
  const short = createShortages(xi.length);
  const unservedKwh = replayOf(problem, schedule)(xi, short);
  const which = limitNames.indexOf(limit);
  const isBroken = byLimit(short)[which]![slot]! > 0;
  const brokenSlots = [...xi.keys()].filter((each) => brokenAt(short, each) >= 0);
  return {
    label: day.label,
    violatedSlots: isBroken ? [slot] : [],
    unservedKwh,
    firstSlot: isBroken ? slot : null,
    limit: isBroken ? sentence(short, slot, which) : '',
    givenUpSlots: brokenSlots.length - (isBroken ? 1 : 0),
  };
}

/** ξ_t of a day. @throws Error when the day has other components or slots than the problem. */
export function totalOf(problem: V2gProblem, day: DeviationDay): Float64Array {
  const { components } = problem.uncertainty;
  const fits =
    day.deviationKw.length === components.length && day.deviationKw.every(({ length }) => length === problem.slots);
  if (!fits)
    throw new Error(`day ${day.label} does not have ${components.length} components of ${problem.slots} slots`);
  return totalDeviation(day.deviationKw, problem.slots);
}

export function outcomeOf(replay: Replay, label: string, xi: Float64Array): DayOutcome {
  const short = createShortages(xi.length);
  const unservedKwh = replay(xi, short);
  const violatedSlots = [...xi.keys()].filter((slot) => brokenAt(short, slot) >= 0);
  const [firstSlot = null] = violatedSlots;
  const limit = firstSlot === null ? '' : sentence(short, firstSlot, brokenAt(short, firstSlot));
  return { label, violatedSlots, unservedKwh, firstSlot, limit };
}

/** In the order of `limitNames`. */
const byLimit = ({ supplyKw, poolKw, accountKwh }: Shortages) => [supplyKw, poolKw, accountKwh];

/** Index into `limitNames` of the first limit broken in a slot; −1 when none is. */
const brokenAt = (short: Shortages, slot: number): number => byLimit(short).findIndex((of) => of[slot]! > 0);

/** @param which index into `limitNames` */
function sentence(short: Shortages, slot: number, which: number): string {
  const amount = byLimit(short)[which]![slot]!;
  const text = amount.toLocaleString('en-US', { maximumFractionDigits: amount < 10 ? 2 : 0 });
  return `${limitNames[which]} is ${text} ${which === 2 ? 'kWh' : 'kW'} short`;
}
