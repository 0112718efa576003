/** Where the owner's bound is not yet a decision, and the two halves into which it is cut there. */
import type { SmsProblem } from '../problem.ts';
import { revenueAt, revenuePieces, type CostCurve } from './cost-curve.ts';
import { reachesMw } from './curve-program.ts';
import type { BranchRow, ClassDay } from './day-master.ts';

/** A share of a day below this is rounding. */
const least = 1e-6;

interface Place {
  grid: number;
  slot: number;
  netMw: number;
  trucks: number;
  /** Trucks by class. */
  byClass: Map<number, number>;
}

/** A mixture of days. */
export interface Mixture {
  days: readonly ClassDay[];
  shares: readonly number[];
  /** [grid][slot] */
  revenueUsd: number[][];
}

/** Two rows, one of which holds for every decision. */
export type Halves = [BranchRow, BranchRow];

/**
 * Where the mixture may be cut in two: at each place on the number of trucks where that is not whole, and on the net power where revenue is overstated.
 * The place whose revenue is most overstated comes first, and its trucks before its power. Empty when the mixture is a decision.
 * @param rows of the branch that is cut.
 */
export function branchesOf(
  problem: SmsProblem,
  curves: CostCurve[][],
  mixture: Mixture,
  rows: readonly BranchRow[],
): Halves[] {
  const reach = reachesMw(problem).map((own) => own.at(-1) ?? 0);
  return placesOf(problem, mixture.days, mixture.shares)
    .flatMap((place) => {
      const { grid, slot, netMw } = place;
      const curve = curves[grid]![slot]!;
      const overstatedUsd = Math.max(0, mixture.revenueUsd[grid]![slot]! - revenueAt(revenuePieces(curve), netMw));
      const isOverstated = overstatedUsd > leastUsd;
      const trucks = countBranch(place);
      const kink = isOverstated ? kinkBranch(place, curve, rows, reach[grid]!) : null;
      // Without a loss of revenue the mixture may still be between places.
      const score = isOverstated ? 1 + overstatedUsd : (trucks?.distance ?? 0);
      const powerScore = trucks === null ? score : overstatedUsd;
      return [
        ...(trucks ? [{ score, halves: trucks.halves }] : []),
        ...(kink ? [{ score: powerScore, halves: kink }] : []),
      ];
    })
    .toSorted((a, b) => b.score - a.score)
    .map(({ halves }) => halves);
}

/** Revenue overstated by less than this is rounding, USD. */
const leastUsd = 1e-6;

/** More or fewer trucks, of one class or of all, whichever is farther from a whole number; null when all are whole. */
function countBranch({ grid, slot, trucks, byClass }: Place): { distance: number; halves: Halves } | null {
  let best: { class: number | null; count: number; distance: number } | null = null;
  for (const [own, count] of [[null, trucks] as const, ...byClass]) {
    const distance = Math.abs(count - Math.round(count));
    if (distance > Math.max(1e-5, best?.distance ?? 0)) best = { class: own, count, distance };
  }
  if (best === null) return null;
  const row = { kind: 'trucks' as const, class: best.class, grid, slot };
  const below = Math.floor(best.count);
  const more = { ...row, lower: below + 1, upper: Infinity };
  return { distance: best.distance, halves: [more, { ...row, lower: -Infinity, upper: below }] };
}

/** The kink nearest to the net power that it may still be on either side of. */
function kinkBranch(
  { grid, slot, netMw }: Place,
  curve: CostCurve,
  rows: readonly BranchRow[],
  reachMw: number,
): Halves | null {
  const range = rows.find((row) => row.kind === 'net' && row.grid === grid && row.slot === slot);
  const kinks = revenuePieces(curve)
    .map(({ fromMw }) => fromMw)
    .filter((mw) => Math.abs(mw) < reachMw - 1e-9)
    .filter((mw) => mw > (range?.lower ?? -Infinity) + 1e-9 && mw < (range?.upper ?? Infinity) - 1e-9);
  if (kinks.length === 0) return null;
  const atMw = kinks.reduce((best, mw) => (Math.abs(mw - netMw) < Math.abs(best - netMw) ? mw : best));
  const row = { kind: 'net' as const, class: null, grid, slot };
  return [
    { ...row, lower: atMw, upper: Infinity },
    { ...row, lower: -Infinity, upper: atMw },
  ];
}

function placesOf(problem: SmsProblem, days: readonly ClassDay[], shares: readonly number[]): Place[] {
  const places = new Map<string, Place>();
  days.forEach((day, j) => {
    const share = shares[j]!;
    if (share <= least) return;
    for (const arc of day.path) {
      const terminal = problem.terminals[arc.from]!;
      if (arc.kind !== 'stay' || terminal.kind !== 'station') continue;
      const [grid, slot] = [terminal.grid, arc.fromSlot];
      const key = `${grid} ${slot}`;
      const place = places.get(key) ?? { grid, slot, netMw: 0, trucks: 0, byClass: new Map<number, number>() };
      places.set(key, place);
      place.netMw += share * day.netMw[slot]!;
      place.trucks += share;
      place.byClass.set(day.class, (place.byClass.get(day.class) ?? 0) + share);
    }
  });
  return [...places.values()];
}

/** The rows with one more: two ranges of one kind at one place become their intersection. */
export function withRow(rows: readonly BranchRow[], added: BranchRow): BranchRow[] {
  const same = (row: BranchRow): boolean =>
    row.kind === added.kind && row.class === added.class && row.grid === added.grid && row.slot === added.slot;
  const known = rows.find(same);
  if (!known) return [...rows, added];
  const joined = { ...added, lower: Math.max(known.lower, added.lower), upper: Math.min(known.upper, added.upper) };
  return [...rows.filter((row) => !same(row)), joined];
}
