/**
 * Trucks: power only at a station and one way at a time, e_t = e_{t−1} + η_c c Δ − d Δ / η_d − driving within its limits, enough at the end,
 * and at any time enough to get home.
 */
import type { Leg, SmsPlan } from '../models/sms/plan.ts';
import type { SmsProblem, Truck } from '../models/sms/problem.ts';
import type { Claim, Ledger } from './ledger.ts';
import { oneDirection } from './one-direction.ts';

export function checkSmsTrucks(problem: SmsProblem, plan: SmsPlan, ledger: Ledger): void {
  problem.trucks.forEach((truck, k) => {
    const { chargeMw, dischargeMw, energyMwh, terminalBySlot } = plan.trucks[k]!;
    const subject = `truck ${truck.id}`;
    const driven = drivenMwh(problem, truck, plan.trucks[k]!.legs);
    let ahead = driven.reduce((sum, mwh) => sum + mwh, 0);
    const range = {
      limit: 'truck charge for its way',
      quantity: 'energy for driving',
      unit: 'MWh',
      subject,
      slot: null,
    };
    const spare = truck.initialMwh - Math.max(truck.minMwh, truck.finalMinMwh);
    if (problem.travelEnergyMwh) ledger.most({ ...range, value: ahead, bound: spare });
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
      ledger.equal(claim('energy', energy, before + gained - given - driven[slot]!, 'MWh'));
      ahead -= driven[slot]!;
      ledger.least(claim('minimum energy', energy, truck.minMwh + ahead, 'MWh'));
      ledger.most(claim('capacity', energy, truck.capacityMwh, 'MWh'));
      before = energy;
    });
    const final = { limit: 'truck final energy', quantity: 'energy at the end of the day', unit: 'MWh' };
    ledger.least({ ...final, subject, slot: problem.slots - 1, value: before, bound: truck.finalMinMwh });
  });
}

/** What the truck's trips take from its battery, slot by slot. */
function drivenMwh(problem: SmsProblem, truck: Truck, legs: readonly Leg[]): number[] {
  const driven = new Array<number>(problem.slots).fill(0);
  for (const leg of legs) {
    if (leg.kind === 'stay') continue;
    const mwh = (problem.travelEnergyMwh?.[leg.from]?.[leg.to]?.[leg.fromSlot] ?? 0) * (truck.drivingFactor ?? 1);
    for (let slot = leg.fromSlot; slot < leg.untilSlot; slot++) driven[slot]! += mwh / (leg.untilSlot - leg.fromSlot);
  }
  return driven;
}
