/**
 * Marginal revenue at a place as weights of its corners (revenue-corners.ts):
 *
 *   w_0 + Σ w_v = 1,  n_g = Σ w_v n_{g,v},  R = Σ w_v R_v,  trucks of group g present ≥ Σ w_v j_{g,v},  w ≥ 0
 *
 * Half a truck then earns half of what one earns, not as much as a small truck would at the best price. For mixtures the weights are free;
 * for decisions those of one piece and of one number of trucks are chosen by binaries:
 *
 *   Σ_{v of piece i} w_v ≤ δ_i,  Σ δ_i = 1,  δ ∈ {0, 1};   trucks are whole because routes are
 */
import type { Column, ProgramBuilder, Row, Term } from '../../../program/program.ts';
import type { CostCurve } from './cost-curve.ts';
import { revenueCorners, type CornerSpace, type RevenueCorner } from './revenue-corners.ts';

export interface HullPlace extends CornerSpace {
  /** For names. */
  place: string;
  /** Net power and number of trucks there [group]; null for trucks: any number of them. */
  net: Term[][];
  present: Term[][] | null;
}

export interface RevenueHull {
  /** R, and f(0) − f(n), USD. */
  revenue: Term[];
  saving: Term[];
  /** [group] */
  net: Row[];
  /** [group]; without rows where any number may be there. */
  present: Row[];
}

export function addRevenueHull(program: ProgramBuilder, place: HullPlace): RevenueHull {
  return addHull(program, place, mixtureCorners(place)).hull;
}

/** With the piece chosen; the trucks present must be whole for another reason. */
export function addRevenueChoice(program: ProgramBuilder, place: HullPlace): RevenueHull {
  const corners = revenueCorners(place);
  const { hull, weights, none } = addHull(program, place, corners);
  const pieces = [...Map.groupBy(corners.keys(), (v) => corners[v]!.piece)];
  if (pieces.length < 2) return hull;
  const chosen: Term[] = [[none, 1]];
  for (const [piece, own] of pieces) {
    const name = `piece ${piece} at ${place.place}`;
    const column = program.addColumn({ name, lower: 0, upper: 1, kind: 'integer' });
    chosen.push([column, 1]);
    const terms: Term[] = [[column, -1], ...own.map((v): Term => [weights[v]!, 1])];
    program.addRow({ name: `only ${name}`, lower: -Infinity, upper: 0, terms });
  }
  // Corner 0 belongs to every piece: it may be mixed into any, and then no row asks for its own choice.
  program.addRow({ name: `one piece at ${place.place}`, lower: -Infinity, upper: 1, terms: chosen.slice(1) });
  return hull;
}

function addHull(
  program: ProgramBuilder,
  { place, net, present, reachMw, range }: HullPlace,
  corners: readonly RevenueCorner[],
): { hull: RevenueHull; weights: Column[]; none: Column } {
  const noneUpper = range.fromMw > 0 || range.toMw < 0 ? 0 : 1;
  const none = program.addColumn({ name: `no truck at ${place}`, lower: 0, upper: noneUpper });
  const weights = corners.map((_, v) =>
    program.addColumn({ name: `net power at ${place}, corner ${v}`, lower: 0, upper: 1 }),
  );
  const sum = (of: (corner: RevenueCorner) => number, sign: number): Term[] =>
    corners.flatMap((corner, v): Term[] => (of(corner) === 0 ? [] : [[weights[v]!, sign * of(corner)]]));
  const all: Term[] = [[none, 1], ...sum(() => 1, 1)];
  program.addRow({ name: `weights at ${place}`, lower: 1, upper: 1, terms: all });
  const perGroup = (name: string, upper: number, terms: (group: number) => Term[]): Row[] =>
    reachMw.map((_, g) => program.addRow({ name: `${name} ${g} at ${place}`, lower: 0, upper, terms: terms(g) }));
  const hull = {
    revenue: sum(({ revenueUsd }) => revenueUsd, 1),
    saving: sum(({ savingUsd }) => savingUsd, 1),
    net: perGroup('net power of group', 0, (g) => [...net[g]!, ...sum(({ netMw }) => netMw[g]!, -1)]),
    present:
      present === null
        ? []
        : perGroup('trucks of group', Infinity, (g) => [...present[g]!, ...sum(({ trucks }) => trucks[g]!, -1)]),
  };
  return { hull, weights, none };
}

/** A search asks for the same corners with every mixture. */
const known = new WeakMap<CostCurve, Map<string, RevenueCorner[]>>();

/** Of corners at the same powers, the one with the better revenue. */
function mixtureCorners({ curve, reachMw, places, range }: CornerSpace): RevenueCorner[] {
  const ofCurve = known.get(curve) ?? new Map<string, RevenueCorner[]>();
  known.set(curve, ofCurve);
  const key = `${places} ${range.fromMw} ${range.toMw} ${reachMw.map((reach) => reach.join()).join(' ')}`;
  const found = ofCurve.get(key) ?? bestOfPieces(revenueCorners({ curve, reachMw, places, range }));
  ofCurve.set(key, found);
  return found;
}

function bestOfPieces(corners: readonly RevenueCorner[]): RevenueCorner[] {
  const best = new Map<string, RevenueCorner>();
  for (const corner of corners) {
    const key = corner.netMw.map((mw) => mw.toFixed(9)).join(' ');
    const known = best.get(key);
    if (!known || known.revenueUsd < corner.revenueUsd) best.set(key, corner);
  }
  return [...best.values()];
}
