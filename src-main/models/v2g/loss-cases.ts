/**
 * Losses of branch flow at the worst deviations. Where ξ comes, the share of it that is answered stands at one bus a and the rest has been committed:
 *
 *   lost + room + κ (1 − τ/β) ≥ L(d + M ξ − (1 − κ/β) τ e_a)        for each case (ξ, a);   lost ≥ L(d);   τ = Σ ξ
 *
 * lost + room is supplied. d: what is drawn as scheduled, L: the loss of what is drawn (program/tree-cones.ts), κ: what is committed of the worst total β, M: where a kW of each
 * component is felt. L is convex and κ enters both sides straight, so each case is a cone of its own, met by tangents, and exact; over a polytope of
 * deviations the left-out vertices are those at which less is lost. The cases are found by the adversary on finished plans (planning/network).
 */
import type { AffineExpression } from '../../program/affine.ts';
import type { ProgramBuilder, Term } from '../../program/program.ts';
import { treeFlow, type ConeTree } from '../../program/tree-flow.ts';
import { coneTolerance } from '../feeder/branch-flow.ts';
import type { FeederTree } from '../feeder/feeder.ts';
import type { DemandPart } from './deviation-places.ts';
import type { LossCase } from './site-network.ts';

export interface LossCases {
  tree: FeederTree;
  slackVoltagePu: number;
  /** What is drawn as scheduled [bus], MW and Mvar. */
  drawn: { p: readonly AffineExpression[]; q: readonly AffineExpression[] };
  /** What is lost as scheduled, MW. */
  lost: AffineExpression;
  /** 'apart': the room is a column of its own, so that what is lost as scheduled can be minimised; else one column holds both. */
  room: 'apart' | 'together';
  /** MW of a unit of the room's column. */
  unitMw: number;
  /** κ and β, kW. */
  committed: AffineExpression;
  worstKw: number;
  /** Where a kW of each component is felt [component]. */
  demands: readonly DemandPart[][];
  cases: readonly LossCase[];
  name: (what: string) => string;
}

const kwPerMw = 1000;

export interface LossRoom {
  /** Supplied beside what is lost as scheduled, MW; empty without cases. */
  terms: Term[];
  /** What the worst case loses beyond the schedule and is not left over by it, MW, of a solution. */
  neededMw: (valueOf: (expression: AffineExpression) => number) => number;
}

export function addLossCases(
  program: ProgramBuilder,
  { tree, slackVoltagePu, drawn, lost, room, unitMw, committed, worstKw, demands, cases, name }: LossCases,
): LossRoom {
  if (cases.length === 0) return { terms: [], neededMw: () => 0 };
  const terms: Term[] =
    room === 'apart' ? [[program.addColumn({ name: name('room for losses'), lower: 0, upper: Infinity }), unitMw]] : [];
  const supplied: AffineExpression = { terms: [...lost.terms, ...terms], constant: lost.constant };
  const coneTree: ConeTree = { parent: tree.parent, r: tree.rPu, x: tree.xPu, s: tree.shuntMvar };
  const rootSquare = slackVoltagePu ** 2;
  const parts = cases.map(({ deviationKw, answer }, k) => {
    const totalKw = deviationKw.reduce((sum, kw) => sum + kw, 0);
    const moved = movedBy(deviationKw, demands, tree.buses.length);
    const part = worstKw > 0 ? totalKw / worstKw : 0;
    const at = answer === null ? -1 : tree.buses.indexOf(answer);
    const p = drawn.p.map((own, bus) => {
      const there = shifted(own, moved.pMw[bus]!);
      // −τ + κ τ/β
      return bus === at ? plus(shifted(there, -totalKw / kwPerMw), committed, part / kwPerMw) : there;
    });
    const q = drawn.q.map((own, bus) => shifted(own, moved.qMvar[bus]!));
    const loss = plus(supplied, committed, (1 - part) / kwPerMw);
    const unlimited = (sign: 1 | -1): number[] => tree.buses.map(() => sign * Infinity);
    program.addCone({
      name: name(`losses at deviations ${k + 1}`),
      tree: coneTree,
      rootSquare,
      p,
      q,
      loss,
      least: unlimited(-1),
      most: unlimited(1),
      sides: [],
      circles: [],
      tolerance: coneTolerance,
    });
    return { p, q, spare: plus({ terms: [], constant: 0 }, committed, (1 - part) / kwPerMw) };
  });
  const neededMw: LossRoom['neededMw'] = (valueOf) => {
    const lossOf = (at: { p: readonly AffineExpression[]; q: readonly AffineExpression[] }): number =>
      treeFlow(coneTree, rootSquare, { p: at.p.map(valueOf), q: at.q.map(valueOf) }).loss;
    const scheduled = lossOf(drawn);
    return Math.max(0, ...parts.map((part) => lossOf(part) - valueOf(part.spare) - scheduled));
  };
  return { terms, neededMw };
}

/** MW and Mvar that deviations ask for at each bus. */
function movedBy(
  deviationKw: readonly number[],
  demands: readonly DemandPart[][],
  buses: number,
): { pMw: Float64Array; qMvar: Float64Array } {
  const pMw = new Float64Array(buses);
  const qMvar = new Float64Array(buses);
  demands.forEach((parts, l) => {
    for (const { bus, share, kvarPerKw } of parts) {
      pMw[bus]! += (share * deviationKw[l]!) / kwPerMw;
      qMvar[bus]! += (share * kvarPerKw * deviationKw[l]!) / kwPerMw;
    }
  });
  return { pMw, qMvar };
}

const shifted = ({ terms, constant }: AffineExpression, by: number): AffineExpression => ({
  terms,
  constant: constant + by,
});

const plus = (first: AffineExpression, second: AffineExpression, factor: number): AffineExpression => ({
  terms: [...first.terms, ...second.terms.map(([column, value]): Term => [column, factor * value])],
  constant: first.constant + factor * second.constant,
});
