/**
 * EVs under coordination: power only while connected and within limits, e' = e + η c Δ − d Δ / η from the energy at arrival, energy
 * limits, the required energy at departure minus what the plan says will be missing, and what an aggregator's EVs may do together.
 */
import type { Ev, V2gProblem } from '../models/v2g/problem.ts';
import type { V2gSchedule } from '../models/v2g/schedule.ts';
import type { Claim, Ledger } from './ledger.ts';
import { oneDirection } from './one-direction.ts';
import { connectedSlots } from './plan-margins.ts';

export function checkEvs(problem: V2gProblem, schedule: V2gSchedule, ledger: Ledger): void {
  problem.evs.forEach((ev, i) => checkEv(problem, ev, schedule.evs[i]!, ledger));
  problem.aggregators.forEach((aggregator, index) => {
    const total = (flow: 'chargeKw' | 'dischargeKw', slot: number): number =>
      problem.evs.reduce((sum, ev, i) => sum + (ev.aggregator === index ? schedule.evs[i]![flow][slot]! : 0), 0);
    const common = { subject: `aggregator ${aggregator.name}`, unit: 'kW' };
    for (let slot = 0; slot < problem.slots; slot++) {
      const chargeKw = aggregator.chargeLimitKwAt?.[slot] ?? null;
      const dischargeKw = aggregator.dischargeLimitKwAt?.[slot] ?? null;
      const charge = { ...common, slot, limit: 'aggregator charge', quantity: 'charge' };
      if (chargeKw !== null) ledger.most({ ...charge, value: total('chargeKw', slot), bound: chargeKw });
      const discharge = { ...common, slot, limit: 'aggregator discharge', quantity: 'discharge' };
      if (dischargeKw !== null) ledger.most({ ...discharge, value: total('dischargeKw', slot), bound: dischargeKw });
    }
  });
}

function checkEv(problem: V2gProblem, ev: Ev, answer: V2gSchedule['evs'][number], ledger: Ledger): void {
  const { from, until } = connectedSlots(ev, problem.slots);
  const subject = `EV ${ev.id}`;
  let energyBefore = ev.initialKwh;
  for (let slot = 0; slot < problem.slots; slot++) {
    const charge = answer.chargeKw[slot]!;
    const discharge = answer.dischargeKw[slot]!;
    const energy = answer.energyKwh[slot]!;
    const at = (limit: string, quantity: string, value: number, bound: number, unit: string): Claim => ({
      limit,
      subject,
      slot,
      quantity,
      value,
      bound,
      unit,
    });
    if (slot < from || slot >= until) {
      ledger.equal(at('EV connection', 'charge while away', charge, 0, 'kW'));
      ledger.equal(at('EV connection', 'discharge while away', discharge, 0, 'kW'));
      ledger.equal(at('EV connection', 'energy while away', energy, 0, 'kWh'));
      continue;
    }
    ledger.least(at('EV charge power', 'charge', charge, 0, 'kW'));
    ledger.most(at('EV charge power', 'charge', charge, ev.chargeKw, 'kW'));
    ledger.least(at('EV discharge power', 'discharge', discharge, 0, 'kW'));
    ledger.most(at('EV discharge power', 'discharge', discharge, ev.dischargeKw, 'kW'));
    oneDirection(ledger, 'EV one direction', subject, slot, charge, discharge);
    const stored = ev.efficiency * charge * problem.slotHours;
    const drawn = (discharge * problem.slotHours) / ev.efficiency;
    ledger.equal(at('EV energy balance', 'energy', energy, energyBefore + stored - drawn, 'kWh'));
    ledger.least(at('EV minimum energy', 'energy', energy, ev.minKwh, 'kWh'));
    ledger.most(at('EV maximum energy', 'energy', energy, ev.maxKwh, 'kWh'));
    energyBefore = energy;
  }
  const atDeparture = { subject, slot: until > from ? until - 1 : null, unit: 'kWh' };
  ledger.least({
    ...atDeparture,
    limit: 'EV energy at departure',
    quantity: 'energy with the planned shortfall',
    value: energyBefore + answer.unmetKwh,
    bound: ev.requiredKwh,
  });
  const unmet = { ...atDeparture, limit: 'EV unmet energy', quantity: 'planned shortfall', value: answer.unmetKwh };
  ledger.least({ ...unmet, bound: 0 });
  if (problem.unmetPerKwh === null) ledger.most({ ...unmet, bound: 0 });
}
