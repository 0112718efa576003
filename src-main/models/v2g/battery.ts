/**
 * What a car and a stationary unit have in common, per slot of their span:
 *
 *   e_t = e_{t−1} + η_c c_t Δ − d_t Δ / η_d,   min ≤ e_t ≤ max,   0 ≤ c_t ≤ C,   0 ≤ d_t ≤ D,   not both where exclusive
 */
import type { Column, ProgramBuilder } from '../../program/program.ts';
import { addExclusion } from './exclusive.ts';
import type { SlotValues } from './problem.ts';
import { valueAt } from './slot-values.ts';

export interface BatterySpec {
  /** Slots from … until − 1. */
  from: number;
  until: number;
  slotHours: number;
  initialKwh: number;
  minKwh: number;
  maxKwh: number;
  chargeKw: number;
  dischargeKw: number;
  chargeEfficiency: number;
  dischargeEfficiency: number;
  /** Cost of a kWh charged and of a kWh discharged, the same in every slot or by slot. */
  chargePerKwh: number | ((slot: number) => number);
  dischargePerKwh: number | ((slot: number) => number);
  chargeKwAt?: SlotValues;
  dischargeKwAt?: SlotValues;
  minKwhAt?: SlotValues;
  maxKwhAt?: SlotValues;
  /** Discharge − charge held at a value. */
  pinnedKw?: SlotValues;
  isExclusive: (slot: number) => boolean;
  name: (what: string, slot: number) => string;
}

/** One column per slot of the span, in order. */
export interface BatteryColumns {
  charge: Column[];
  discharge: Column[];
  energy: Column[];
}

export function addBattery(program: ProgramBuilder, spec: BatterySpec): BatteryColumns {
  const { slotHours } = spec;
  const columns: BatteryColumns = { charge: [], discharge: [], energy: [] };
  for (let slot = spec.from; slot < spec.until; slot++) {
    const name = (what: string): string => spec.name(what, slot);
    const power = (what: string, bounds: { lower: number; upper: number }, perKwh: number): Column =>
      program.addColumn({ name: name(what), ...bounds, cost: perKwh * slotHours });
    const limits = powerBounds(spec, slot);
    const price = (of: number | ((at: number) => number)): number => (typeof of === 'number' ? of : of(slot));
    const charge = power('charge', limits.charge, price(spec.chargePerKwh));
    const discharge = power('discharge', limits.discharge, price(spec.dischargePerKwh));
    const energy = program.addColumn({
      name: name('energy'),
      lower: valueAt(spec.minKwhAt, slot, spec.minKwh),
      upper: valueAt(spec.maxKwhAt, slot, spec.maxKwh),
    });
    const before = columns.energy.at(-1);
    const start = before === undefined ? spec.initialKwh : 0;
    program.addRow({
      name: name('energy balance'),
      lower: start,
      upper: start,
      terms: [
        [energy, 1],
        [charge, -spec.chargeEfficiency * slotHours],
        [discharge, slotHours / spec.dischargeEfficiency],
        ...(before === undefined ? [] : [[before, -1] as const]),
      ],
    });
    if (spec.isExclusive(slot))
      addExclusion(
        program,
        {
          inward: charge,
          inwardLimit: limits.charge.upper,
          outward: discharge,
          outwardLimit: limits.discharge.upper,
        },
        name,
      );
    columns.charge.push(charge);
    columns.discharge.push(discharge);
    columns.energy.push(energy);
  }
  return columns;
}

type Bounds = { lower: number; upper: number };

function powerBounds(spec: BatterySpec, slot: number): { charge: Bounds; discharge: Bounds } {
  const pinnedKw = spec.pinnedKw?.[slot] ?? null;
  const held = (kw: number): Bounds => ({ lower: Math.max(0, kw), upper: Math.max(0, kw) });
  if (pinnedKw !== null) return { charge: held(-pinnedKw), discharge: held(pinnedKw) };
  return {
    charge: { lower: 0, upper: valueAt(spec.chargeKwAt, slot, spec.chargeKw) },
    discharge: { lower: 0, upper: valueAt(spec.dischargeKwAt, slot, spec.dischargeKw) },
  };
}
