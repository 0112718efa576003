/**
 * Holds a schedule against the limits of its feeder by AC power flow: what is expected, and the worst deviations of the set at every bus.
 * Converters must keep within their circle, not only within the polygon the model used for it.
 */
import type { V2gProblem } from '../models/v2g/problem.ts';
import type { V2gSchedule } from '../models/v2g/schedule.ts';
import type { SiteNetwork } from '../models/v2g/site-network.ts';
import { divergedAtWorst } from './diverged-at-worst.ts';
import type { Ledger } from './ledger.ts';
import { neededKw } from './loss-at-worst.ts';
import { networkFlow, type NetworkFlow } from './network-flow.ts';
import { networkParts } from './network-parts.ts';

/** How far an AC voltage may lie beyond its limit: rounding of the solver, carried through a feeder. */
export const voltageTolerancePu = 2e-5;

/** A loss is a small part of what flows: it is judged to a hundredth of a kW, as the balance it stands in. */
export const lossScaleKw = 1000;

export function checkNetwork(problem: V2gProblem, schedule: V2gSchedule, network: SiteNetwork, ledger: Ledger): void {
  const flows = networkFlow(problem, schedule, network);
  flows.slots.forEach((_, slot) => {
    checkSlot(flows, slot, ledger);
    checkConverters(problem, schedule, network, flows, slot, ledger);
  });
}

/** Names told in a sentence; the rest is counted. */
const mostNamed = 3;

function checkSlot({ tree, slots }: NetworkFlow, slot: number, ledger: Ledger): void {
  const { flow, lowest, highest, heaviestMva, heaviestSignal, loss } = slots[slot]!;
  if (!flow.converged) {
    ledger.refuse(
      'network flow',
      `The power flow of slot ${slot} has no solution: the feeder cannot carry what is scheduled`,
    );
    return;
  }
  const diverged = divergedAtWorst(tree, slots[slot]!);
  if (diverged.length > 0) {
    const others = diverged.length - mostNamed;
    const whose = diverged.slice(0, mostNamed).join(', ') + (others > 0 ? ` and ${others} more` : '');
    ledger.refuse(
      'network flow at worst',
      `The power flow of slot ${slot} has no solution at the deviations that are worst for ${whose}: the feeder cannot carry them`,
    );
  }
  const exists = (value: number): boolean => Number.isFinite(value);
  if (exists(loss.lossKw))
    ledger.most({
      limit: 'losses at worst',
      subject: 'the feeder',
      slot,
      quantity: 'loss at the worst deviations, less the supply they leave over,',
      value: neededKw(loss),
      bound: loss.heldKw,
      unit: 'kW',
      scale: lossScaleKw,
    });
  for (let bus = 1; bus < tree.buses.length; bus++) {
    const claim = { subject: `bus ${tree.buses[bus]!}`, slot, unit: 'pu' };
    const expected = { ...claim, quantity: 'voltage', value: flow.voltagePu[bus]! };
    const least = tree.voltageMinPu[bus]! - voltageTolerancePu;
    const most = tree.voltageMaxPu[bus]! + voltageTolerancePu;
    ledger.least({ ...expected, limit: 'bus voltage', bound: least });
    ledger.most({ ...expected, limit: 'bus voltage', bound: most });
    const voltageAt = (signal: string | null) => ({
      ...claim,
      limit: 'bus voltage at worst',
      quantity: `voltage ${atWorst(signal)}`,
    });
    if (exists(lowest[bus]!.voltagePu))
      ledger.least({ ...voltageAt(lowest[bus]!.signal), value: lowest[bus]!.voltagePu, bound: least });
    if (exists(highest[bus]!.voltagePu))
      ledger.most({ ...voltageAt(highest[bus]!.signal), value: highest[bus]!.voltagePu, bound: most });
    const limitMva = tree.limitMva[bus]!;
    if (limitMva === null) continue;
    const line = { subject: `branch ${tree.buses[tree.parent[bus]!]!}–${tree.buses[bus]!}`, slot, unit: 'MVA' };
    ledger.most({ ...line, limit: 'line limit', quantity: 'power', value: flow.sendingMva[bus]!, bound: limitMva });
    if (!exists(heaviestMva[bus]!)) continue;
    ledger.most({
      ...line,
      limit: 'line limit at worst',
      quantity: `power ${atWorst(heaviestSignal[bus]!)}`,
      value: heaviestMva[bus]!,
      bound: limitMva,
    });
  }
}

const atWorst = (signal: string | null): string =>
  signal === null ? 'at the worst deviations' : 'at the worst deviations and signals';

function checkConverters(
  problem: V2gProblem,
  schedule: V2gSchedule,
  network: SiteNetwork,
  { tree }: NetworkFlow,
  slot: number,
  ledger: Ledger,
): void {
  if (network.inverters.length === 0 || !schedule.network) return;
  const parts = networkParts(problem, schedule, network, tree, slot);
  network.inverters.forEach(({ kind, index, ratedKva }, k) => {
    const part = parts.filter((one) => one.kind === kind)[index]!;
    const activeKw = 1000 * part.demand.pMw.reduce((sum, mw) => sum + mw, 0);
    ledger.most({
      limit: 'converter rating',
      subject: part.name,
      slot,
      quantity: 'apparent power',
      value: Math.hypot(activeKw, schedule.network!.reactiveKvar[k]![slot]!),
      bound: ratedKva,
      unit: 'kVA',
    });
  });
}
