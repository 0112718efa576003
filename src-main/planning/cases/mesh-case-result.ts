/** What a case file is answered about its meshed network: flows recomputed apart from the model, and prices of places. */
import type { V2gProblem } from '../../models/v2g/problem.ts';
import type { V2gSchedule } from '../../models/v2g/schedule.ts';
import type { SiteMesh } from '../../models/v2g/site-mesh.ts';
import { checkPlan } from '../../verify/check-plan.ts';
import { meshFlow } from '../../verify/mesh-flow.ts';

export interface MeshCaseResult {
  /** Whether the independent re-check of the whole plan finds no limit broken, those of lines at the worst deviations among them. */
  passed: boolean;
  lines: string[];
  buses: string[];
  /** From → to, of what is expected [slot][line]. */
  flowMw: number[][];
  /** The larger of both directions at the worst deviations, in its direction [slot][line]. */
  worstMw: number[][];
  /** [slot][bus]; null where the network did not enter the plan. */
  priceUsdPerMwh: number[][] | null;
}

export function meshCaseResult(problem: V2gProblem, schedule: V2gSchedule, site: SiteMesh): MeshCaseResult {
  const { buses, slots } = meshFlow(problem, schedule, site);
  const prices = schedule.mesh;
  return {
    passed: checkPlan(problem, schedule).passed,
    lines: site.mesh.lines.map(({ id }) => id),
    buses,
    flowMw: slots.map(({ flowMw }) => flowMw),
    worstMw: slots.map(({ mostMw, leastMw }) =>
      mostMw.map((most, line) => (most >= -leastMw[line]! ? most : leastMw[line]!)),
    ),
    priceUsdPerMwh: prices
      ? prices.busPerKwh.map((own) => buses.map((bus) => 1000 * own[prices.buses.indexOf(bus)]!))
      : null,
  };
}
