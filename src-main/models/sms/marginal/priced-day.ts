/**
 * The best day of one truck at prices that are piecewise linear in its power: dynamic programming over (terminal, slot, energy). On the levels
 * of day-levels.ts it is exact where prices bend after whole parts of a full slot's charge only. A stay costs time in proportion to the levels: what charging up to a level brings is a maximum over a window
 * of levels below it, kept in a queue while the window moves. Where trucks drive on their batteries the day may begin with anything up to the
 * first energy; what it begins with and what its way takes are priced alike, and only that price keeps both together within the first energy:
 * the value is at least that of the best day.
 */
import { drivesOnBattery, tripMwh } from '../driving.ts';
import type { Arc } from '../network.ts';
import type { SmsProblem, Truck } from '../problem.ts';
import { StaySweep } from './stay-sweep.ts';

/** What charging or discharging brings, USD: linear between the powers named, from nothing to full, and nothing for nothing. */
export interface PowerPrice {
  mw: readonly number[];
  usd: readonly number[];
}

/** Within the powers named. */
export function usdAt({ mw, usd }: PowerPrice, at: number): number {
  let piece = 1;
  while (piece < mw.length - 1 && at > mw[piece]!) piece++;
  const share = (at - mw[piece - 1]!) / (mw[piece]! - mw[piece - 1]!);
  return usd[piece - 1]! + share * (usd[piece]! - usd[piece - 1]!);
}

/** What a slot at a station brings: for being there, USD, and for work. */
export interface StayPrice {
  presentUsd: number;
  charge: PowerPrice;
  discharge: PowerPrice;
}

/** The same for every MW. */
export const evenPrice = ({ powerMw }: Truck, usdPerMw: number): PowerPrice => ({
  mw: [0, powerMw],
  usd: [0, usdPerMw * powerMw],
});

/** What a day is priced at. */
export interface DayPrices {
  /** Of a stay at a station; null where the truck may not stay. */
  stay: (terminal: number, slot: number) => StayPrice | null;
  /** Of energy at the start and for the way, where trucks drive on their batteries. */
  chargeUsdPerMwh: number;
}

export interface TruckDay {
  path: Arc[];
  /** Discharge less charge [slot]. */
  netMw: number[];
  /** Energy the day begins with beyond its way, where it was chosen: with the way no more than the truck has. */
  firstMwh?: number;
}

export interface DaySearch {
  problem: SmsProblem;
  truck: Truck;
  network: readonly Arc[];
  /** Energies, ascending, with the first, and the least last one. */
  levels: readonly number[];
}

/** Null when no path leads to the final energy. @param priceOf of a stay at a station; null where the truck may not stay. */
export function pricedDay(
  { problem, truck, network, levels }: DaySearch,
  priceOf: (terminal: number, slot: number) => StayPrice | null,
  /** Of energy at the start and for the way, where trucks drive on their batteries. */
  chargeUsdPerMwh = 0,
): { day: TruckDay; valueUsd: number } | null {
  const { slots } = problem;
  const count = levels.length;
  const size = problem.terminals.length * (slots + 1) * count;
  const value = new Float64Array(size).fill(-Infinity);
  const arcTo = new Int32Array(size).fill(-1);
  const levelBefore = new Int32Array(size);
  const nodeOf = (terminal: number, slot: number): number => (terminal * (slots + 1) + slot) * count;
  const stay = new StaySweep(truck, problem.slotHours, levels);
  const onBattery = drivesOnBattery(problem);
  for (const first of firstLevels(problem, truck, levels))
    value[nodeOf(truck.start, 0) + first] = onBattery ? -chargeUsdPerMwh * levels[first]! : 0;
  network.forEach((arc, a) => {
    const from = nodeOf(arc.from, arc.fromSlot);
    const to = nodeOf(arc.to, arc.untilSlot);
    const works = arc.kind === 'stay' && problem.terminals[arc.from]!.kind === 'station';
    if (works) {
      const price = priceOf(arc.from, arc.fromSlot);
      if (price === null) return;
      stay.work(value.subarray(from, from + count), price);
    }
    const drivenMwh = arc.kind === 'stay' ? 0 : tripMwh(problem, truck, arc);
    const gainUsd = -arc.costUsd - chargeUsdPerMwh * drivenMwh;
    for (let level = 0; level < count; level++) {
      const reached = (works ? stay.value[level]! : value[from + level]!) + gainUsd;
      if (reached <= value[to + level]!) continue;
      value[to + level] = reached;
      arcTo[to + level] = a;
      levelBefore[to + level] = works ? stay.before[level]! : level;
    }
  });
  const end = nodeOf(truck.end, slots);
  let level = -1;
  for (const last of lastLevels(truck, levels))
    if (value[end + last]! > (level < 0 ? -Infinity : value[end + level]!)) level = last;
  if (level < 0) return null;
  const valueUsd = value[end + level]!;
  const day: TruckDay = { path: [], netMw: new Array<number>(slots).fill(0) };
  let [terminal, slot] = [truck.end, slots];
  while (slot > 0) {
    const at = nodeOf(terminal, slot) + level;
    const arc = network[arcTo[at]!]!;
    const before = levelBefore[at]!;
    day.path.unshift(arc);
    day.netMw[arc.fromSlot] = netPowerMw(truck, problem.slotHours, levels[level]! - levels[before]!);
    [terminal, slot, level] = [arc.from, arc.fromSlot, before];
  }
  return { day: onBattery ? { ...day, firstMwh: levels[level]! } : day, valueUsd };
}

/** Where a day may begin [index into levels]. */
export function firstLevels(problem: SmsProblem, truck: Truck, levels: readonly number[]): number[] {
  const first = nearest(levels, truck.initialMwh);
  return drivesOnBattery(problem) ? Array.from({ length: first + 1 }, (_, level) => level) : [first];
}

/** Where it may end. */
export const lastLevels = ({ finalMinMwh }: Truck, levels: readonly number[]): number[] =>
  levels.flatMap((mwh, level) => (mwh >= finalMinMwh - 1e-9 ? [level] : []));

function nearest(levels: readonly number[], mwh: number): number {
  let best = 0;
  levels.forEach((level, i) => {
    if (Math.abs(level - mwh) < Math.abs(levels[best]! - mwh)) best = i;
  });
  return best;
}

/** What gives a truck so much more or less energy in a slot, MW. */
export const netPowerMw = (truck: Truck, slotHours: number, gainedMwh: number): number =>
  gainedMwh > 0
    ? -gainedMwh / (truck.chargeEfficiency * slotHours)
    : (-gainedMwh * truck.dischargeEfficiency) / slotHours;
