/** Storage: e_t = e_{t−1} + η_c c_t Δ − d_t Δ / η_d, energy and power limits (of the slot where it has its own), power held, one direction, end. */
import type { V2gProblem } from '../models/v2g/problem.ts';
import type { V2gSchedule } from '../models/v2g/schedule.ts';
import type { Claim, Ledger } from './ledger.ts';
import { oneDirection } from './one-direction.ts';

export function checkStorage(problem: V2gProblem, schedule: V2gSchedule, ledger: Ledger): void {
  const { slotHours } = problem;
  problem.storage.forEach((unit, k) => {
    const { chargeKw, dischargeKw, energyKwh } = schedule.storage[k]!;
    const subject = `storage ${unit.name}`;
    let before = unit.initialKwh;
    energyKwh.forEach((energy, slot) => {
      const charge = chargeKw[slot]!;
      const discharge = dischargeKw[slot]!;
      const at = (limit: string, quantity: string, value: number, bound: number, measure: string): Claim => ({
        limit,
        subject,
        slot,
        quantity,
        value,
        bound,
        unit: measure,
      });
      ledger.least(at('storage charge power', 'charge', charge, 0, 'kW'));
      ledger.most(at('storage charge power', 'charge', charge, unit.chargeKwAt?.[slot] ?? unit.chargeKw, 'kW'));
      ledger.least(at('storage discharge power', 'discharge', discharge, 0, 'kW'));
      const dischargeLimitKw = unit.dischargeKwAt?.[slot] ?? unit.dischargeKw;
      ledger.most(at('storage discharge power', 'discharge', discharge, dischargeLimitKw, 'kW'));
      const pinnedKw = unit.pinnedKw?.[slot] ?? null;
      if (pinnedKw !== null) ledger.equal(at('storage power held', 'power', discharge - charge, pinnedKw, 'kW'));
      oneDirection(ledger, 'storage one direction', subject, slot, charge, discharge);
      const expected =
        before + unit.chargeEfficiency * charge * slotHours - (discharge * slotHours) / unit.dischargeEfficiency;
      ledger.equal(at('storage energy balance', 'energy', energy, expected, 'kWh'));
      ledger.least(at('storage minimum energy', 'energy', energy, unit.minKwhAt?.[slot] ?? unit.minKwh, 'kWh'));
      ledger.most(at('storage maximum energy', 'energy', energy, unit.maxKwhAt?.[slot] ?? unit.maxKwh, 'kWh'));
      before = energy;
    });
    const final = { limit: 'storage final energy', quantity: 'energy at the end of the day' };
    ledger.least({ ...final, subject, slot: problem.slots - 1, value: before, bound: unit.finalMinKwh, unit: 'kWh' });
  });
}
