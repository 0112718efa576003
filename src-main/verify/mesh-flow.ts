/**
 * What a finished schedule does to the meshed network it hangs on, slot by slot: a DC power flow of what is expected, and for each line the flow of
 * the deviations that push it furthest either way. Shares nothing with the model.
 */
import type { V2gProblem } from '../models/v2g/problem.ts';
import type { V2gSchedule } from '../models/v2g/schedule.ts';
import type { SiteMesh } from '../models/v2g/site-mesh.ts';
import { angleFlow, type AngleFlow } from './angle-flow.ts';
import { networkParts } from './network-parts.ts';
import { answerBuses, deviationsPerKw, furthest, movedBy, summed, weigh } from './worst-deviations.ts';

export interface MeshSlot {
  /** Net consumption [bus]. */
  demandMw: number[];
  /** From → to [line], of what is expected. */
  flowMw: number[];
  /** Flow at the deviations that push it furthest forwards, and backwards [line]. */
  mostMw: number[];
  leastMw: number[];
}

export interface MeshFlow {
  /** The slack bus first. */
  buses: string[];
  slots: MeshSlot[];
}

export function meshFlow(problem: V2gProblem, schedule: V2gSchedule, site: SiteMesh): MeshFlow {
  const flow = angleFlow(site.mesh);
  // What one MW taken at each bus does to the lines [bus][line].
  const perMw = flow.buses.map((_, bus) => flow.flowMw(flow.buses.map((_each, k) => (k === bus ? 1 : 0))));
  return {
    buses: flow.buses,
    slots: Array.from({ length: problem.slots }, (_, slot) => slotFlow(problem, schedule, site, flow, perMw, slot)),
  };
}

function slotFlow(
  problem: V2gProblem,
  schedule: V2gSchedule,
  site: SiteMesh,
  flow: AngleFlow,
  perMw: readonly (readonly number[])[],
  slot: number,
): MeshSlot {
  const { buses } = flow;
  const demand = summed(
    buses.length,
    networkParts(problem, schedule, site, flow, slot).map((part) => part.demand),
  );
  const flowMw = flow.flowMw(demand.pMw);
  const moves = deviationsPerKw(problem, site, buses, slot);
  const answers = answerBuses(problem, site, buses, slot);
  const worst = (line: number, sign: 1 | -1): number => {
    if (moves.length === 0) return flowMw[line]!;
    const own = perMw.map((lines) => sign * lines[line]!);
    const found = furthest(problem, slot, moves, answers, (move) => weigh(own, move.pMw));
    return found.value <= 0 ? flowMw[line]! : flow.flowMw(movedBy(demand, moves, found).pMw)[line]!;
  };
  return {
    demandMw: demand.pMw,
    flowMw,
    mostMw: flowMw.map((_, line) => worst(line, 1)),
    leastMw: flowMw.map((_, line) => worst(line, -1)),
  };
}
