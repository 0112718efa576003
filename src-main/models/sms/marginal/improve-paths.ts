/**
 * Routes of the fleet made better one truck after the other: each takes its best path with the others as they are, until none gains. What a
 * truck brings is how it changes the marginal revenue of all of them together.
 */
import { networkOf, type Arc } from '../network.ts';
import type { SmsProblem } from '../problem.ts';
import { bestPath } from './best-path.ts';
import { revenuePieces, type CostCurve, type RevenuePiece } from './cost-curve.ts';
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
  const pieces = curves.map((slots) => slots.map(revenuePieces));
  const networks = problem.trucks.map((truck) => networkOf(problem, truck));
  const order = problem.trucks.map((_, i) => (start.first + i) % problem.trucks.length);
  const days = [...start.days];
  for (let pass = 0; pass < mostPasses; pass++) {
    let changed = false;
    for (const k of order) {
      const others = days.filter((day, other): day is TruckDay => day !== null && other !== k);
      const netMw = netOf(problem, others);
      const without = netMw.map((slots, g) => slots.map((n, t) => revenueAt(pieces[g]![t]!, n)));
      const found = bestPath(problem, {
        truck: problem.trucks[k]!,
        network: networks[k]!,
        gain: (g, t, mw) => revenueAt(pieces[g]![t]!, netMw[g]![t]! + mw) - without[g]![t]!,
        mayStay: (terminal, slot) => hasPlace(problem, others, terminal, slot),
        levels: start.levels,
      });
      if (found === null) return null;
      const before = days[k] ?? null;
      changed ||= before === null || !samePath(before.path, found.path);
      days[k] = found;
    }
    if (!changed) break;
  }
  return days.filter((day) => day !== null);
}

/** R(n): the dearest λ at n for n > 0, the cheapest for n < 0. */
function revenueAt(pieces: readonly RevenuePiece[], n: number): number {
  if (Math.abs(n) < 1e-9) return 0;
  let best = -Infinity;
  for (const { fromMw, toMw, worthUsdPerMw } of pieces)
    if (n >= fromMw - 1e-9 && n <= toMw + 1e-9) best = Math.max(best, worthUsdPerMw * n);
  return best;
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
