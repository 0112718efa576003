/**
 * Re-checks a dispatch on a feeder: its own limits in plain arithmetic, and the network by an AC power flow that knows nothing of the
 * model it was made with. What the model believed beside what the flow says is the relaxation's, or the linearisation's, error.
 */
import type { FeederTree } from '../models/feeder/feeder.ts';
import type { FeederProblem } from '../models/feeder/problem.ts';
import type { FeederSchedule } from '../models/feeder/schedule.ts';
import { Ledger, type Claim } from './ledger.ts';
import { oneDirection } from './one-direction.ts';
import { powerFlow, type PowerFlow } from './power-flow.ts';
import type { CheckReport } from './types.ts';

export interface FeederCheck {
  report: CheckReport;
  /** AC power flow of the dispatch [slot]. */
  flows: PowerFlow[];
  /** Import by the flow less import by the model [slot], MW: losses the model did not see. */
  importGapMw: number[];
  /** Largest difference of a voltage between flow and model [slot], pu. */
  voltageGapPu: number[];
}

/** How far an AC voltage may lie beyond its limit: what a cone tolerance of 1e-6 can move it. */
const voltageTolerancePu = 1e-5;

/** @param tree of `problem.feeder`, in the order of the schedule's buses. */
export function checkFeeder(problem: FeederProblem, tree: FeederTree, schedule: FeederSchedule): FeederCheck {
  const ledger = new Ledger();
  checkDevices(problem, schedule, ledger);
  const flows = Array.from({ length: problem.slots }, (_, slot) =>
    powerFlow(tree, problem.feeder.slackVoltagePu, demandAt(problem, tree, schedule, slot)),
  );
  flows.forEach((flow, slot) => checkFlow(problem, tree, flow, slot, ledger));
  return {
    report: ledger.report(),
    flows,
    importGapMw: flows.map(({ importMw }, slot) => importMw - schedule.importMw[slot]!),
    voltageGapPu: flows.map(({ voltagePu }, slot) =>
      Math.max(...voltagePu.map((voltage, bus) => Math.abs(voltage - schedule.voltagePu[slot]![bus]!))),
    ),
  };
}

/** Net consumption at each bus in a slot, MW and Mvar [bus]. */
export function demandAt(
  problem: FeederProblem,
  tree: FeederTree,
  schedule: FeederSchedule,
  slot: number,
): { pMw: number[]; qMvar: number[] } {
  const pMw = tree.buses.map(() => 0);
  const qMvar = tree.buses.map(() => 0);
  const place = new Map(tree.buses.map((bus, index) => [bus, index]));
  const take = (bus: string, p: number, q: number): void => {
    pMw[place.get(bus)!]! += p;
    qMvar[place.get(bus)!]! += q;
  };
  for (const load of problem.loads) take(load.bus, load.pMw[slot]!, load.qMvar[slot]!);
  problem.wind.forEach(({ bus }, k) => take(bus, -schedule.windMw[k]![slot]!, -schedule.windMvar[k]![slot]!));
  problem.batteries.forEach(({ bus }, b) =>
    take(bus, schedule.chargeMw[b]![slot]! - schedule.dischargeMw[b]![slot]!, 0),
  );
  return { pMw, qMvar };
}

function checkFlow(problem: FeederProblem, tree: FeederTree, flow: PowerFlow, slot: number, ledger: Ledger): void {
  if (!flow.converged) {
    ledger.refuse(
      'power flow',
      `Slot ${slot}: the power flow has no solution; the feeder is loaded beyond what it can carry`,
    );
    return;
  }
  const { voltageMinPu, voltageMaxPu } = problem.feeder;
  flow.voltagePu.forEach((value, bus) => {
    const claim = { subject: `bus ${tree.buses[bus]!}`, slot, quantity: 'voltage', value, unit: 'pu' };
    ledger.least({ ...claim, limit: 'lowest voltage', bound: voltageMinPu - voltageTolerancePu });
    ledger.most({ ...claim, limit: 'highest voltage', bound: voltageMaxPu + voltageTolerancePu });
    const limit = tree.limitMva[bus]!;
    if (bus === 0 || limit === null) return;
    const subject = `branch ${tree.buses[tree.parent[bus]!]!}–${tree.buses[bus]!}`;
    const value_ = flow.sendingMva[bus]!;
    ledger.most({
      limit: 'line limit',
      subject,
      slot,
      quantity: 'apparent power',
      value: value_,
      bound: limit,
      unit: 'MVA',
    });
  });
  const supply = { subject: 'the substation', slot, quantity: 'import', value: flow.importMw, unit: 'MW' };
  ledger.least({ ...supply, limit: 'import', bound: 0 });
  ledger.most({ ...supply, limit: 'import', bound: problem.importMaxMw });
}

function checkDevices(problem: FeederProblem, schedule: FeederSchedule, ledger: Ledger): void {
  problem.wind.forEach(({ bus, availableMw, reactiveMvar: [least, most] }, k) => {
    const subject = `wind ${k + 1} at bus ${bus}`;
    for (let slot = 0; slot < problem.slots; slot++) {
      const active = {
        limit: 'wind',
        subject,
        slot,
        quantity: 'output',
        value: schedule.windMw[k]![slot]!,
        unit: 'MW',
      };
      ledger.least({ ...active, bound: 0 });
      ledger.most({ ...active, bound: availableMw[slot]! });
      const value = schedule.windMvar[k]![slot]!;
      const reactive = { limit: 'reactive wind', subject, slot, quantity: 'reactive power', value, unit: 'Mvar' };
      ledger.least({ ...reactive, bound: least });
      ledger.most({ ...reactive, bound: most });
    }
  });
  problem.batteries.forEach((battery, b) => {
    let before = battery.initialMwh;
    for (let slot = 0; slot < problem.slots; slot++) {
      const charge = schedule.chargeMw[b]![slot]!;
      const discharge = schedule.dischargeMw[b]![slot]!;
      const energy = schedule.energyMwh[b]![slot]!;
      const claim = (limit: string, value: number, bound: number, unit: string): Claim => {
        return { limit: `battery ${limit}`, subject: battery.id, slot, quantity: limit, value, bound, unit };
      };
      ledger.least(claim('charge', charge, 0, 'MW'));
      ledger.most(claim('charge', charge, battery.chargeMaxMw[slot]!, 'MW'));
      ledger.least(claim('discharge', discharge, 0, 'MW'));
      ledger.most(claim('discharge', discharge, battery.dischargeMaxMw[slot]!, 'MW'));
      oneDirection(ledger, 'battery one direction', battery.id, slot, 1000 * charge, 1000 * discharge);
      const gained = battery.efficiency * charge * problem.slotHours;
      const given = (discharge * problem.slotHours) / battery.efficiency;
      ledger.equal(claim('energy', energy, before + gained - given, 'MWh'));
      ledger.least(claim('minimum energy', energy, battery.minMwh, 'MWh'));
      ledger.most(claim('capacity', energy, battery.maxMwh, 'MWh'));
      if (battery.required?.afterSlot === slot) ledger.least(claim('energy owed', energy, battery.required.mwh, 'MWh'));
      before = energy;
    }
  });
}
