/** Batteries on a feeder: power within the slot's limits, energy from slot to slot, energy owed. */
import type { Column, ProgramBuilder, Term } from '../../program/program.ts';
import type { FeederProblem } from './problem.ts';

export interface BatteryColumns {
  charge: Column[];
  discharge: Column[];
  /** After the slot. */
  energy: Column[];
}

/** e' = e + η·charge·Δ − discharge·Δ/η within [min, max]; [battery]. */
export function addBatteries(program: ProgramBuilder, problem: FeederProblem): BatteryColumns[] {
  const { slots, slotHours } = problem;
  return problem.batteries.map((battery) => {
    const columns: BatteryColumns = { charge: [], discharge: [], energy: [] };
    for (let slot = 0; slot < slots; slot++) {
      const name = (what: string): string => `${what} of ${battery.id}, slot ${slot}`;
      const power = (what: string, upper: number): Column =>
        program.addColumn({ name: name(what), lower: 0, upper, cost: battery.costPerMwh * slotHours });
      const charge = power('charge', battery.chargeMaxMw[slot]!);
      const discharge = power('discharge', battery.dischargeMaxMw[slot]!);
      const owed = battery.required?.afterSlot === slot ? battery.required.mwh : battery.minMwh;
      const energy = program.addColumn({
        name: name('energy'),
        lower: Math.max(owed, battery.minMwh),
        upper: battery.maxMwh,
      });
      const before = columns.energy.at(-1);
      const known = before === undefined ? battery.initialMwh : 0;
      const terms: Term[] = [
        [energy, 1],
        [charge, -battery.efficiency * slotHours],
        [discharge, slotHours / battery.efficiency],
      ];
      if (before !== undefined) terms.push([before, -1]);
      program.addRow({ name: name('energy balance'), lower: known, upper: known, terms });
      columns.charge.push(charge);
      columns.discharge.push(discharge);
      columns.energy.push(energy);
    }
    return columns;
  });
}
