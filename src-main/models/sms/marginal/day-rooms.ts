/**
 * What any day of a truck worth at least so much can be made of: for every arc the best day that uses it, by dynamic programming from both
 * ends (reduced costs of arcs; Irnich, Desaulniers, Desrosiers and Hadjar 2010). Arcs and directions of power that no such day uses are left out.
 *
 * Along one route with given directions the value of a day is concave in the energy at an arc and linear between neighbouring levels
 * (day-levels.ts), so a day worth enough has its energy at most one level beyond those found.
 */
import { drivesOnBattery, tripMwh } from '../driving.ts';
import type { Arc } from '../network.ts';
import type { Truck } from '../problem.ts';
import { firstLevels, lastLevels, type DayPrices, type DaySearch, type TruckDay } from './priced-day.ts';
import { StaySweep } from './stay-sweep.ts';

export interface DayRoom {
  arc: Arc;
  /** Of the energy when the arc begins, MWh. */
  leastMwh: number;
  mostMwh: number;
  mayCharge: boolean;
  mayDischarge: boolean;
  /** Of the best day that uses the arc. */
  valueUsd: number;
}

/** @param leastUsd what a day must be worth. */
export function dayRooms(
  { problem, truck, network, levels }: DaySearch,
  { stay: priceOf, chargeUsdPerMwh }: DayPrices,
  leastUsd: number,
): DayRoom[] {
  const { slots } = problem;
  const count = levels.length;
  const size = problem.terminals.length * (slots + 1) * count;
  const nodeOf = (terminal: number, slot: number): number => (terminal * (slots + 1) + slot) * count;
  const works = (arc: Arc): boolean => arc.kind === 'stay' && problem.terminals[arc.from]!.kind === 'station';
  const stay = new StaySweep(truck, problem.slotHours, levels);
  const until = new Float64Array(size).fill(-Infinity);
  const onwards = new Float64Array(size).fill(-Infinity);
  const raise = (table: Float64Array, at: number, value: number): void => {
    if (value > table[at]!) table[at] = value;
  };
  const onBattery = drivesOnBattery(problem);
  const wayUsd = (arc: Arc): number =>
    arc.costUsd + (arc.kind === 'stay' ? 0 : chargeUsdPerMwh * tripMwh(problem, truck, arc));
  for (const level of firstLevels(problem, truck, levels))
    until[nodeOf(truck.start, 0) + level] = onBattery ? -chargeUsdPerMwh * levels[level]! : 0;
  for (const arc of network) {
    const [from, to] = [nodeOf(arc.from, arc.fromSlot), nodeOf(arc.to, arc.untilSlot)];
    let values: Float64Array = until.subarray(from, from + count);
    if (works(arc)) {
      const price = priceOf(arc.from, arc.fromSlot);
      if (price === null) continue;
      stay.work(values, price);
      values = stay.value;
    }
    for (let level = 0; level < count; level++) raise(until, to + level, values[level]! - wayUsd(arc));
  }
  for (const level of lastLevels(truck, levels)) onwards[nodeOf(truck.end, slots) + level] = 0;
  const rooms: DayRoom[] = [];
  for (const arc of network.toReversed()) {
    const [from, to] = [nodeOf(arc.from, arc.fromSlot), nodeOf(arc.to, arc.untilSlot)];
    const after = onwards.subarray(to, to + count);
    const room = {
      arc,
      leastMwh: Infinity,
      mostMwh: -Infinity,
      mayCharge: false,
      mayDischarge: false,
      valueUsd: -Infinity,
    };
    /** @returns whether some level is worth enough. */
    const take = (values: Float64Array): boolean => {
      let [least, most] = [count, -1];
      for (let level = 0; level < count; level++) {
        const onwardsUsd = values[level]! - wayUsd(arc);
        raise(onwards, from + level, onwardsUsd);
        const valueUsd = until[from + level]! + onwardsUsd;
        if (valueUsd < leastUsd) continue;
        room.valueUsd = Math.max(room.valueUsd, valueUsd);
        least = Math.min(least, level);
        most = level;
      }
      if (most < 0) return false;
      room.leastMwh = Math.min(room.leastMwh, levels[Math.max(0, least - 1)]!);
      room.mostMwh = Math.max(room.mostMwh, levels[Math.min(count - 1, most + 1)]!);
      return true;
    };
    let used: boolean;
    if (works(arc)) {
      const price = priceOf(arc.from, arc.fromSlot);
      if (price === null) continue;
      stay.workBack(after, price);
      used = take(stay.onwards.idle);
      room.mayCharge = take(stay.onwards.charge);
      room.mayDischarge = take(stay.onwards.discharge);
    } else used = take(after);
    if (used || room.mayCharge || room.mayDischarge) rooms.push(room);
  }
  return rooms.reverse();
}

/** A day's own arcs, with all that can be done along them. */
export const keptRooms = ({ minMwh, capacityMwh }: Truck, { path }: TruckDay): DayRoom[] =>
  path.map((arc) => {
    const mayWork = arc.kind === 'stay';
    return {
      arc,
      leastMwh: minMwh,
      mostMwh: capacityMwh,
      mayCharge: mayWork,
      mayDischarge: mayWork,
      valueUsd: Infinity,
    };
  });
