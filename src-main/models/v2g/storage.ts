/**
 * Stationary storage:  e_t = e_{t−1} + η_c c_t Δ − d_t Δ / η_d,  min ≤ e_t ≤ max,  e_T ≥ final, wear on charge and on discharge.
 */
import { addBattery, type BatteryColumns } from './battery.ts';
import { perSlot, type Device, type Stage } from './device.ts';
import { storageName } from './names.ts';
import type { V2gSchedule } from './schedule.ts';

export interface StorageDevice extends Device<V2gSchedule['storage']> {
  columns: BatteryColumns[];
}

export function addStorage({ program, problem, isExclusive }: Stage): StorageDevice {
  const { slotHours } = problem;
  const columns = problem.storage.map((unit, index): BatteryColumns => {
    const own = addBattery(program, {
      ...unit,
      from: 0,
      until: problem.slots,
      slotHours,
      chargePerKwh: unit.degradationPerKwh,
      dischargePerKwh: unit.degradationPerKwh,
      isExclusive: (slot) => isExclusive({ kind: 'storage', index, slot }),
      name: (what, slot) => storageName(unit.id, what, slot),
    });
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
