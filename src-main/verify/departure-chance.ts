/**
 * How often each aggregator's cars leave with the energy the plan gives them, on real days that were not planned for.
 *
 * The plan promises departure energy of the pool as a whole: Δ Σ_{τ ≤ t} θ_τ ξ_τ ≤ Σ_a account_a(t) (plan-margins.ts). Which
 * aggregator gives what is left to the day, so a rule has to be stated. Here each gives in proportion to what it can still give
 * without touching a later departure,
 *
 *   room_a(t) = min_{τ ≥ t} account_a(τ) − T_a(t − 1),      never above its free power in the slot,
 *
 * what remains then falls on free power alone, and beyond all free power nothing is given (that is a shortage of power, counted
 * elsewhere). Energy that comes back is credited in the same proportion as it was taken, the rest by free power. The promise of
 * aggregator a is met on a day when T_a(t) ≤ account_a(t) in every slot. One dispatcher who looks ahead further can do better,
 * none who keeps to the plan's shares θ can do without the pool's account.
 *
 * Where a plan is replayed car by car (replay-cars.ts) no rule has to be made up: an aggregator keeps its promise on a day on which each of its
 * cars leaves with what the plan gives it.
 */
import { clopperPearson } from '../base/statistics.ts';
import type { V2gProblem } from '../models/v2g/problem.ts';
import type { V2gSchedule } from '../models/v2g/schedule.ts';
import type { MeasuredShare } from '../uncertainty/types.ts';
import { planMargins } from './plan-margins.ts';
import { replayCars } from './replay-cars.ts';
import { isReplayedByCar, replayMargins, totalOf } from './replay-day.ts';
import { createShortages, shortageTolerance } from './shortages.ts';
import { departureTolerance } from './steer-cars.ts';
import type { DeviationDay } from './types.ts';

/** Days on which the promise is met, of the days given, by aggregator; each day counts once, so the interval is exact binomial. */
export function departureChances(
  problem: V2gProblem,
  schedule: V2gSchedule,
  days: readonly DeviationDay[],
): MeasuredShare[] {
  const keptOn = isReplayedByCar(problem) ? byCar(problem, schedule) : byAccount(problem, schedule);
  const met = problem.aggregators.map(() => 0);
  for (const day of days)
    keptOn(totalOf(problem, day)).forEach((kept, a) => {
      if (kept) met[a]!++;
    });
  return met.map((count) => clopperPearson(count, days.length));
}

/** Whether each aggregator keeps its promise on a day with total deviation ξ [slot]. */
type KeptOn = (deviationKw: Float64Array) => boolean[];

function byCar(problem: V2gProblem, schedule: V2gSchedule): KeptOn {
  const replay = replayCars(problem, schedule, replayMargins(problem, schedule));
  const unused = createShortages(problem.slots);
  return (deviationKw) => {
    const kept = problem.aggregators.map(() => true);
    replay(deviationKw, unused).lackingKwh.forEach((kwh, i) => {
      const ev = problem.evs[i]!;
      if (kwh > departureTolerance * Math.max(1, ev.requiredKwh)) kept[ev.aggregator] = false;
    });
    return kept;
  };
}

function byAccount(problem: V2gProblem, schedule: V2gSchedule): KeptOn {
  const accounts = problem.aggregators.map((_, aggregator) => accountOf(problem, schedule, aggregator));
  return (deviationKw) => promisesKept(accounts, schedule.evShare, deviationKw, problem.slotHours);
}

interface Account {
  /** Energy that may be taken up to and including a slot; +∞ where nothing is checked [slot]. */
  limitKwh: Float64Array;
  /** The least of `limitKwh` from a slot on [slot]. */
  aheadKwh: Float64Array;
  freeKw: Float64Array;
}

/** The margins of one aggregator are those of a plan that has no other cars. */
function accountOf(problem: V2gProblem, schedule: V2gSchedule, aggregator: number): Account {
  const own = problem.evs.map((ev) => ev.aggregator === aggregator);
  const { accountKwh, poolKw } = planMargins(
    { ...problem, evs: problem.evs.filter((_, at) => own[at]) },
    { ...schedule, evs: schedule.evs.filter((_, at) => own[at]) },
  );
  const aheadKwh = accountKwh.slice();
  for (let slot = aheadKwh.length - 2; slot >= 0; slot--)
    aheadKwh[slot] = Math.min(aheadKwh[slot]!, aheadKwh[slot + 1]!);
  return { limitKwh: accountKwh, aheadKwh, freeKw: poolKw };
}

function promisesKept(
  accounts: readonly Account[],
  share: readonly number[],
  deviationKw: Float64Array,
  slotHours: number,
): boolean[] {
  const taken = accounts.map(() => 0);
  const kept = accounts.map(() => true);
  for (let slot = 0; slot < deviationKw.length; slot++) {
    const wantedKwh = share[slot]! * deviationKw[slot]! * slotHours;
    const free = accounts.map(({ freeKw }) => Math.max(0, freeKw[slot]! * slotHours));
    const room = accounts.map(({ aheadKwh }, a) => Math.max(0, aheadKwh[slot]! - taken[a]!));
    const given = wantedKwh >= 0 ? give(wantedKwh, room, free) : takeBack(-wantedKwh, taken, free);
    given.forEach((kwh, a) => {
      taken[a]! += kwh;
      if (taken[a]! > accounts[a]!.limitKwh[slot]! + shortageTolerance) kept[a] = false;
    });
  }
  return kept;
}

/** First by room, then by what power is left. */
function give(wantedKwh: number, room: readonly number[], free: readonly number[]): number[] {
  const safe = free.map((kwh, a) => Math.min(kwh, room[a]!));
  const first = inProportion(wantedKwh, safe);
  const left = free.map((kwh, a) => kwh - first[a]!);
  const second = inProportion(wantedKwh - sum(first), left);
  return first.map((kwh, a) => kwh + second[a]!);
}

function takeBack(returnedKwh: number, taken: readonly number[], free: readonly number[]): number[] {
  const owed = inProportion(
    returnedKwh,
    taken.map((kwh) => Math.max(0, kwh)),
  );
  const over = returnedKwh - sum(owed);
  const all = sum(free);
  return owed.map((kwh, a) => -kwh - (all > 0 ? (over * free[a]!) / all : 0));
}

/** Shares of `amount` in proportion to the limits, none above its own. */
function inProportion(amount: number, limits: readonly number[]): number[] {
  const all = sum(limits);
  const fraction = all > 0 ? Math.min(1, Math.max(0, amount) / all) : 0;
  return limits.map((limit) => fraction * limit);
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
