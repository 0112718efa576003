/** A slot of the feeder that a program knows nothing of: what flows is read from what is injected, by branch flow with every cone tight. */
import type { AffineExpression } from '../../program/affine.ts';
import { treeFlow, type ConeTree } from '../../program/tree-flow.ts';
import type { BranchFlowSlot, Injection, SlotFlow } from '../feeder/branch-flow.ts';
import type { FeederTree } from '../feeder/feeder.ts';

/** What a schedule reads of a slot: lossless towards the power balance, as the linear model is. */
export type FlowRead = Pick<SlotFlow, 'loss' | 'read' | 'drawn'>;

export function flowWithoutRows(
  { slackVoltagePu }: Pick<BranchFlowSlot, 'slackVoltagePu'>,
  tree: FeederTree,
  injections: readonly Injection[],
): FlowRead {
  const coneTree: ConeTree = { parent: tree.parent, r: tree.rPu, x: tree.xPu, s: tree.shuntMvar };
  const rootSquare = slackVoltagePu ** 2;
  return {
    loss: [],
    read: (valueOf) => {
      const drawn = (of: (injection: Injection) => AffineExpression): Float64Array =>
        Float64Array.from(injections, (own) => {
          const { terms, constant } = of(own);
          return -terms.reduce((sum, [column, factor]) => sum + factor * valueOf(column), constant);
        });
      const q = drawn(({ reactive }) => reactive);
      const { squaredVoltage, q: flow } = treeFlow(coneTree, rootSquare, { p: drawn(({ active }) => active), q });
      const fromRoot = tree.children[0]!.reduce((sum, bus) => sum + flow[bus]!, 0);
      return {
        voltagePu: Array.from(squaredVoltage, (square) => Math.sqrt(Math.max(0, square))),
        lossMw: 0,
        suppliedLossMw: 0,
        importMvar: q[0]! - tree.shuntMvar[0]! * rootSquare + fromRoot,
      };
    },
  };
}
