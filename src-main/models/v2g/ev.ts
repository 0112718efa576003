/**
 * EVs under coordination, connected in slots a … b − 1:
 *
 *   e_t = e_{t−1} + η c_t Δ − d_t Δ / η,  e_{a−1} = initial,  min ≤ e_t ≤ max,  0 ≤ c_t ≤ charge,  0 ≤ d_t ≤ discharge
 *   e_{b−1} + u ≥ required,  0 ≤ u ≤ max(0, required − min)          (u = 0 when departure energy is a hard limit)
 *
 * u is the planned shortfall, priced per kWh. A car without a connected slot leaves with what it has.
 */
import type { Column } from '../../program/program.ts';
import { addBattery, type BatteryColumns } from './battery.ts';
import { perSlot, type Device, type Stage } from './device.ts';
import { evName } from './names.ts';
import { connection } from './connection.ts';
import type { Ev } from './problem.ts';
import type { V2gSchedule } from './schedule.ts';

/** Columns are indexed from `from`. */
export interface EvColumns extends BatteryColumns {
  ev: Ev;
  /** First connected slot, and the slot after the last; equal when there is none. */
  from: number;
  until: number;
  /** Planned shortfall; null when departure energy is a hard limit. */
  unmet: Column | null;
}

export interface EvDevice extends Device<V2gSchedule['evs']> {
  columns: EvColumns[];
}

export function addEvs(stage: Stage): EvDevice {
  const { problem } = stage;
  const { slotHours } = problem;
  const columns = problem.evs.map((ev, index) => addEv(stage, ev, index));
  return {
    columns,
    supply: perSlot(problem, (slot) =>
      columns.flatMap((own) =>
        slot < own.from || slot >= own.until
          ? []
          : [[own.discharge[slot - own.from]!, 1] as const, [own.charge[slot - own.from]!, -1] as const],
      ),
    ),
    read: (valueOf) => {
      const cost = { evDischarge: 0, unmetEnergy: 0 };
      const answer = columns.map((own) => {
        const inPlace = (of: Column[]): number[] =>
          perSlot(problem, (slot) => (slot < own.from || slot >= own.until ? 0 : valueOf(of[slot - own.from]!)));
        const dischargeKw = inPlace(own.discharge);
        const unmetKwh = own.unmet === null ? 0 : valueOf(own.unmet);
        cost.evDischarge += dischargeKw.reduce((a, b) => a + b, 0) * slotHours * problem.dischargePerKwh;
        cost.unmetEnergy += unmetKwh * (problem.unmetPerKwh ?? 0);
        return { id: own.ev.id, chargeKw: inPlace(own.charge), dischargeKw, energyKwh: inPlace(own.energy), unmetKwh };
      });
      return { answer, cost };
    },
  };
}

function addEv({ program, problem, isExclusive }: Stage, ev: Ev, index: number): EvColumns {
  const { slotHours, throughputPerKwh, dischargePerKwh, unmetPerKwh } = problem;
  const { from, until } = connection(ev, problem.slots);
  const battery = addBattery(program, {
    ...ev,
    from,
    until,
    slotHours,
    chargeEfficiency: ev.efficiency,
    dischargeEfficiency: ev.efficiency,
    chargePerKwh: throughputPerKwh,
    dischargePerKwh: throughputPerKwh + dischargePerKwh,
    isExclusive: (slot) => isExclusive({ kind: 'ev', index, slot }),
    name: (what, slot) => evName(ev.id, what, slot),
  });
  const own: EvColumns = { ev, from, until, ...battery, unmet: null };
  const last = battery.energy.at(-1);
  if (unmetPerKwh !== null)
    own.unmet = program.addColumn({
      name: evName(ev.id, 'unmet energy'),
      lower: 0,
      upper: Math.max(0, ev.requiredKwh - Math.min(ev.minKwh, ev.initialKwh)),
      cost: unmetPerKwh,
    });
  program.addRow({
    name: evName(ev.id, 'energy needed at departure'),
    lower: last === undefined ? ev.requiredKwh - ev.initialKwh : ev.requiredKwh,
    upper: Infinity,
    terms: [
      ...(last === undefined ? [] : [[last, 1] as const]),
      ...(own.unmet === null ? [] : [[own.unmet, 1] as const]),
    ],
  });
  return own;
}
