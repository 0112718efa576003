/**
 * Routes of the fleet made better one truck after the other: each takes its best path with the others as they are, until none gains. What a
 * truck brings is how it changes the marginal revenue of all of them together.
 */
import { networkOf, type Arc } from '../network.ts';
import type { SmsProblem } from '../problem.ts';
import { drivesOnBattery } from '../driving.ts';
import { bestPair, type PairTruck } from './best-pair.ts';
import { bestPath } from './best-path.ts';
import { revenueAt, revenuePieces, type CostCurve, type RevenuePiece } from './cost-curve.ts';
import type { TruckDay } from './priced-day.ts';

const mostPasses = 6;

export interface FleetStart {
  /** What the trucks do at first [truck]; null where nothing is known. */
  days: readonly (TruckDay | null)[];
  /** The truck that chooses first. */
  first: number;
  levels: number;
}

/** Null when, one after the other, not every truck finds a way. */
export function improvePaths(problem: SmsProblem, curves: CostCurve[][], start: FleetStart): TruckDay[] | null {
  return new Fleet(problem, curves, start.levels).improved(start.days, start.first);
}

/**
 * Two trucks at a time are taken out and put back, the second of them first, for all pairs or until `isOver`; kept where all together
 * bring more.
 */
export function improvePairs(
  problem: SmsProblem,
  curves: CostCurve[][],
  { days, levels }: { days: readonly TruckDay[]; levels: number },
  isOver: () => boolean,
): TruckDay[] {
  const fleet = new Fleet(problem, curves, levels);
  let best = [...days];
  let bestUsd = fleet.value(best);
  for (let i = 0; i < best.length; i++)
    for (let j = 0; j < best.length; j++) {
      if (i === j || isOver()) continue;
      const without = best.map((day, k) => (k === i || k === j ? null : day));
      const found = fleet.improved(without, j);
      if (found === null || fleet.value(found) <= bestUsd + 1e-6) continue;
      best = found;
      bestUsd = fleet.value(found);
    }
  return best;
}

/** Where trying pairs together has come to. */
export interface PairsTried {
  days: readonly TruckDay[];
  /** The pair to be tried next, and pairs tried since one gained. */
  next: number;
  sinceGain: number;
  /** No pair gains. */
  isDone: boolean;
}

/**
 * Two trucks at a time choose anew together (best-pair.ts), then all one after the other; pairs in turn until none gains or `isOver`. Null
 * where a pair is too large, or trucks drive on their batteries.
 */
export function improveTogether(
  problem: SmsProblem,
  curves: CostCurve[][],
  { tried, levels }: { tried: PairsTried; levels: number },
  isOver: () => boolean,
): PairsTried | null {
  if (drivesOnBattery(problem)) return null;
  const fleet = new Fleet(problem, curves, levels);
  let best = tried.days;
  let bestUsd = fleet.value(best);
  const pairs = best.flatMap((_, i) => best.slice(i + 1).map((__, j) => [i, i + 1 + j] as const));
  let { next, sinceGain } = tried;
  for (; sinceGain < pairs.length && !isOver(); next = (next + 1) % pairs.length) {
    const found = fleet.together(best, pairs[next]!);
    if (found === null) return null;
    sinceGain++;
    const improved = fleet.improved(found, 0) ?? found;
    if (fleet.value(improved) <= bestUsd + 1e-6) continue;
    best = improved;
    bestUsd = fleet.value(improved);
    sinceGain = 0;
  }
  return { days: best, next, sinceGain, isDone: sinceGain >= pairs.length };
}

class Fleet {
  readonly #problem: SmsProblem;
  readonly #pieces: RevenuePiece[][][];
  readonly #networks: Arc[][];
  readonly #levels: number;

  constructor(problem: SmsProblem, curves: CostCurve[][], levels: number) {
    this.#problem = problem;
    this.#pieces = curves.map((slots) => slots.map(revenuePieces));
    this.#networks = problem.trucks.map((truck) => networkOf(problem, truck));
    this.#levels = levels;
  }

  improved(start: readonly (TruckDay | null)[], first: number): TruckDay[] | null {
    const problem = this.#problem;
    const days = [...start];
    const count = problem.trucks.length;
    const order = problem.trucks.map((_, i) => (first + i) % count);
    // Whoever has nothing to do yet chooses before the others change.
    order.sort((a, b) => Number(days[a] !== null) - Number(days[b] !== null));
    for (let pass = 0; pass < mostPasses; pass++) {
      let changed = false;
      for (const k of order) {
        const found = this.#best(days, k);
        if (found === null) return null;
        const before = days[k] ?? null;
        changed ||= before === null || !samePath(before.path, found.path);
        days[k] = found;
      }
      if (!changed) break;
    }
    return days.filter((day) => day !== null);
  }

  /** Marginal revenue less way and wear, without fees and price limits, USD. */
  value(days: readonly TruckDay[]): number {
    const problem = this.#problem;
    const revenueUsd = netOf(problem, days).reduce(
      (sum, slots, g) => slots.reduce((own, n, t) => own + revenueAt(this.#pieces[g]![t]!, n), sum),
      0,
    );
    return days.reduce((sum, { path, netMw }, k) => {
      const wayUsd = path.reduce((way, { costUsd }) => way + costUsd, 0);
      const usedMwh = problem.slotHours * netMw.reduce((mw, n) => mw + Math.abs(n), 0);
      return sum - wayUsd - usedMwh * problem.trucks[k]!.degradationUsdPerMwh;
    }, revenueUsd);
  }

  /** With both of a pair chosen anew. */
  together(days: readonly TruckDay[], [i, j]: readonly [number, number]): TruckDay[] | null {
    const problem = this.#problem;
    const others = days.filter((_, k) => k !== i && k !== j);
    const netMw = netOf(problem, others);
    const pieces = this.#pieces;
    const without = netMw.map((slots, g) => slots.map((n, t) => revenueAt(pieces[g]![t]!, n)));
    const own = (k: number): PairTruck => ({ truck: problem.trucks[k]!, network: this.#networks[k]! });
    const found = bestPair(problem, {
      pair: [own(i), own(j)],
      gain: (g, t, mw) => revenueAt(pieces[g]![t]!, netMw[g]![t]! + mw) - without[g]![t]!,
      places: (terminal, slot) => placesLeft(problem, others, terminal, slot),
    });
    return found && days.map((day, k) => (k === i ? found[0] : k === j ? found[1] : day));
  }

  #best(days: readonly (TruckDay | null)[], k: number): TruckDay | null {
    const problem = this.#problem;
    const others = days.filter((day, other): day is TruckDay => day !== null && other !== k);
    const netMw = netOf(problem, others);
    const pieces = this.#pieces;
    const without = netMw.map((slots, g) => slots.map((n, t) => revenueAt(pieces[g]![t]!, n)));
    return bestPath(problem, {
      truck: problem.trucks[k]!,
      network: this.#networks[k]!,
      gain: (g, t, mw) => revenueAt(pieces[g]![t]!, netMw[g]![t]! + mw) - without[g]![t]!,
      mayStay: (terminal, slot) => placesLeft(problem, others, terminal, slot) > 0,
      levels: this.#levels,
    });
  }
}

function netOf(problem: SmsProblem, days: readonly TruckDay[]): number[][] {
  const netMw = problem.grids.map(() => new Array<number>(problem.slots).fill(0));
  for (const { path, netMw: own } of days)
    for (const arc of path) {
      const terminal = problem.terminals[arc.from]!;
      if (arc.kind === 'stay' && terminal.kind === 'station')
        netMw[terminal.grid]![arc.fromSlot]! += own[arc.fromSlot]!;
    }
  return netMw;
}

function placesLeft(problem: SmsProblem, others: readonly TruckDay[], terminal: number, slot: number): number {
  const place = problem.terminals[terminal]!;
  if (place.kind === 'depot') return Infinity;
  const taken = others.filter(({ path }) =>
    path.some((arc) => arc.kind === 'stay' && arc.from === terminal && arc.fromSlot === slot),
  );
  return place.truckCapacity - taken.length;
}

const samePath = (a: readonly Arc[], b: readonly Arc[]): boolean =>
  a.length === b.length &&
  a.every((arc, i) => arc.from === b[i]!.from && arc.to === b[i]!.to && arc.fromSlot === b[i]!.fromSlot);
