/** Trucks: power only at a station and one way at a time, e_t = e_{t−1} + η_c c Δ − d Δ / η_d within its limits, enough at the end. */
import type { SmsPlan } from '../models/sms/plan.ts';
import type { SmsProblem } from '../models/sms/problem.ts';
import type { Claim, Ledger } from './ledger.ts';
import { oneDirection } from './one-direction.ts';

export function checkSmsTrucks(problem: SmsProblem, plan: SmsPlan, ledger: Ledger): void {
  problem.trucks.forEach((truck, k) => {
    const { chargeMw, dischargeMw, energyMwh, terminalBySlot } = plan.trucks[k]!;
    const subject = `truck ${truck.id}`;
    let before = truck.initialMwh;
    energyMwh.forEach((energy, slot) => {
      const charge = chargeMw[slot]!;
      const discharge = dischargeMw[slot]!;
      const place = terminalBySlot[slot];
      const atStation = place !== null && place !== undefined && problem.terminals[place]?.kind === 'station';
      const most = atStation ? truck.powerMw : 0;
      const claim = (limit: string, value: number, bound: number, unit: string): Claim => {
        return { limit: `truck ${limit}`, subject, slot, quantity: limit, value, bound, unit };
      };
      ledger.least(claim('charge', charge, 0, 'MW'));
      ledger.most(claim('charge', charge, most, 'MW'));
      ledger.least(claim('discharge', discharge, 0, 'MW'));
      ledger.most(claim('discharge', discharge, most, 'MW'));
      oneDirection(ledger, 'truck one direction', subject, slot, 1000 * charge, 1000 * discharge);
      const gained = truck.chargeEfficiency * charge * problem.slotHours;
      const given = (discharge * problem.slotHours) / truck.dischargeEfficiency;
      ledger.equal(claim('energy', energy, before + gained - given, 'MWh'));
      ledger.least(claim('minimum energy', energy, truck.minMwh, 'MWh'));
      ledger.most(claim('capacity', energy, truck.capacityMwh, 'MWh'));
      before = energy;
    });
    const final = { limit: 'truck final energy', quantity: 'energy at the end of the day', unit: 'MWh' };
    ledger.least({ ...final, subject, slot: problem.slots - 1, value: before, bound: truck.finalMinMwh });
  });
}
