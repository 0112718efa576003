/** Holds a schedule against the line limits of its meshed network by a DC power flow of its own: what is expected, and the worst deviations of each line. */
import type { V2gProblem } from '../models/v2g/problem.ts';
import type { V2gSchedule } from '../models/v2g/schedule.ts';
import type { SiteMesh } from '../models/v2g/site-mesh.ts';
import type { Ledger } from './ledger.ts';
import { meshFlow } from './mesh-flow.ts';

export function checkMesh(problem: V2gProblem, schedule: V2gSchedule, site: SiteMesh, ledger: Ledger): void {
  meshFlow(problem, schedule, site).slots.forEach(({ flowMw, mostMw, leastMw }, slot) =>
    site.mesh.lines.forEach(({ id, limitMw }, line) => {
      if (limitMw === null) return;
      const claim = { subject: `line ${id}`, slot, unit: 'MW', bound: limitMw };
      ledger.most({ ...claim, limit: 'line limit', quantity: 'power', value: Math.abs(flowMw[line]!) });
      ledger.most({
        ...claim,
        limit: 'line limit at worst',
        quantity: 'power at the worst deviations',
        value: Math.max(Math.abs(mostMw[line]!), Math.abs(leastMw[line]!)),
      });
    }),
  );
}
