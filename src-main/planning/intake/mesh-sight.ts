/** What a meshed network does with the loads of its own file: a first sight of whether it was read rightly. */
import type { Mesh } from '../../models/mesh/mesh.ts';
import { angleFlow } from '../../verify/angle-flow.ts';

export function meshSight(mesh: Mesh, loads: readonly { id: string; loadKw: number }[]): string {
  const flow = angleFlow(mesh);
  const kwOf = new Map(loads.map(({ id, loadKw }) => [id, loadKw]));
  const flows = flow.flowMw(flow.buses.map((bus) => (kwOf.get(bus) ?? 0) / 1000));
  const limited = mesh.lines
    .map(({ id, limitMw }, line) => ({ id, mw: Math.abs(flows[line]!), limitMw }))
    .filter((one): one is typeof one & { limitMw: number } => one.limitMw !== null)
    .sort((a, b) => b.mw / b.limitMw - a.mw / a.limitMw);
  const fullest = limited[0];
  if (!fullest) return 'No line states a limit, so nothing of this network can stand in the way of a plan.';
  return `A DC power flow of the loads in the file, served from bus ${mesh.slackBus} alone, loads line ${fullest.id} most: ${fullest.mw.toFixed(3)} of ${fullest.limitMw.toFixed(3)} MW.`;
}
