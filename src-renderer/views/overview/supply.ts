/** Who supplies the day, summed by meaning for the miniature dispatch. */
import type { PlanPayload } from '../../../src-main/contract/plan.ts';

type Meaning = 'wind' | 'gas' | 'ev' | 'storage' | 'grid';
export interface SupplyLayer {
  id: string;
  name: string;
  meaning: Meaning;
  valueKw: Float64Array;
}

export function supplyOf(plan: PlanPayload): SupplyLayer[] {
  const slots = plan.horizon.slots;
  const total = (series: readonly Float64Array[]): Float64Array => {
    const sum = new Float64Array(slots);
    for (const values of series) for (let slot = 0; slot < slots; slot++) sum[slot]! += values[slot] ?? 0;
    return sum;
  };
  const layers: SupplyLayer[] = [
    { id: 'gas', name: 'Gas', meaning: 'gas', valueKw: total(plan.gas.map((unit) => unit.valueKw)) },
    { id: 'wind', name: 'Wind', meaning: 'wind', valueKw: total(plan.wind.map((farm) => farm.valueKw)) },
    { id: 'ev', name: 'EV discharge', meaning: 'ev', valueKw: total(plan.aggregators.map((one) => one.dischargeKw)) },
    { id: 'storage', name: 'Storage', meaning: 'storage', valueKw: total(plan.storage.map((one) => one.dischargeKw)) },
    { id: 'grid', name: 'Grid purchase', meaning: 'grid', valueKw: total([plan.importKw]) },
  ];
  return layers.filter((layer) => layer.valueKw.some((value) => Math.abs(value) > 1e-6));
}
