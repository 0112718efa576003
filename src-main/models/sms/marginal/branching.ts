/** Where the owner's bound is not yet a decision, and the two halves into which it is cut there. */
import type { SmsProblem } from '../problem.ts';
import { revenuePieces, type CostCurve } from './cost-curve.ts';
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

/**
 * Two rows, one of which holds for every decision. Null when the mixture is a decision: every class is at whole places, and no place
 * mixes powers on both sides of a kink.
 * @param rows of the branch that is cut.
 */
export function branchesOf(
  problem: SmsProblem,
  curves: CostCurve[][],
  days: readonly ClassDay[],
  shares: readonly number[],
  rows: readonly BranchRow[],
): [BranchRow, BranchRow] | null {
  const places = placesOf(problem, days, shares);
  const half = (trucks: number): number => Math.abs(trucks - Math.round(trucks));
  let best: { place: Place; class: number | null; trucks: number } | null = null;
  for (const place of places)
    for (const [own, trucks] of [[null, place.trucks] as const, ...place.byClass])
      if (half(trucks) > Math.max(1e-5, best === null ? 0 : half(best.trucks) + (own === null ? 0 : 1e-3)))
        best = { place, class: own, trucks };
  if (best !== null) {
    const { grid, slot } = best.place;
    const row = { kind: 'trucks' as const, class: best.class, grid, slot };
    const below = Math.floor(best.trucks);
    return [
      { ...row, lower: below + 1, upper: Infinity },
      { ...row, lower: -Infinity, upper: below },
    ];
  }
  return kinkOf(problem, curves, places, rows);
}

/** A kink that the net power of a place may still be on either side of; the place deepest within a piece first. */
function kinkOf(
  problem: SmsProblem,
  curves: CostCurve[][],
  places: readonly Place[],
  rows: readonly BranchRow[],
): [BranchRow, BranchRow] | null {
  const reach = reachesMw(problem).map((own) => own.at(-1) ?? 0);
  let most = 1e-4;
  let found: { place: Place; atMw: number } | null = null;
  for (const place of places) {
    const { grid, slot, netMw } = place;
    const range = rows.find((row) => row.kind === 'net' && row.grid === grid && row.slot === slot);
    const curve = curves[grid]![slot]!;
    const kinks = revenuePieces(curve)
      .map(({ fromMw }) => fromMw)
      .filter((mw) => Math.abs(mw) < reach[grid]! - 1e-9);
    if (kinks.length === 0) continue;
    const inside = kinks.filter(
      (mw) => mw > (range?.lower ?? -Infinity) + 1e-9 && mw < (range?.upper ?? Infinity) - 1e-9,
    );
    const depth = Math.min(...kinks.map((mw) => Math.abs(mw - netMw)));
    if (inside.length === 0 || depth <= most) continue;
    most = depth;
    const atMw = inside.reduce((best, mw) => (Math.abs(mw - netMw) < Math.abs(best - netMw) ? mw : best));
    found = { place, atMw };
  }
  if (found === null) return null;
  const { grid, slot } = found.place;
  const row = { kind: 'net' as const, class: null, grid, slot };
  return [
    { ...row, lower: found.atMw, upper: Infinity },
    { ...row, lower: -Infinity, upper: found.atMw },
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
