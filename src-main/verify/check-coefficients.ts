/**
 * Coefficients that are not known, on a finished plan: in every slot the units that can fail to deliver most do, as many as may at once; and each
 * battery loses most in the slots up to any moment in which it can lose most. From the definition; nothing is shared with the program solved.
 */
import type { V2gProblem } from '../models/v2g/problem.ts';
import type { V2gSchedule } from '../models/v2g/schedule.ts';
import type { Ledger } from './ledger.ts';
import { connectedSlots } from './plan-margins.ts';
import { worstGivenKwh } from './responses.ts';

const limit = 'uncertain coefficients';

/** The largest of the values, as many as `atOnce`, and a part of the next. */
export function dearest(values: readonly number[], atOnce: number): number {
  let left = atOnce;
  let sum = 0;
  for (const value of [...values].sort((a, b) => b - a)) {
    const part = Math.min(1, left);
    if (part <= 0 || value <= 0) break;
    sum += part * value;
    left -= part;
  }
  return sum;
}

export function checkCoefficients(problem: V2gProblem, schedule: V2gSchedule, ledger: Ledger): void {
  const { coefficients, slots, slotHours, lossShare } = problem;
  if (coefficients === undefined) return;
  const { losses, unitsAtOnce, slotsAtOnce } = coefficients;
  const share = (kind: string, id: string): number =>
    losses.find((loss) => loss.kind === kind && loss.id === id)?.share ?? 0;
  const undelivered = schedule.undeliveredKw ?? new Array<number>(slots).fill(0);
  for (let slot = 0; slot < slots; slot++) {
    const missing = (['gas', 'wind'] as const).flatMap((kind) =>
      schedule[kind].map(({ id, outputKw }) => (1 - lossShare) * share(kind, id) * outputKw[slot]!),
    );
    const bound = dearest(missing, unitsAtOnce);
    ledger.least({ limit, subject: 'supply', slot, quantity: 'power set aside', value: undelivered[slot]!, bound, unit: 'kW' }); // prettier-ignore
  }
  /** What a battery has lost at worst by each slot of its span. */
  const lostKwh = (
    chargeKw: number[],
    dischargeKw: number[],
    charge: number,
    discharge: number,
    rho: number,
  ): number[] =>
    chargeKw.map((_, until) => {
      const each = chargeKw.slice(0, until + 1).map((kw, slot) => {
        const drawn = dischargeKw[slot]! / discharge;
        return slotHours * (rho * charge * kw + drawn / (1 - rho) - drawn);
      });
      return dearest(each, slotsAtOnce);
    });
  problem.storage.forEach((unit, k) => {
    const { chargeKw, dischargeKw, energyKwh } = schedule.storage[k]!;
    const given = worstGivenKwh(problem, schedule, k);
    const rho = share('storage', unit.id);
    const own = {
      limit,
      subject: `storage ${unit.name}`,
      quantity: 'energy at worst',
      unit: 'kWh',
      scale: unit.maxKwh,
    };
    lostKwh(chargeKw, dischargeKw, unit.chargeEfficiency, unit.dischargeEfficiency, rho).forEach((lost, slot) => {
      const value = energyKwh[slot]! - lost - given[slot]!;
      ledger.least({ ...own, slot, value, bound: unit.minKwhAt?.[slot] ?? unit.minKwh });
      if (slot === slots - 1) ledger.least({ ...own, slot, value, bound: unit.finalMinKwh });
    });
  });
  if (problem.charging !== 'coordinated') return;
  problem.evs.forEach((ev, i) => {
    const { from, until } = connectedSlots(ev, slots);
    const rho = share('aggregator', problem.aggregators[ev.aggregator]!.id);
    if (until <= from || rho === 0) return;
    const { chargeKw, dischargeKw, energyKwh, unmetKwh } = schedule.evs[i]!;
    const own = { limit, subject: `EV ${ev.id}`, quantity: 'energy at worst', unit: 'kWh', scale: ev.maxKwh };
    const of = (series: number[]): number[] => series.slice(from, until);
    lostKwh(of(chargeKw), of(dischargeKw), ev.efficiency, ev.efficiency, rho).forEach((lost, at) => {
      const slot = from + at;
      const value = energyKwh[slot]! - lost;
      ledger.least({ ...own, slot, value, bound: ev.minKwh });
      if (slot === until - 1) ledger.least({ ...own, slot, value: value + unmetKwh, bound: ev.requiredKwh });
    });
  });
}
