/** The voltages of a plan's feeder as CSV, one row per slot and bus: the matrix the screen shows. */
import { Refusal } from '../../base/errors.ts';
import { slotStart } from '../../base/horizon.ts';
import { zoneOf } from '../../base/zone.ts';
import type { SiteMesh } from '../../models/v2g/site-mesh.ts';
import { meshFlow } from '../../verify/mesh-flow.ts';
import { csvText, type CsvCell } from '../csv-text.ts';
import { planHorizon } from '../plan/plan-horizon.ts';
import type { PlanRecord } from '../ports.ts';
import { networkView } from './network-view.ts';

/** @throws Refusal `not-found` when the plan was made without a network. */
export function exportNetwork(plan: PlanRecord): { fileName: string; text: string } {
  if (plan.problem.mesh) return exportMesh(plan, plan.problem.mesh);
  const view = networkView(plan);
  if (!view) throw new Refusal('not-found', { what: 'network of plan', id: plan.id });
  const horizon = planHorizon(plan);
  const zone = zoneOf(horizon.zone);
  const { buses, parent } = view.feeder;
  const rows = Array.from({ length: horizon.slots * buses.length }, (_, at): CsvCell[] => {
    const [slot, bus] = [Math.floor(at / buses.length), at % buses.length];
    return [
      zone.format(slotStart(horizon, slot)),
      buses[bus]!,
      buses[parent[bus]!] ?? '',
      view.voltagePu[at]!,
      view.lowestPu[at]!,
      view.highestPu[at]!,
      view.linearPu[at]!,
      view.branchMva[at]!,
    ];
  });
  const header = [
    'slot start',
    'bus',
    'fed by bus',
    'voltage (pu)',
    'lowest at worst deviations (pu)',
    'highest at worst deviations (pu)',
    'linear estimate (pu)',
    'branch power (MVA)',
  ];
  return { fileName: `surewatt-network-${plan.id}.csv`, text: csvText(header, rows) };
}

/** Flows and prices per MWh at both ends, one row per slot and line; prices are left empty where there are none. */
function exportMesh(plan: PlanRecord, site: SiteMesh): { fileName: string; text: string } {
  const horizon = planHorizon(plan);
  const zone = zoneOf(horizon.zone);
  const prices = plan.schedule.mesh;
  const rows = meshFlow(plan.problem, plan.schedule, site).slots.flatMap(({ flowMw, mostMw, leastMw }, slot) =>
    site.mesh.lines.map(({ id, from, to, limitMw }, line): CsvCell[] => {
      const priceAt = (bus: string): CsvCell =>
        prices ? 1000 * prices.busPerKwh[slot]![prices.buses.indexOf(bus)]! : '';
      return [
        zone.format(slotStart(horizon, slot)),
        id,
        from,
        to,
        flowMw[line]!,
        mostMw[line]!,
        leastMw[line]!,
        limitMw ?? '',
        priceAt(from),
        priceAt(to),
      ];
    }),
  );
  const price = `price (${plan.problem.currency}/MWh)`;
  const header = [
    'slot start',
    'line',
    'from bus',
    'to bus',
    'flow (MW)',
    'most at worst deviations (MW)',
    'least at worst deviations (MW)',
    'limit (MW)',
    `${price} at from bus`,
    `${price} at to bus`,
  ];
  return { fileName: `surewatt-network-${plan.id}.csv`, text: csvText(header, rows) };
}
