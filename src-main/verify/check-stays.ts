/** Stays of rented trucks: power only during the stay and as agreed, energy from what arrives to what was promised back. */
import type { V2gProblem } from '../models/v2g/problem.ts';
import type { V2gSchedule } from '../models/v2g/schedule.ts';
import type { Claim, Ledger } from './ledger.ts';
import { oneDirection } from './one-direction.ts';

export function checkStays({ stays, slots, slotHours }: V2gProblem, schedule: V2gSchedule, ledger: Ledger): void {
  stays?.forEach((stay, k) => {
    const { chargeKw, dischargeKw, energyKwh } = schedule.stays![k]!;
    let before = stay.arrivingKwh;
    for (let slot = 0; slot < slots; slot++) {
      const charge = chargeKw[slot]!;
      const discharge = dischargeKw[slot]!;
      const isHere = slot >= stay.from && slot < stay.until;
      const claim = (limit: string, quantity: string, value: number, bound: number, unit: string): Claim => {
        const of = { subject: stay.name, slot, quantity, value, bound, unit };
        return { limit: `rented truck ${limit}`, ...of, scale: unit === 'kWh' ? stay.maxKwh : Math.abs(bound) };
      };
      const most = isHere ? stay.powerKw : 0;
      for (const [quantity, value] of [
        ['charge', charge],
        ['discharge', discharge],
      ] as const) {
        ledger.least(claim('power', quantity, value, 0, 'kW'));
        ledger.most(claim('power', quantity, value, most, 'kW'));
      }
      if (!isHere) continue;
      const pinnedKw = stay.pinnedKw?.[slot] ?? null;
      if (pinnedKw !== null) ledger.equal(claim('power given', 'power', discharge - charge, pinnedKw, 'kW'));
      oneDirection(ledger, 'rented truck one direction', stay.name, slot, charge, discharge);
      const expected =
        before + stay.chargeEfficiency * charge * slotHours - (discharge * slotHours) / stay.dischargeEfficiency;
      const energy = energyKwh[slot]!;
      ledger.equal(claim('energy balance', 'energy', energy, expected, 'kWh'));
      ledger.least(claim('minimum energy', 'energy', energy, stay.minKwh, 'kWh'));
      ledger.most(claim('maximum energy', 'energy', energy, stay.maxKwh, 'kWh'));
      before = energy;
    }
    ledger.equal({
      limit: 'rented truck energy agreed',
      subject: stay.name,
      slot: stay.until - 1,
      quantity: 'energy when it leaves',
      value: before,
      bound: stay.leavingKwh,
      unit: 'kWh',
      scale: stay.maxKwh,
    });
  });
}
