/** The voltages of a plan's feeder as CSV, one row per slot and bus: the matrix the screen shows. */
import { Refusal } from '../../base/errors.ts';
import { slotStart } from '../../base/horizon.ts';
import { zoneOf } from '../../base/zone.ts';
import { csvText, type CsvCell } from '../csv-text.ts';
import { planHorizon } from '../plan/plan-horizon.ts';
import type { PlanRecord } from '../ports.ts';
import { networkView } from './network-view.ts';

/** @throws Refusal `not-found` when the plan was made without a network. */
export function exportNetwork(plan: PlanRecord): { fileName: string; text: string } {
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
