/**
 * Stationary storage:  e_t = e_{t−1} + η_c c_t Δ − d_t Δ / η_d,  min ≤ e_t ≤ max,  e_T ≥ final, wear on charge and on discharge.
 */
import type { Column } from '../../program/program.ts';
import { perSlot, type Device, type Stage } from './device.ts';
import { addExclusion } from './exclusive.ts';
import { storageName } from './names.ts';
import type { V2gSchedule } from './schedule.ts';

export interface StorageColumns {
  charge: Column[];
  discharge: Column[];
  energy: Column[];
}

export interface StorageDevice extends Device<V2gSchedule['storage']> {
  columns: StorageColumns[];
}

export function addStorage({ program, problem, isExclusive }: Stage): StorageDevice {
  const { slotHours } = problem;
  const columns = problem.storage.map((unit, index): StorageColumns => {
    const own: StorageColumns = { charge: [], discharge: [], energy: [] };
    const wear = unit.degradationPerKwh * slotHours;
    for (let slot = 0; slot < problem.slots; slot++) {
      const name = (what: string): string => storageName(unit.id, what, slot);
      const charge = program.addColumn({ name: name('charge'), lower: 0, upper: unit.chargeKw, cost: wear });
      const discharge = program.addColumn({ name: name('discharge'), lower: 0, upper: unit.dischargeKw, cost: wear });
      const energy = program.addColumn({ name: name('energy'), lower: unit.minKwh, upper: unit.maxKwh });
      const before = own.energy[slot - 1];
      const start = before === undefined ? unit.initialKwh : 0;
      program.addRow({
        name: name('energy balance'),
        lower: start,
        upper: start,
        terms: [
          [energy, 1],
          [charge, -unit.chargeEfficiency * slotHours],
          [discharge, slotHours / unit.dischargeEfficiency],
          ...(before === undefined ? [] : [[before, -1] as const]),
        ],
      });
      if (isExclusive({ kind: 'storage', index, slot }))
        addExclusion(
          program,
          { inward: charge, inwardLimit: unit.chargeKw, outward: discharge, outwardLimit: unit.dischargeKw },
          name,
        );
      own.charge.push(charge);
      own.discharge.push(discharge);
      own.energy.push(energy);
    }
    program.addRow({
      name: storageName(unit.id, 'energy needed at the end'),
      lower: unit.finalMinKwh,
      upper: Infinity,
      terms: [[own.energy[problem.slots - 1]!, 1]],
    });
    return own;
  });
  return {
    columns,
    supply: perSlot(problem, (slot) =>
      columns.flatMap((own) => [[own.discharge[slot]!, 1] as const, [own.charge[slot]!, -1] as const]),
    ),
    read: (valueOf) => {
      const answer = problem.storage.map((unit, k) => ({
        id: unit.id,
        chargeKw: columns[k]!.charge.map(valueOf),
        dischargeKw: columns[k]!.discharge.map(valueOf),
        energyKwh: columns[k]!.energy.map(valueOf),
      }));
      const storageWear = answer.reduce((sum, unit, k) => {
        const throughputKw = unit.chargeKw.reduce((total, charge, slot) => total + charge + unit.dischargeKw[slot]!, 0);
        return sum + throughputKw * slotHours * problem.storage[k]!.degradationPerKwh;
      }, 0);
      return { answer, cost: { storageWear } };
    },
  };
}
