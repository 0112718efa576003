/**
 * Better routes of the fleet by taking trucks out and putting them back: one to three leave, return in a drawn order, each by its best path at
 * revenue that a draw distorts a little, then all settle one after the other. Worse fleets are accepted while it is warm (simulated
 * annealing); it warms up again from nothing and from the best in turn. Source of the scheme: Shaw 1998; Ropke and Pisinger 2006.
 */
import { seededRandom, type Random } from '../../../base/random.ts';
import type { SmsProblem } from '../problem.ts';
import type { CostCurve } from './cost-curve.ts';
import { FleetDays } from './fleet-days.ts';
import type { TruckDay } from './priced-day.ts';

/** Steps from warm to cold. */
const cycle = 300;
/** Share of what the fleet earns that a step may lose while it is warm, and how near to the best a fleet is told. */
const warmShare = 0.0016;
/** Cold, of warm. */
const coldShare = 0.05;
/** Returning trucks whose revenue is distorted, and by how much at most. */
const distortedShare = 0.7;
const mostDistortion = 0.3;

export interface FoundFleet {
  /** [truck] */
  days: TruckDay[];
  /** Nearly, to compare. */
  usd: number;
}

export class FleetSearch {
  readonly #fleet: FleetDays;
  readonly #random: Random;
  readonly #told = new Set<string>();
  #current: FoundFleet | null = null;
  #best: FoundFleet | null = null;
  #steps = 0;

  constructor(problem: SmsProblem, curves: readonly (readonly CostCurve[])[], seed: number) {
    this.#fleet = new FleetDays(problem, curves);
    this.#random = seededRandom(seed);
  }

  /**
   * So many steps more. @param from where it goes on, if that is better than where it stands.
   * @returns fleets near the best that were not told before, best first, at most `most`.
   */
  search({ steps, from, most }: { steps: number; from: readonly TruckDay[] | null; most: number }): FoundFleet[] {
    const found = new Map<string, FoundFleet>();
    if (from !== null) this.#propose(from, found);
    for (let step = 0; step < steps; step++) this.#step(found);
    const nearUsd = this.#bestUsd - this.#warmUsd;
    const fleets = [...found].filter(([, { usd }]) => usd >= nearUsd).sort(([, a], [, b]) => b.usd - a.usd);
    const told = fleets.slice(0, most);
    for (const [key] of told) this.#told.add(key);
    return told.map(([, fleet]) => fleet);
  }

  /** Stays where it stands when that is better. */
  #propose(days: readonly TruckDay[], found: Map<string, FoundFleet>): void {
    const before = this.#current;
    const now = this.#arrive(days, found);
    if (before !== null && before.usd > now.usd) this.#current = before;
  }

  #step(found: Map<string, FoundFleet>): void {
    const random = this.#random;
    const at = this.#steps++;
    const phase = (at % cycle) / cycle;
    const isAnew = Math.floor(at / cycle) % 2 === 1;
    if (phase === 0 && this.#best !== null) this.#current = isAnew ? null : this.#best;
    const { trucks } = this.#fleet.problem;
    const current = this.#current?.days ?? null;
    const order = shuffled(trucks.length, random);
    const out = current === null ? order : order.slice(0, leaving(random));
    const days = trucks.map((_, k): TruckDay | null => (out.includes(k) ? null : (current?.[k] ?? null)));
    for (const k of out) {
      days[k] = this.#fleet.best(days, k, this.#trust());
      if (days[k] === null) return;
    }
    const improved = this.#fleet.improved(days, 0);
    if (improved === null) return;
    const before = this.#current?.usd ?? -Infinity;
    const now = this.#arrive(improved, found);
    const warmUsd = this.#warmUsd * Math.max(coldShare, 1 - phase);
    if (now.usd < before && random.uniform() >= Math.exp((now.usd - before) / warmUsd))
      this.#current = current && { days: current, usd: before };
  }

  /** The fleet stands there from now on. */
  #arrive(days: readonly TruckDay[], found: Map<string, FoundFleet>): FoundFleet {
    const now = this.#fleet.settled(days);
    this.#current = now;
    if (now.usd > this.#bestUsd) this.#best = now;
    const key = keyOf(now.days);
    if (now.usd >= this.#bestUsd - this.#warmUsd && !this.#told.has(key)) found.set(key, now);
    return now;
  }

  get #bestUsd(): number {
    return this.#best?.usd ?? -Infinity;
  }

  get #warmUsd(): number {
    return warmShare * Math.max(1, Math.abs(this.#best?.usd ?? 0));
  }

  /** [grid][slot] */
  #trust(): number[][] | undefined {
    const random = this.#random;
    const most = random.uniform() < distortedShare ? mostDistortion * random.uniform() : 0;
    if (most === 0) return undefined;
    const { grids, slots } = this.#fleet.problem;
    return grids.map(() => Array.from({ length: slots }, () => 1 + most * (2 * random.uniform() - 1)));
  }
}

/** One truck in five times, else two, else three. */
function leaving(random: Random): number {
  const draw = random.uniform();
  return draw < 0.2 ? 1 : draw < 0.7 ? 2 : 3;
}

function shuffled(count: number, random: Random): number[] {
  const order = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

const keyOf = (days: readonly TruckDay[]): string =>
  days.map(({ path }) => path.map(({ from, to }) => `${from}.${to}`).join()).join('|');
