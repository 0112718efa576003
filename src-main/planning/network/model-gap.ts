/**
 * How far what a plan was made with lies from the AC flow of its schedule, slot by slot: in voltage, loss and import. With branch flow this is the
 * gap of the relaxation; with the linear model, or where the network was only checked, what that model leaves out.
 */
import type { V2gProblem } from '../../models/v2g/problem.ts';
import type { V2gSchedule } from '../../models/v2g/schedule.ts';
import type { NetworkFlow } from '../../verify/network-flow.ts';

export interface ModelGap {
  /** What the plan believes: voltages flat, slot · buses + bus in the order of the flow; loss that its power balance supplies [slot]. */
  modelPu: Float64Array;
  modelLossKw: Float64Array;
  /** |AC − model| [slot]: the largest of a voltage, of the loss, and of what the substation takes from the grid above. NaN without an AC flow. */
  voltagePu: Float64Array;
  lossKw: Float64Array;
  importKw: Float64Array;
}

export function modelGap(problem: V2gProblem, schedule: V2gSchedule, { tree, slots }: NetworkFlow): ModelGap {
  const own = schedule.network;
  const place = new Map((own?.buses ?? []).map((bus, index) => [bus, index]));
  const byBranchFlow = own !== undefined && problem.network?.model === 'branch-flow';
  const voltage = (slot: number, bus: number): number =>
    own ? own.voltagePu[slot]![place.get(tree.buses[bus]!)!]! : slots[slot]!.linearPu[bus]!;
  const perSlot = (of: (slot: number) => number): Float64Array => Float64Array.from(slots, (_, slot) => of(slot));
  const apart = (of: (slot: number) => number): Float64Array =>
    perSlot((slot) => (slots[slot]!.flow.converged ? Math.abs(of(slot)) : NaN));
  const modelLossKw = perSlot((slot) => (byBranchFlow ? own.lossKw[slot]! : plannedLossKw(problem, schedule, slot)));
  return {
    modelPu: Float64Array.from({ length: slots.length * tree.buses.length }, (_, at) =>
      voltage(Math.floor(at / tree.buses.length), at % tree.buses.length),
    ),
    modelLossKw,
    voltagePu: apart((slot) =>
      Math.max(...slots[slot]!.flow.voltagePu.map((pu, bus) => Math.abs(pu - voltage(slot, bus)))),
    ),
    lossKw: apart((slot) => 1000 * slots[slot]!.flow.lossMw - modelLossKw[slot]!),
    importKw: apart((slot) => {
      const { flow, demand } = slots[slot]!;
      const modelKw = 1000 * demand.pMw.reduce((sum, mw) => sum + mw, 0) + (byBranchFlow ? own.lossKw[slot]! : 0);
      return 1000 * flow.importMw - modelKw;
    }),
  };
}

/** The share of what is supplied that the balance sets aside for losses. */
function plannedLossKw({ lossShare }: V2gProblem, { gas, wind, grid }: V2gSchedule, slot: number): number {
  const supplied = [...gas, ...wind].reduce((sum, { outputKw }) => sum + outputKw[slot]!, 0);
  return lossShare * (supplied + (grid?.importKw[slot] ?? 0));
}
