/** Who supplies the day and who takes from it, summed by meaning for the dispatch of the overview. */
import type { PlanPayload } from '../../../src-main/contract/plan.ts';

type Meaning = 'wind' | 'gas' | 'ev' | 'storage' | 'truck' | 'grid';
export interface Layer {
  id: string;
  name: string;
  meaning: Meaning;
  valueKw: Float64Array;
}

/** Supply, the first at the bottom; what never runs is left out. */
export function supplyOf(plan: PlanPayload): Layer[] {
  return running([
    {
      id: 'gas',
      name: 'Gas',
      meaning: 'gas',
      valueKw: total(
        plan,
        plan.gas.map((unit) => unit.valueKw),
      ),
    },
    {
      id: 'wind',
      name: 'Wind',
      meaning: 'wind',
      valueKw: total(
        plan,
        plan.wind.map((farm) => farm.valueKw),
      ),
    },
    {
      id: 'ev-out',
      name: 'EV discharge',
      meaning: 'ev',
      valueKw: total(
        plan,
        plan.aggregators.map((one) => one.dischargeKw),
      ),
    },
    {
      id: 'storage-out',
      name: 'Storage',
      meaning: 'storage',
      valueKw: total(
        plan,
        plan.storage.map((one) => one.dischargeKw),
      ),
    },
    {
      id: 'truck-out',
      name: 'Trucks',
      meaning: 'truck',
      valueKw: total(
        plan,
        (plan.trucks?.units ?? []).map((one) => one.dischargeKw),
      ),
    },
    { id: 'grid-in', name: 'Grid purchase', meaning: 'grid', valueKw: plan.importKw },
  ]);
}

/** What is taken beside the load; what never runs is left out. */
export function demandOf(plan: PlanPayload): Layer[] {
  return running([
    {
      id: 'ev-in',
      name: 'EV charging',
      meaning: 'ev',
      valueKw: total(
        plan,
        plan.aggregators.map((one) => one.chargeKw),
      ),
    },
    {
      id: 'storage-in',
      name: 'Storage charging',
      meaning: 'storage',
      valueKw: total(
        plan,
        plan.storage.map((one) => one.chargeKw),
      ),
    },
    {
      id: 'truck-in',
      name: 'Truck charging',
      meaning: 'truck',
      valueKw: total(
        plan,
        (plan.trucks?.units ?? []).map((one) => one.chargeKw),
      ),
    },
    { id: 'grid-out', name: 'Grid sale', meaning: 'grid', valueKw: plan.exportKw },
  ]);
}

function total(plan: PlanPayload, series: readonly Float64Array[]): Float64Array {
  const sum = new Float64Array(plan.horizon.slots);
  for (const values of series) for (let slot = 0; slot < sum.length; slot++) sum[slot]! += values[slot] ?? 0;
  return sum;
}

const running = (layers: Layer[]): Layer[] =>
  layers.filter((layer) => layer.valueKw.some((value) => Math.abs(value) > 1e-6));
