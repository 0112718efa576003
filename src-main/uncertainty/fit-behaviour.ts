/**
 * What cars do that was not planned of them, as a set: late by up to L, gone up to E early, with up to Q more to charge, and no more than α of them
 * away at once.
 *
 *   L, E, Q:  the least amount x for which the cars within x make up ⌈(D + 1)δ⌉ / D of the cars of an average past day, D days counting alike
 *   α:        the ⌈(D + 1)δ⌉-th smallest of the days' largest numbers of cars away in one moment, max_t #{k: planned there, not there}
 *
 * Split conformal with days as what is exchangeable (Lei et al. 2018): the bound of α is exact for a day like those; those of L, E and Q hold on the
 * average of the day's cars. Where the rank exceeds D the largest value stands, without a guarantee. Measured on held-out days, each judged by a
 * fit of earlier days only, with days as clusters (cluster-share.ts). Symbols: L → `lateMinutes`, E → `earlyMinutes`, Q → `moreKwh`, α → `atOnce`.
 */
import { clopperPearson } from '../base/statistics.ts';
import type { BehaviourDay, CarBehaviour } from '../forecast/behaviour-days.ts';
import { clusterShare } from './cluster-share.ts';
import { conformalRank } from './conformal.ts';
import type { MeasuredShare } from './types.ts';

export interface BehaviourAmounts {
  lateMinutes: number;
  earlyMinutes: number;
  /** Energy at the charger. */
  moreKwh: number;
  /** Recorded sessions; cars of the site are so many for each. */
  atOnce: number;
}

export interface BehaviourSet extends BehaviourAmounts {
  nominal: number;
  /** Days learnt from, and sessions of an average one. */
  days: number;
  sessionsPerDay: number;
  /** Cars of held-out days within each amount, and held-out days on which no more than α were away at once. */
  coverage: { late: MeasuredShare; early: MeasuredShare; more: MeasuredShare; atOnce: MeasuredShare };
}

/** Fewer days say nothing of a set. */
export const leastBehaviourDays = 20;
const leastHeldOut = 10;
const mostRefits = 12;

const scores = {
  late: ({ arrivalMinutes: { planned, real } }: CarBehaviour): number => Math.max(0, real - planned),
  early: ({ departureMinutes: { planned, real } }: CarBehaviour): number => Math.max(0, planned - real),
  more: ({ energyKwh: { planned, real } }: CarBehaviour): number => Math.max(0, real - planned),
};

/** Null with fewer than `leastBehaviourDays`. @param nominal δ in (0, 1) */
export function fitBehaviour(days: readonly BehaviourDay[], nominal: number): BehaviourSet | null {
  if (days.length < leastBehaviourDays) return null;
  const heldOut = Math.max(leastHeldOut, Math.floor(days.length / 3));
  const first = days.length - heldOut;
  const refitEvery = Math.ceil(heldOut / mostRefits);
  const hits = { late: [] as number[], early: [] as number[], more: [] as number[] };
  const trials: number[] = [];
  let daysKept = 0;
  let amounts = amountsOf(days.slice(0, first - 1), nominal);
  days.slice(first).forEach((day, at) => {
    // The day before is not known at the gate.
    if (at > 0 && at % refitEvery === 0) amounts = amountsOf(days.slice(0, first + at - 1), nominal);
    const within = (score: (car: CarBehaviour) => number, most: number): number =>
      day.cars.filter((car) => score(car) <= most + 1e-9).length;
    hits.late.push(within(scores.late, amounts.lateMinutes));
    hits.early.push(within(scores.early, amounts.earlyMinutes));
    hits.more.push(within(scores.more, amounts.moreKwh));
    trials.push(day.cars.length);
    if (mostAway(day) <= amounts.atOnce + 1e-9) daysKept++;
  });
  return {
    ...amountsOf(days, nominal),
    nominal,
    days: days.length,
    sessionsPerDay: days.reduce((sum, { weight, cars }) => sum + weight * cars.length, 0) / days.length,
    coverage: {
      late: clusterShare(hits.late, trials),
      early: clusterShare(hits.early, trials),
      more: clusterShare(hits.more, trials),
      atOnce: clopperPearson(daysKept, heldOut),
    },
  };
}

function amountsOf(days: readonly BehaviourDay[], nominal: number): BehaviourAmounts {
  const rank = Math.min(days.length, conformalRank(days.length, nominal));
  const away = days.map(mostAway).sort((a, b) => a - b);
  return {
    lateMinutes: amountOf(days, scores.late, rank),
    earlyMinutes: amountOf(days, scores.early, rank),
    moreKwh: amountOf(days, scores.more, rank),
    atOnce: away[rank - 1]!,
  };
}

/** Least amount that the cars of `rank` average days stay within. */
function amountOf(days: readonly BehaviourDay[], score: (car: CarBehaviour) => number, rank: number): number {
  const all = days.flatMap(({ cars }) => cars.map((car) => ({ value: score(car), share: 1 / cars.length })));
  all.sort((a, b) => a.value - b.value);
  let sum = 0;
  for (const { value, share } of all) {
    sum += share;
    if (sum >= rank - 1e-9) return value;
  }
  return all.at(-1)!.value;
}

/** Most sessions planned to be there and not, in one moment of the day: it can only rise when one is due to come or one leaves early. */
export function mostAway({ cars, weight }: BehaviourDay): number {
  const isAway = ({ arrivalMinutes, departureMinutes }: CarBehaviour, minute: number): boolean =>
    minute >= arrivalMinutes.planned &&
    minute < departureMinutes.planned &&
    (minute < arrivalMinutes.real || minute >= departureMinutes.real);
  const moments = cars.flatMap(({ arrivalMinutes, departureMinutes }) => [
    arrivalMinutes.planned,
    departureMinutes.real,
  ]);
  return weight * Math.max(0, ...moments.map((minute) => cars.filter((car) => isAway(car, minute)).length));
}
