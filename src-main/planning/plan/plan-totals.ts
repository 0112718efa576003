/** Sums over a schedule that several views show: powers per slot and energies of the day. All kW unless said. */
import type { V2gProblem } from '../../models/v2g/problem.ts';
import type { V2gSchedule } from '../../models/v2g/schedule.ts';
import { respondedShare } from '../../verify/responses.ts';
import { truckReserveKw } from '../../verify/truck-supply.ts';
import { mostKwAt, reserveShareAt, valueAt } from '../../models/v2g/slot-values.ts';

export function sumSlots(slots: number, rows: readonly (readonly number[])[]): Float64Array {
  const total = new Float64Array(slots);
  for (const row of rows) for (let slot = 0; slot < slots; slot++) total[slot]! += row[slot] ?? 0;
  return total;
}

/** A centre [slot] with offsets added to it: bands and past days drawn where tomorrow is expected. */
export const around = (centre: number[], offset: number[]): Float64Array =>
  Float64Array.from(centre, (kw, slot) => kw + (offset[slot] ?? 0));

/** Expected demand plus the share of the worst deviation that nobody answers on the day [slot]: what committed supply must meet. */
export const committedDemandKw = (problem: V2gProblem, schedule: V2gSchedule): Float64Array =>
  Float64Array.from(
    problem.loadKw,
    (kw, slot) =>
      kw +
      (schedule.offPlan?.setAsideKw[slot] ?? 0) +
      (schedule.undeliveredKw?.[slot] ?? 0) +
      (1 - (schedule.evShare[slot] ?? 0) - respondedShare(schedule, slot)) * (schedule.worstDeviationKw[slot] ?? 0),
  );

/** Net EV demand [slot]: charge − discharge, or the uncoordinated profile. */
export function netEvKw(problem: V2gProblem, schedule: V2gSchedule): Float64Array {
  if (problem.charging === 'uncoordinated') return sumSlots(problem.slots, problem.uncoordinatedKw);
  const charge = sumSlots(
    problem.slots,
    schedule.evs.map((ev) => ev.chargeKw),
  );
  const discharge = sumSlots(
    problem.slots,
    schedule.evs.map((ev) => ev.dischargeKw),
  );
  return charge.map((kw, slot) => kw - discharge[slot]!);
}

/** Highest load plus net EV demand. */
export function peakKw(problem: V2gProblem, schedule: V2gSchedule): number {
  const ev = netEvKw(problem, schedule);
  return Math.max(...problem.loadKw.map((kw, slot) => kw + ev[slot]!));
}

export function energiesKwh(schedule: V2gSchedule): { charge: number; discharge: number } {
  const sum = (rows: number[][]) => rows.flat().reduce((total, kw) => total + kw, 0) * schedule.slotHours;
  return {
    charge: sum(schedule.evs.map((ev) => ev.chargeKw)),
    discharge: sum(schedule.evs.map((ev) => ev.dischargeKw)),
  };
}

/** Headroom above the schedule and what is asked of it [slot]; the rule of `problem.reserve`, or of its control areas together. */
export function reserveKw(problem: V2gProblem, schedule: V2gSchedule): { required: number[]; available: number[] } {
  const areas = problem.services?.reserve?.areas;
  const offered = schedule.services?.reserve?.offeredKw;
  if (areas && offered) {
    const sum = (rows: readonly number[][]): number[] => Array.from(sumSlots(problem.slots, rows));
    return { required: sum(areas.map(({ requiredKw }) => requiredKw)), available: sum(offered) };
  }
  const spinning = problem.reserve.counts === 'spinning';
  const required = problem.loadKw.map((kw, slot) => reserveShareAt(problem, slot) * kw);
  const available = required.map((_, slot) => {
    let headroom = 0;
    schedule.gas.forEach((unit, index) => {
      const limits = problem.gas[index]!;
      const counted = (spinning ? (unit.on[slot] ?? 0) : 1) * mostKwAt(limits, slot);
      headroom += counted - (unit.outputKw[slot] ?? 0);
    });
    if (spinning) {
      headroom += truckReserveKw(problem, schedule, slot);
      schedule.storage.forEach((unit, index) => {
        const limits = problem.storage[index]!;
        const power =
          valueAt(limits.dischargeKwAt, slot, limits.dischargeKw) -
          (unit.dischargeKw[slot] ?? 0) +
          (unit.chargeKw[slot] ?? 0);
        const spareKwh = (unit.energyKwh[slot] ?? 0) - valueAt(limits.minKwhAt, slot, limits.minKwh);
        const energy = (spareKwh * limits.dischargeEfficiency) / problem.slotHours;
        headroom += Math.max(0, Math.min(power, energy));
      });
    }
    return headroom;
  });
  return { required, available };
}
