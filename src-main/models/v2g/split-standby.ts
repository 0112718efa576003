/** Whose part of what stands by is whose, once a program in which cars share it (standby.ts) is solved. */
import type { ValueOf } from './device.ts';
import type { EvColumns } from './ev.ts';
import type { V2gProblem } from './problem.ts';
import type { V2gSchedule } from './schedule.ts';
import type { StandbyColumns } from './standby.ts';

interface Taker {
  own: EvColumns;
  part: Float64Array;
  /** Most that standing by may keep in the battery up to a slot: least max − k from there on [kWh, from `from`]. */
  roomKwh: Float64Array;
  /** What standing by with all it discharges at worst would keep from the slot at hand on. */
  aheadKwh: number;
  keptKwh: number;
}

/**
 * Slot after slot to the cars that are left with most room for what is to come; first of all to those that charge in the slot, which are not to be
 * planned to discharge as well. What finds no room overfills the cars that discharge.
 *
 * @param evs the cars that share it.
 * @returns b [car][slot], in their order.
 */
export function splitStandby(
  { slots, slotHours }: V2gProblem,
  evs: readonly EvColumns[],
  columns: StandbyColumns,
  valueOf: ValueOf,
): Float64Array[] {
  const takers = evs.map((own): Taker => {
    const roomKwh = new Float64Array(own.until - own.from);
    let least = Infinity;
    for (let at = roomKwh.length - 1; at >= 0; at--) {
      least = Math.min(least, Math.max(0, own.ev.maxKwh - valueOf(own.energy[at]!)));
      roomKwh[at] = least;
    }
    const all = own.discharge.reduce((kw, column) => kw + valueOf(column), 0);
    const aheadKwh = (all * slotHours) / own.ev.efficiency;
    return { own, part: new Float64Array(slots), roomKwh, aheadKwh, keptKwh: 0 };
  });
  columns.forEach((bySlot, aggregator) => {
    const own = takers.filter((taker) => taker.own.ev.aggregator === aggregator);
    bySlot.forEach((column, slot) => {
      if (column !== null) splitSlot(own, slot, slotHours, valueOf(column), valueOf);
    });
  });
  return takers.map(({ part }) => part);
}

function splitSlot(
  takers: readonly Taker[],
  slot: number,
  slotHours: number,
  standbyKw: number,
  valueOf: ValueOf,
): void {
  const able = takers.flatMap((taker) => {
    const { own } = taker;
    if (slot < own.from || slot >= own.until) return [];
    const dischargeKw = valueOf(own.discharge[slot - own.from]!);
    if (!(dischargeKw > 0)) return [];
    const charges = valueOf(own.charge[slot - own.from]!) > 0;
    const spareKwh = taker.roomKwh.at(-1)! - taker.keptKwh - taker.aheadKwh;
    taker.aheadKwh -= (dischargeKw * slotHours) / own.ev.efficiency;
    return [{ taker, dischargeKw, order: charges ? Infinity : spareKwh }];
  });
  able.sort((a, b) => (a.order === b.order ? 0 : b.order - a.order));
  let leftKw = standbyKw;
  const give = ({ taker, dischargeKw }: (typeof able)[number], mostKw: number): void => {
    const kw = Math.max(0, Math.min(leftKw, dischargeKw - taker.part[slot]!, mostKw));
    taker.part[slot]! += kw;
    taker.keptKwh += (kw * slotHours) / taker.own.ev.efficiency;
    leftKw -= kw;
  };
  for (const each of able) {
    const { own, roomKwh, keptKwh } = each.taker;
    give(each, ((roomKwh[slot - own.from]! - keptKwh) * own.ev.efficiency) / slotHours);
  }
  for (const each of able) give(each, Infinity);
}

/** Cars that their part of what stands by leaves with more than they hold, beyond rounding. */
export function findOverfull(problem: V2gProblem, schedule: V2gSchedule): number[] {
  return problem.evs.flatMap((ev, index) => {
    const { energyKwh, standbyKw } = schedule.evs[index]!;
    const mostKwh = ev.maxKwh + 1e-6 * Math.max(1, ev.maxKwh);
    return standbyKw !== undefined && energyKwh.some((kwh) => kwh > mostKwh) ? [index] : [];
  });
}
