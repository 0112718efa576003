/**
 * The pool's promise kept by car: on the day on which every slot is at its worst each car gives its part `standbyKw` beside its plan, first by
 * charging less. The parts add up to θ_t β_t, stay within what the charger (and the aggregator's limit) has in hand, and leave the battery
 * above its least and the car as promised. Less can only be asked on a day of the set, slot by slot, so this is the worst for each car. Where slots depend on each other
 * each car has a worst day of its own (worst-loss.ts).
 */
import type { V2gProblem } from '../models/v2g/problem.ts';
import type { V2gSchedule } from '../models/v2g/schedule.ts';
import type { Ledger } from './ledger.ts';
import { connectedSlots } from './plan-margins.ts';
import { worstTotals } from './worst-case.ts';
import { worstLoss } from './worst-loss.ts';

const limit = 'EV standby';

export function checkStandby(problem: V2gProblem, schedule: V2gSchedule, ledger: Ledger): void {
  const { slots, slotHours, evs, aggregators } = problem;
  const standby = schedule.evs.map(({ standbyKw }) => standbyKw ?? new Array<number>(slots).fill(0));
  const worst = worstTotals(problem);
  const lossOf = worstLoss(problem, worst);
  worst.forEach((worstKw, slot) => {
    const value = standby.reduce((sum, own) => sum + own[slot]!, 0);
    const bound = schedule.evShare[slot]! * worstKw;
    ledger.equal({ limit, subject: 'EV pool', slot, quantity: 'parts of the cars', value, bound, unit: 'kW' });
  });
  const dischargingKw = aggregators.map(() => new Float64Array(slots));
  evs.forEach((ev, i) => {
    const { from, until } = connectedSlots(ev, slots);
    const { chargeKw, dischargeKw, unmetKwh } = schedule.evs[i]!;
    const own = { limit, subject: `EV ${ev.id}` };
    const loses = problem.coefficients?.losses.find(
      ({ kind, id }) => kind === 'aggregator' && id === aggregators[ev.aggregator]!.id,
    );
    const efficiency = ev.efficiency * (1 - (loses?.share ?? 0));
    let plannedKwh = ev.initialKwh;
    const givenKwh = new Float64Array(slots);
    const batteryKw = (kw: number): number => (kw > 0 ? efficiency * kw : kw / efficiency);
    for (let slot = 0; slot < slots; slot++) {
      const connected = from <= slot && slot < until;
      const partKw = standby[i]![slot]!;
      const netKw = chargeKw[slot]! - dischargeKw[slot]!;
      const part = { ...own, slot, quantity: 'part of the deviation', value: partKw, unit: 'kW' };
      ledger.least({ ...part, bound: 0 });
      ledger.most({ ...part, bound: connected ? ev.dischargeKw + netKw : 0, scale: ev.dischargeKw });
      if (!connected) continue;
      const worstKw = netKw - partKw;
      dischargingKw[ev.aggregator]![slot]! += Math.max(0, -worstKw);
      plannedKwh += slotHours * batteryKw(netKw);
      givenKwh[slot] = slotHours * (batteryKw(netKw) - batteryKw(worstKw));
      const energyKwh = plannedKwh - lossOf(givenKwh);
      const energy = { ...own, slot, quantity: 'energy at worst', value: energyKwh, unit: 'kWh', scale: ev.maxKwh };
      ledger.least({ ...energy, bound: ev.minKwh });
      if (slot === until - 1) ledger.least({ ...energy, value: energyKwh + unmetKwh, bound: ev.requiredKwh });
    }
  });
  aggregators.forEach(({ id, dischargeLimitKwAt }, index) =>
    dischargeLimitKwAt?.forEach((most, slot) => {
      if (most === null) return;
      const value = dischargingKw[index]![slot]!;
      ledger.most({
        limit,
        subject: `aggregator ${id}`,
        slot,
        quantity: 'discharge at worst',
        value,
        bound: most,
        unit: 'kW',
      });
    }),
  );
}
