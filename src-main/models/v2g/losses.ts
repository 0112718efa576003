/**
 * What is lost on the way in each slot, as something that can be minimised.
 *
 *   branch flow:     Σ_j r_j ℓ_j, the model's own
 *   lindistflow:     L ≥ Σ_j r_j ℓ_j(drawn), the loss of branch flow for what is drawn at the buses, beside the lossless rows
 *   no feeder:       share · (Σ g + Σ w + purchase)
 *
 * The linear model is lossless in its balance, which has the flat share; what a plan loses on the lines is told, and where it is asked for minimised, as the
 * loss of branch flow, a convex function of what is drawn that is met by tangents (program/tree-cones.ts). Source: Farivar and Low 2013.
 */
import type { AffineExpression } from '../../program/affine.ts';
import type { Column, ProgramBuilder, Term } from '../../program/program.ts';
import { treeFlow, type ConeTree } from '../../program/tree-flow.ts';
import { coneTolerance, type Injection, type SlotFlow } from '../feeder/branch-flow.ts';
import type { FeederTree } from '../feeder/feeder.ts';
import type { ValueOf } from './device.ts';

export interface SlotLoss {
  /** kW, to be minimised; for the linear model only where `estimated`. */
  lostKw: AffineExpression;
  /** kW, of a solution. */
  read: (valueOf: ValueOf) => number;
}

const kwPerMw = 1000;
export const branchFlowLoss = ({ loss }: Pick<SlotFlow, 'loss'>): SlotLoss =>
  linearLoss({ terms: loss.map(([column, mw]): Term => [column, kwPerMw * mw]), constant: 0 });

export interface LinearFlow {
  tree: FeederTree;
  slackVoltagePu: number;
  /** [bus] */
  injections: readonly Injection[];
  name: (what: string, bus: string | null) => string;
  /** 'columns': the program is to know of it. */
  wanted: 'columns' | 'reading';
}

export function linearFlowLoss(program: ProgramBuilder, flow: LinearFlow): SlotLoss {
  const { tree, name, wanted } = flow;
  const rootSquare = flow.slackVoltagePu ** 2;
  const coneTree: ConeTree = { parent: tree.parent, r: tree.rPu, x: tree.xPu, s: tree.shuntMvar };
  const drawn = (injections: readonly Injection[]) => ({
    p: injections.map(({ active }) => negated(active)),
    q: injections.map(({ reactive }) => negated(reactive)),
  });
  const read = (valueOf: ValueOf): number => {
    const at = ({ terms, constant }: AffineExpression): number =>
      terms.reduce((sum, [column, factor]) => sum + factor * valueOf(column), constant);
    const { p, q } = drawn(flow.injections);
    return kwPerMw * treeFlow(coneTree, rootSquare, { p: p.map(at), q: q.map(at) }).loss;
  };
  if (wanted === 'reading') return { lostKw: { terms: [], constant: 0 }, read };
  const lost = program.addColumn({ name: name('loss, estimated', null), lower: 0, upper: Infinity });
  const summed = flow.injections.map((own, bus) => summedUp(program, own, (what) => name(what, tree.buses[bus]!)));
  program.addCone({
    name: name('loss, estimated', null),
    tree: coneTree,
    rootSquare,
    ...drawn(summed),
    loss: { terms: [[lost, 1 / kwPerMw]], constant: 0 },
    least: tree.buses.map(() => -Infinity),
    most: tree.buses.map(() => Infinity),
    sides: [],
    circles: [],
    tolerance: coneTolerance,
  });
  return { lostKw: { terms: [[lost, 1]], constant: 0 }, read };
}

/** The same with one column for all cars and devices of a bus: tangents then have a few terms instead of hundreds. */
function summedUp(program: ProgramBuilder, { active, reactive }: Injection, name: (what: string) => string): Injection {
  const summed = (part: AffineExpression, what: string): AffineExpression => {
    if (part.terms.length < 2) return part;
    const column = program.addColumn({ name: name(what), lower: -Infinity, upper: Infinity });
    program.addRow({ name: name(`sum of ${what}`), lower: 0, upper: 0, terms: [...part.terms, [column, -1]] });
    return { terms: [[column, 1]], constant: part.constant };
  };
  return { active: summed(active, 'power given'), reactive: summed(reactive, 'reactive power given') };
}

const negated = ({ terms, constant }: AffineExpression): AffineExpression => ({
  terms: terms.map(([column, factor]): Term => [column, -factor]),
  constant: -constant,
});

/** @param generated columns of what is generated or bought in the slot */
export const flatLoss = (generated: readonly Column[], lossShare: number): SlotLoss =>
  linearLoss({ terms: generated.map((column): Term => [column, lossShare]), constant: 0 });

function linearLoss(lostKw: AffineExpression): SlotLoss {
  return {
    lostKw,
    read: (valueOf) => lostKw.terms.reduce((sum, [column, kw]) => sum + kw * valueOf(column), lostKw.constant),
  };
}
