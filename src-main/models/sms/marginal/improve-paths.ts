/**
 * Routes of the fleet made better one truck after the other: each takes its best path with the others as they are, until none gains. What a
 * truck brings is how it changes the marginal revenue of all of them together.
 */
import { networkOf, type Arc } from '../network.ts';
import type { SmsProblem } from '../problem.ts';
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
      mayStay: (terminal, slot) => hasPlace(problem, others, terminal, slot),
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

function hasPlace(problem: SmsProblem, others: readonly TruckDay[], terminal: number, slot: number): boolean {
  const place = problem.terminals[terminal]!;
  if (place.kind === 'depot') return true;
  const taken = others.filter(({ path }) =>
    path.some((arc) => arc.kind === 'stay' && arc.from === terminal && arc.fromSlot === slot),
  );
  return taken.length < place.truckCapacity;
}

const samePath = (a: readonly Arc[], b: readonly Arc[]): boolean =>
  a.length === b.length &&
  a.every((arc, i) => arc.from === b[i]!.from && arc.to === b[i]!.to && arc.fromSlot === b[i]!.fromSlot);
