/**
 * What the feeder loses when the deviations of a slot are worst for it, against what the plan supplies for losses. At a realisation ξ with total τ, of
 * which the resources answer the share θ and commit the rest beforehand,
 *
 *   needed = max over ξ ∈ U_t and who answers of   loss(d + M ξ − θ τ at the answering bus) − (1 − θ)(β − τ)
 *
 * d: what is drawn as scheduled, β: the worst total, which is committed whether it comes or not. The loss of a radial flow is convex in what is drawn, and so is
 * the sum: over a polytope the largest value stands at a vertex. Vertices are climbed along the gradient of the loss until none is better; the loss there is that
 * of an AC flow.
 */
import type { FeederTree } from '../models/feeder/feeder.ts';
import type { V2gProblem } from '../models/v2g/problem.ts';
import type { V2gSchedule } from '../models/v2g/schedule.ts';
import type { NetDemand } from './network-parts.ts';
import { powerFlow, type PowerFlow } from './power-flow.ts';
import { respondedShare } from './responses.ts';
import { movedBy, withConvexSet } from './worst-deviations.ts';
import { worstInSlot } from './worst-in-slot.ts';

export interface LossAtWorst {
  /** Loss by AC flow; infinite where no flow exists. */
  lossKw: number;
  /** Committed supply that this realisation leaves over. */
  spareKw: number;
  /** What the plan supplies for losses: the site's share, and what a network model set aside. */
  heldKw: number;
  /** ξ [component], kW, and the index of the bus whose resources answer; null: nobody does. */
  deviationKw: number[];
  bus: number | null;
}

export interface LossCase {
  problem: V2gProblem;
  schedule: V2gSchedule;
  tree: FeederTree;
  slackVoltagePu: number;
  slot: number;
  demand: NetDemand;
  flow: PowerFlow;
  moves: readonly NetDemand[];
  /** Buses whose resources may answer. */
  answers: readonly number[];
}

const mostSteps = 6;

export function lossAtWorst(at: LossCase): LossAtWorst {
  const { problem, schedule, tree, slackVoltagePu, slot, demand, flow, moves, answers } = at;
  const answered = schedule.evShare[slot]! + respondedShare(schedule, slot);
  const committedKw = schedule.worstDeviationKw[slot]!;
  const still: LossAtWorst = {
    lossKw: flow.converged ? 1000 * flow.lossMw : Infinity,
    spareKw: (1 - answered) * committedKw,
    heldKw: heldFor(problem, schedule, slot),
    deviationKw: moves.map(() => 0),
    bus: null,
  };
  if (moves.length === 0 || !flow.converged) return still;
  const corners = answered > 0 && answers.length > 0 ? answers : [null];
  return corners.reduce<LossAtWorst>((worst, bus) => {
    const deviationKw = climb(at, bus, answered);
    const moved = movedBy(demand, moves, { deviationKw, bus }, answered);
    const ac = powerFlow(tree, slackVoltagePu, moved, { tolerancePu: 1e-9 });
    const totalKw = deviationKw.reduce((sum, kw) => sum + kw, 0);
    const found: LossAtWorst = {
      ...still,
      lossKw: ac.converged ? 1000 * ac.lossMw : Infinity,
      spareKw: (1 - answered) * (committedKw - totalKw),
      deviationKw,
      bus,
    };
    return neededKw(found) <= neededKw(worst) ? worst : found;
  }, still);
}

function heldFor({ lossShare }: V2gProblem, { gas, wind, grid, network }: V2gSchedule, slot: number): number {
  const generated = [...gas, ...wind].reduce((sum, { outputKw }) => sum + outputKw[slot]!, 0);
  const share = lossShare * (generated + (grid?.importKw[slot] ?? 0));
  return share + (network?.lossKw[slot] ?? 0) + (network?.lossRoomKw?.[slot] ?? 0);
}

/** What must be supplied for losses so that this realisation leaves nothing short. */
export const neededKw = ({ lossKw, spareKw }: LossAtWorst): number => lossKw - spareKw;

/** The vertex from which no other lies further along its own gradient. */
function climb({ problem, tree, slot, demand, flow, moves }: LossCase, bus: number | null, answered: number): number[] {
  const convex = withConvexSet(problem);
  let deviationKw = moves.map(() => 0);
  for (let step = 0; step < mostSteps; step++) {
    const moved = movedBy(demand, moves, { deviationKw, bus }, answered);
    const { active, reactive } = marginalLoss(tree, flow.voltagePu, moved);
    const back = bus === null ? 0 : (answered * active[bus]!) / 1000;
    const weights = moves.map((move) => {
      let lost = -back;
      for (let k = 1; k < active.length; k++) lost += move.pMw[k]! * active[k]! + move.qMvar[k]! * reactive[k]!;
      return lost + (1 - answered) / 1000;
    });
    const next = worstInSlot(convex, slot, weights).deviationKw;
    if (next.every((kw, l) => Math.abs(kw - deviationKw[l]!) < 1e-9)) break;
    deviationKw = next;
  }
  return deviationKw;
}

/** MW lost for each MW, and each Mvar, taken at a bus: 2 Σ r P / v and 2 Σ r Q / v along its way, flows without losses. */
function marginalLoss(
  tree: FeederTree,
  voltagePu: readonly number[],
  { pMw, qMvar }: NetDemand,
): { active: number[]; reactive: number[] } {
  const p = [...pMw];
  const q = qMvar.map((mvar, bus) => mvar - tree.shuntMvar[bus]! * voltagePu[bus]! ** 2);
  for (let bus = p.length - 1; bus > 0; bus--) {
    p[tree.parent[bus]!]! += p[bus]!;
    q[tree.parent[bus]!]! += q[bus]!;
  }
  const active = tree.buses.map(() => 0);
  const reactive = tree.buses.map(() => 0);
  for (let bus = 1; bus < active.length; bus++) {
    const parent = tree.parent[bus]!;
    const twice = (2 * tree.rPu[bus]!) / voltagePu[parent]! ** 2;
    active[bus] = active[parent]! + twice * p[bus]!;
    reactive[bus] = reactive[parent]! + twice * q[bus]!;
  }
  return { active, reactive };
}
