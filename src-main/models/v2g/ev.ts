/**
 * EVs under coordination, connected in slots a … b − 1:
 *
 *   e_t = e_{t−1} + η c_t Δ − d_t Δ / η,  e_{a−1} = initial,  min ≤ e_t ≤ max,  0 ≤ c_t ≤ charge,  0 ≤ d_t ≤ discharge
 *   e_{b−1} + u ≥ required,  0 ≤ u ≤ max(0, required − min)          (u = 0 when departure energy is a hard limit)
 *
 * u is the planned shortfall, priced per kWh. A car without a connected slot leaves with what it has. Where cars share what stands by (standby.ts), c, d and e
 * are those of the worst day, and the plan is read back from them.
 */
import type { Column, Term } from '../../program/program.ts';
import { addBattery, type BatteryColumns } from './battery.ts';
import { perSlot, type Device, type Stage } from './device.ts';
import { evName } from './names.ts';
import { connection } from './connection.ts';
import type { Ev } from './problem.ts';
import type { V2gSchedule } from './schedule.ts';
import { splitStandby } from './split-standby.ts';
import { addStandby, type StandbyColumns } from './standby.ts';

/** Columns are indexed from `from`. */
export interface EvColumns extends BatteryColumns {
  ev: Ev;
  /** First connected slot, and the slot after the last; equal when there is none. */
  from: number;
  until: number;
  /** Planned shortfall; null when departure energy is a hard limit. */
  unmet: Column | null;
  /** Its columns are those of the worst day, and what of its discharge stands by is settled with others' (standby.ts). */
  sharesStandby: boolean;
}

export interface EvDevice extends Device<V2gSchedule['evs']> {
  columns: EvColumns[];
  /** What stands by of the cars that share it [aggregator][slot]. */
  standby: StandbyColumns;
}

export function addEvs(stage: Stage): EvDevice {
  const { problem } = stage;
  const { slotHours } = problem;
  const columns = problem.evs.map((ev, index) => addEv(stage, ev, index));
  const sharing = columns.filter(({ sharesStandby }) => sharesStandby);
  const standby = addStandby(stage, sharing);
  return {
    columns,
    standby,
    supply: perSlot(problem, (slot) => [
      ...columns.flatMap((own) =>
        slot < own.from || slot >= own.until
          ? []
          : [[own.discharge[slot - own.from]!, 1] as const, [own.charge[slot - own.from]!, -1] as const],
      ),
      ...standby.flatMap((bySlot): Term[] => (bySlot[slot] === null ? [] : [[bySlot[slot]!, -1]])),
    ]),
    read: (valueOf) => {
      const cost = { evDischarge: 0, unmetEnergy: 0 };
      const split = splitStandby(problem, sharing, standby, valueOf);
      const partOf = new Map(sharing.map((own, index) => [own, split[index]!]));
      const answer = columns.map((own) => {
        const inPlace = (of: Column[]): number[] =>
          perSlot(problem, (slot) => (slot < own.from || slot >= own.until ? 0 : valueOf(of[slot - own.from]!)));
        const part = partOf.get(own) ?? null;
        const chargeKw = inPlace(own.charge);
        const atWorst = { dischargeKw: inPlace(own.discharge), energyKwh: inPlace(own.energy) };
        const planned = part === null ? atWorst : withoutStandby(own, atWorst, part, slotHours);
        const unmetKwh = own.unmet === null ? 0 : valueOf(own.unmet);
        cost.evDischarge += planned.dischargeKw.reduce((a, b) => a + b, 0) * slotHours * problem.dischargePerKwh;
        cost.unmetEnergy += unmetKwh * (problem.unmetPerKwh ?? 0);
        return { id: own.ev.id, chargeKw, ...planned, unmetKwh, ...(part === null ? {} : { standbyKw: [...part] }) };
      });
      return { answer, cost };
    },
  };
}

/** What is planned, given the worst day and the part of it that stands by: that much less discharge, and the energy kept by it so far. */
function withoutStandby(
  { ev, from, until }: EvColumns,
  { dischargeKw, energyKwh }: { dischargeKw: number[]; energyKwh: number[] },
  part: Float64Array,
  slotHours: number,
): { dischargeKw: number[]; energyKwh: number[] } {
  let keptKwh = 0;
  return {
    dischargeKw: dischargeKw.map((kw, slot) => kw - part[slot]!),
    energyKwh: energyKwh.map((kwh, slot) => {
      if (slot < from || slot >= until) return 0;
      keptKwh += (part[slot]! * slotHours) / ev.efficiency;
      return kwh + keptKwh;
    }),
  };
}

function addEv({ program, problem, isExclusive, sharesStandby }: Stage, ev: Ev, index: number): EvColumns {
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
  const own: EvColumns = { ev, from, until, ...battery, unmet: null, sharesStandby: sharesStandby(index) };
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
