/** All values of a plan by slot, in reading order, in the unit of the screen: the table twin, the pinned slot and the print show the same. */
import type { PlanPayload } from '../../../src-main/contract/plan.ts';
import type { PowerScale } from '../../components/power-scale.ts';

export interface SlotColumn {
  id: string;
  label: string;
  unit: string;
  /** Of what the value is a part or a companion, by id: shown in the same row of the slot card. */
  beside?: string;
  /** What the sign means, where a value may be negative. */
  convention?: string;
  values: Float64Array;
}

export function slotColumns(plan: PlanPayload, scale: PowerScale): SlotColumn[] {
  const divide = (values: Float64Array) => values.map((value) => value / scale.divideBy);
  const power = (id: string, label: string, values: Float64Array): SlotColumn => ({
    id,
    label,
    unit: scale.power,
    values: divide(values),
  });
  const energy = (id: string, label: string, values: Float64Array): SlotColumn => ({
    id,
    label,
    unit: scale.energy,
    values: divide(values),
  });
  const net = (id: string, label: string, out: Float64Array, into: Float64Array): SlotColumn => ({
    ...power(
      id,
      label,
      out.map((value, slot) => value - (into[slot] ?? 0)),
    ),
    convention: 'positive = discharging',
  });
  const some = (values: Float64Array) => values.some((value) => value !== 0);
  const price = (id: string, label: string, values: Float64Array): SlotColumn => ({
    id,
    label,
    unit: `${plan.currency}/MWh`,
    values: values.map((value) => 1000 * value),
  });
  return [
    power('load', 'Load', plan.loadKw),
    power('committed', 'Committed demand', plan.committedDemandKw),
    power('deviation', 'Worst deviation β', plan.worstDeviationKw),
    { id: 'share', label: 'EV share of β', unit: '%', values: plan.evShare.map((share) => 100 * share) },
    ...plan.gas.map((unit) => power(`gas-${unit.id}`, unit.name, unit.valueKw)),
    ...plan.wind.flatMap((park) => [
      power(`wind-${park.id}`, park.name, park.valueKw),
      { ...power(`available-${park.id}`, `${park.name} available`, park.availableKw), beside: `wind-${park.id}` },
    ]),
    ...plan.storage.flatMap((unit) => [
      net(`storage-${unit.id}`, unit.name, unit.dischargeKw, unit.chargeKw),
      { ...energy(`stored-${unit.id}`, `${unit.name} energy`, unit.energyKwh), beside: `storage-${unit.id}` },
    ]),
    ...(plan.trucks?.units ?? []).flatMap((unit) => [
      net(`truck-${unit.id}`, `${unit.name} at the site`, unit.dischargeKw, unit.chargeKw),
      { ...energy(`carried-${unit.id}`, `${unit.name} energy`, unit.energyKwh), beside: `truck-${unit.id}` },
    ]),
    ...(some(plan.importKw) ? [power('import', 'Grid purchase', plan.importKw)] : []),
    ...(some(plan.exportKw) ? [power('export', 'Grid sale', plan.exportKw)] : []),
    ...(some(plan.buyPerKwh) ? [price('buy', 'Buying price', plan.buyPerKwh)] : []),
    ...(some(plan.sellPerKwh) ? [price('sell', 'Selling price', plan.sellPerKwh)] : []),
    power('reserve', 'Reserve available', plan.reserve.availableKw),
    power('required', 'Reserve required', plan.reserve.requiredKw),
    ...plan.aggregators.flatMap((one) => [
      net(`power-${one.id}`, one.name, one.dischargeKw, one.chargeKw),
      { ...energy(`energy-${one.id}`, `${one.name} energy`, one.energyKwh), beside: `power-${one.id}` },
    ]),
  ];
}
