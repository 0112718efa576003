/** One day that was not planned for, against a schedule whose dispatch and shares θ stand. */
import type { V2gProblem } from '../models/v2g/problem.ts';
import type { V2gSchedule } from '../models/v2g/schedule.ts';
import { planMargins, type PlanMargins } from './plan-margins.ts';
import { Responders } from './responses.ts';
import type { DayOutcome, DeviationDay } from './types.ts';
import { totalDeviation } from './worst-case.ts';

/** 1 W or 1 Wh: below this a shortage is rounding of the schedule. */
export const shortageTolerance = 1e-3;

/** The three limits of a slot, in the order in which they are named. */
export const limitNames = ['committed supply', 'EV pool power', 'EV pool energy'] as const;

/** Shortages of each limit by slot in kW, kW and kWh; reused from day to day. */
export interface Shortages {
  supplyKw: Float64Array;
  poolKw: Float64Array;
  accountKwh: Float64Array;
}

export const createShortages = (slots: number): Shortages => ({
  supplyKw: new Float64Array(slots),
  poolKw: new Float64Array(slots),
  accountKwh: new Float64Array(slots),
});

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

/**
 * Fills in the shortages of a day with total deviation ξ [slot] and returns its unserved energy in kWh: supply and pool power short in
 * each slot, plus the deepest overdraft of the pool's energy account (a later slot carries on an overdraft, it does not add one).
 */
export function replay(margins: ReplayMargins, deviationKw: Float64Array, slotHours: number, out: Shortages): number {
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
  return outcomeOf(replayMargins(problem, schedule), problem, day.label, totalOf(problem, day));
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

export function outcomeOf(margins: ReplayMargins, problem: V2gProblem, label: string, xi: Float64Array): DayOutcome {
  const short = createShortages(problem.slots);
  const unservedKwh = replay(margins, xi, problem.slotHours, short);
  const violatedSlots = [...xi.keys()].filter((slot) => brokenAt(short, slot) >= 0);
  const [firstSlot = null] = violatedSlots;
  return { label, violatedSlots, unservedKwh, firstSlot, limit: firstSlot === null ? '' : sentence(short, firstSlot) };
}

/** Index into `limitNames` of the first limit broken in a slot; −1 when none is. */
function brokenAt({ supplyKw, poolKw, accountKwh }: Shortages, slot: number): number {
  return [supplyKw, poolKw, accountKwh].findIndex((of) => of[slot]! > 0);
}

function sentence(short: Shortages, slot: number): string {
  const which = brokenAt(short, slot);
  const amount = [short.supplyKw, short.poolKw, short.accountKwh][which]![slot]!;
  const text = amount.toLocaleString('en-US', { maximumFractionDigits: amount < 10 ? 2 : 0 });
  return `${limitNames[which]} is ${text} ${which === 2 ? 'kWh' : 'kW'} short`;
}
