/** Who supplies and who takes, summed by meaning, in the order they are stacked. Powers in kW by slot. */
import type { PlanPayload } from '../../../src-main/contract/plan.ts';

export interface DispatchSeries {
  id: string;
  name: string;
  meaning: 'gas' | 'wind' | 'ev' | 'storage' | 'truck' | 'grid';
  valueKw: Float64Array;
}

/** Below this a series is not there at all: it gets no place in the legend. */
const noticeableKw = 1e-3;

function total(slots: number, rows: readonly Float64Array[]): Float64Array {
  const sum = new Float64Array(slots);
  for (const row of rows) for (let slot = 0; slot < slots; slot++) sum[slot]! += row[slot] ?? 0;
  return sum;
}

export function dispatchSeries(plan: PlanPayload): { supply: DispatchSeries[]; demand: DispatchSeries[] } {
  const sum = (rows: readonly Float64Array[]) => total(plan.horizon.slots, rows);
  const present = (series: DispatchSeries[]) =>
    series.filter((one) => one.valueKw.some((value) => value > noticeableKw));
  return {
    supply: present([
      { id: 'gas', name: 'Gas', meaning: 'gas', valueKw: sum(plan.gas.map((unit) => unit.valueKw)) },
      { id: 'wind', name: 'Wind', meaning: 'wind', valueKw: sum(plan.wind.map((park) => park.valueKw)) },
      {
        id: 'discharge',
        name: 'EV discharge',
        meaning: 'ev',
        valueKw: sum(plan.aggregators.map((one) => one.dischargeKw)),
      },
      { id: 'storage', name: 'Storage', meaning: 'storage', valueKw: sum(plan.storage.map((one) => one.dischargeKw)) },
      {
        id: 'truck',
        name: 'Trucks',
        meaning: 'truck',
        valueKw: sum((plan.trucks?.units ?? []).map((one) => one.dischargeKw)),
      },
      { id: 'import', name: 'Grid purchase', meaning: 'grid', valueKw: plan.importKw },
    ]),
    demand: present([
      { id: 'charge', name: 'EV charging', meaning: 'ev', valueKw: sum(plan.aggregators.map((one) => one.chargeKw)) },
      {
        id: 'storage-charge',
        name: 'Storage charging',
        meaning: 'storage',
        valueKw: sum(plan.storage.map((one) => one.chargeKw)),
      },
      {
        id: 'truck-charge',
        name: 'Truck charging',
        meaning: 'truck',
        valueKw: sum((plan.trucks?.units ?? []).map((one) => one.chargeKw)),
      },
      { id: 'export', name: 'Grid sale', meaning: 'grid', valueKw: plan.exportKw },
    ]),
  };
}
