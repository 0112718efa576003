/**
 * A finished plan on many days that were not planned for: how often it breaks, where, and by how much.
 *
 * Two sources of days: independent normal deviations, for comparison with the bounds; and whole real error days drawn with replacement,
 * which keep their correlation in time and among components.
 */
import { Refusal } from '../base/errors.ts';
import { seededRandom, type Random } from '../base/random.ts';
import { clopperPearson } from '../base/statistics.ts';
import type { V2gProblem } from '../models/v2g/problem.ts';
import type { V2gSchedule } from '../models/v2g/schedule.ts';
import { outcomeOf, replayOf, totalOf, type Replay } from './replay-day.ts';
import { riskBounds } from './risk-bounds.ts';
import { createShortages, type Shortages } from './shortages.ts';
import type { CountedDays, DeviationDay, OutOfSample } from './types.ts';

export { replayDay } from './replay-day.ts';

export type DaySource =
  /** Standard deviation in kW [component][slot]. */
  { kind: 'normal'; sdKw: number[][] } | { kind: 'resampled'; days: readonly DeviationDay[] };

export interface SimulationSize {
  days: number;
  seed: number;
}

const dotCount = 50;

/**
 * @throws Refusal `too-little-history` without a day to draw, `bad-request` for a count of days that is not a whole number from 1.
 * @throws Error when the source has other components or slots than the problem.
 */
export function simulate(
  problem: V2gProblem,
  schedule: V2gSchedule,
  source: DaySource,
  { days, seed }: SimulationSize,
): OutOfSample {
  if (!(Number.isInteger(days) && days >= 1))
    throw new Refusal('bad-request', { call: 'simulate', problem: `${days} days` });
  const replay = replayOf(problem, schedule);
  const tally = createTally(problem, days);
  const random = seededRandom(seed);
  const worst =
    source.kind === 'normal'
      ? drawNormalDays(problem, replay, source.sdKw, random, tally)
      : drawRealDays(problem, replay, source.days, random, tally);

  const { protection, components } = problem.uncertainty;
  const byRank = [...tally.unservedKwh.keys()].sort((a, b) => tally.unservedKwh[a]! - tally.unservedKwh[b]! || a - b);
  const share = (hits: number): ReturnType<typeof clopperPearson> => clopperPearson(hits, days);
  const violatedDays = tally.unservedKwh.reduce((count, unserved) => count + (unserved > 0 ? 1 : 0), 0);
  return {
    days,
    seed,
    source: source.kind === 'normal' ? 'normal' : 'resampled-real-errors',
    anyViolation: share(violatedDays),
    largestSingle: share(Math.max(0, ...tally.supply, ...tally.poolPower, ...tally.poolEnergy)),
    bounds: riskBounds(components.length, protection),
    expectedUnservedKwh: tally.unservedKwh.reduce((sum, unserved) => sum + unserved, 0) / days,
    perSlot: Array.from(tally.anyLimit, (count) => count / days),
    dots: Array.from({ length: dotCount }, (_, k) => {
      const day = byRank[Math.min(days - 1, Math.floor(((k + 0.5) / dotCount) * days))]!;
      return { day: tally.label(day), unservedKwh: tally.unservedKwh[day]! };
    }),
    worstDay: {
      outcome: outcomeOf(replay, worst.label, totalOf(problem, worst)),
      deviationKw: worst.deviationKw,
      netKw: Array.from(totalOf(problem, worst)),
    },
    ...(tally.counted ? { counted: tally.counted } : {}),
  };
}

interface Tally {
  unservedKwh: Float64Array;
  /** Days on which a limit broke in a slot. */
  supply: Uint32Array;
  poolPower: Uint32Array;
  poolEnergy: Uint32Array;
  anyLimit: Uint32Array;
  label: (day: number) => string;
  counted?: CountedDays;
}

function createTally({ slots }: V2gProblem, days: number): Tally {
  const counts = (): Uint32Array => new Uint32Array(slots);
  return {
    unservedKwh: new Float64Array(days),
    supply: counts(),
    poolPower: counts(),
    poolEnergy: counts(),
    anyLimit: counts(),
    label: (day) => `draw ${day + 1}`,
  };
}

function countShortages(tally: Tally, short: Shortages, times: number): void {
  for (let slot = 0; slot < tally.anyLimit.length; slot++) {
    const supply = short.supplyKw[slot]! > 0;
    const power = short.poolKw[slot]! > 0;
    const energy = short.accountKwh[slot]! > 0;
    if (supply) tally.supply[slot]! += times;
    if (power) tally.poolPower[slot]! += times;
    if (energy) tally.poolEnergy[slot]! += times;
    if (supply || power || energy) tally.anyLimit[slot]! += times;
  }
}

/** Worse: more unserved energy; among days without any, the larger sum of deviations. */
class WorstDay {
  day = -1;
  #unserved = -1;
  #sum = -Infinity;
  xi = new Float64Array(0);

  offer(day: number, unserved: number, xi: Float64Array): void {
    if (unserved < this.#unserved) return;
    let sum = 0;
    for (const kw of xi) sum += kw;
    if (unserved === this.#unserved && sum <= this.#sum) return;
    this.day = day;
    this.#unserved = unserved;
    this.#sum = sum;
    this.xi = xi.slice();
  }
}

/**
 * A sum of independent normals is normal, and only ξ_t = Σ_j ξ_{j,t} meets the limits: one draw per slot. The components of the worst
 * day are drawn given their sum S: ξ_j = y_j + (s_j² / Σ s²)(S − Σ y) with y_j ~ N(0, s_j²).
 */
function drawNormalDays(
  problem: V2gProblem,
  replay: Replay,
  sdKw: readonly (readonly number[])[],
  random: Random,
  tally: Tally,
): DeviationDay {
  const variances = totalOf(problem, {
    label: 'of deviations',
    deviationKw: sdKw.map((sd) => sd.map((kw) => kw * kw)),
  });
  const sd = variances.map(Math.sqrt);
  const xi = new Float64Array(problem.slots);
  const short = createShortages(problem.slots);
  const worst = new WorstDay();
  for (let day = 0; day < tally.unservedKwh.length; day++) {
    for (let slot = 0; slot < xi.length; slot++) xi[slot] = sd[slot]! * random.normal();
    const unserved = replay(xi, short);
    tally.unservedKwh[day] = unserved;
    if (unserved > 0) countShortages(tally, short, 1);
    worst.offer(day, unserved, xi);
  }
  const deviationKw = sdKw.map((own) => own.map((kw) => (kw === 0 ? 0 : kw * random.normal())));
  for (let slot = 0; slot < xi.length; slot++) {
    const missing = worst.xi[slot]! - deviationKw.reduce((sum, component) => sum + component[slot]!, 0);
    const variance = variances[slot]!;
    if (variance > 0)
      deviationKw.forEach((component, j) => (component[slot]! += (sdKw[j]![slot]! ** 2 / variance) * missing));
  }
  return { label: tally.label(worst.day), deviationKw };
}

/** The same real day gives the same outcome every time it is drawn: each is replayed once and counted as often as drawn. */
function drawRealDays(
  problem: V2gProblem,
  replay: Replay,
  days: readonly DeviationDay[],
  random: Random,
  tally: Tally,
): DeviationDay {
  if (days.length === 0) throw new Refusal('too-little-history', { days: 0, kind: 'forecast error', needed: 1 });
  const drawn = Uint32Array.from(tally.unservedKwh, () => random.integer(days.length));
  const times = new Uint32Array(days.length);
  for (const index of drawn) times[index]!++;
  const unserved = new Float64Array(days.length);
  const short = createShortages(problem.slots);
  const worst = new WorstDay();
  days.forEach((day, index) => {
    const xi = totalOf(problem, day);
    unserved[index] = replay(xi, short);
    countShortages(tally, short, times[index]!);
    if (times[index]! > 0) worst.offer(index, unserved[index]!, xi);
  });
  drawn.forEach((index, day) => (tally.unservedKwh[day] = unserved[index]!));
  tally.label = (day) => days[drawn[day]!]!.label;
  tally.counted = {
    days: days.length,
    short: days.flatMap((day, index) => {
      if (unserved[index]! <= 0 || times[index] === 0) return [];
      const { firstSlot, limit } = outcomeOf(replay, day.label, totalOf(problem, day));
      return [{ label: day.label, times: times[index]!, unservedKwh: unserved[index]!, firstSlot, limit }];
    }),
  };
  return days[worst.day]!;
}
