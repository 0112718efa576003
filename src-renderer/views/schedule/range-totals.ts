/** What a range of slots adds up to. Energies in kWh, powers in kW, money in the plan's currency. */
import type { PlanPayload } from '../../../src-main/contract/plan.ts';
import type { SlotSpan } from '../../charts/slot-range.ts';
import { dispatchSeries } from './dispatch-series.ts';

export interface RangeTotals {
  hours: number;
  cost: number;
  /** Of load and net EV demand together, as the day's peak is counted. */
  peak: { kw: number; slot: number };
  /** Highest buying price per MWh; null without a price. */
  dearest: { perMwh: number; slot: number } | null;
  resources: { id: string; name: string; energyKwh: number; highestKw: number }[];
}

export function rangeTotals(plan: PlanPayload, { fromSlot, toSlot }: SlotSpan): RangeTotals {
  const slotHours = plan.horizon.slotMinutes / 60;
  const within = (values: Float64Array): Float64Array => values.subarray(fromSlot, toSlot + 1);
  const sum = (values: Float64Array): number => within(values).reduce((total, value) => total + value, 0);
  const highest = (values: Float64Array): number => Math.max(...within(values));
  const { supply, demand } = dispatchSeries(plan);
  const netDemandKw = plan.loadKw.map((kw, slot) =>
    plan.aggregators.reduce((total, one) => total + one.chargeKw[slot]! - one.dischargeKw[slot]!, kw),
  );
  const peakKw = highest(netDemandKw);
  const dearest = 1000 * highest(plan.buyPerKwh);
  return {
    hours: (toSlot - fromSlot + 1) * slotHours,
    cost: sum(plan.cost.bySlot),
    peak: { kw: peakKw, slot: fromSlot + within(netDemandKw).indexOf(peakKw) },
    dearest: plan.buyPerKwh.some((price) => price !== 0)
      ? { perMwh: dearest, slot: fromSlot + within(plan.buyPerKwh).findIndex((price) => 1000 * price === dearest) }
      : null,
    resources: [{ id: 'load', name: 'Load', valueKw: plan.loadKw }, ...supply, ...demand].map(
      ({ id, name, valueKw }) => ({ id, name, energyKwh: sum(valueKw) * slotHours, highestKw: highest(valueKw) }),
    ),
  };
}
