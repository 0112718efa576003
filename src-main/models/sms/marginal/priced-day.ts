/**
 * The best day of one truck at prices that are linear in its power: dynamic programming over (terminal, slot, energy). On the levels of
 * day-levels.ts it is exact. A stay costs time in proportion to the levels: what charging up to a level brings is a maximum over a window
 * of levels below it, kept in a queue while the window moves. Where trucks drive on their batteries the day may begin with anything up to the
 * first energy; what it begins with and what its way takes are priced alike, and only that price keeps both together within the first energy:
 * the value is at least that of the best day.
 */
import { drivesOnBattery, tripMwh } from '../driving.ts';
import type { Arc } from '../network.ts';
import type { SmsProblem, Truck } from '../problem.ts';

/** What a slot at a station brings, USD: for being there, and per MW charged or discharged. */
export interface StayPrice {
  presentUsd: number;
  chargeUsdPerMw: number;
  dischargeUsdPerMw: number;
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
  const stay = new Stay(truck, problem.slotHours, levels);
  const first = nearest(levels, truck.initialMwh);
  const onBattery = drivesOnBattery(problem);
  for (let level = onBattery ? 0 : first; level <= first; level++)
    value[nodeOf(truck.start, 0) + level] = onBattery ? -chargeUsdPerMwh * levels[level]! : 0;
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
  for (let i = 0; i < count; i++)
    if (levels[i]! >= truck.finalMinMwh - 1e-9 && value[end + i]! > (level < 0 ? -Infinity : value[end + level]!))
      level = i;
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

function nearest(levels: readonly number[], mwh: number): number {
  let best = 0;
  levels.forEach((level, i) => {
    if (Math.abs(level - mwh) < Math.abs(levels[best]! - mwh)) best = i;
  });
  return best;
}

const netPowerMw = (truck: Truck, slotHours: number, gainedMwh: number): number =>
  gainedMwh > 0
    ? -gainedMwh / (truck.chargeEfficiency * slotHours)
    : (-gainedMwh * truck.dischargeEfficiency) / slotHours;

/** One slot at a station: the best value at every level afterwards, and the level before. */
class Stay {
  readonly value: Float64Array;
  readonly before: Int32Array;
  readonly #levels: readonly number[];
  readonly #queue: Int32Array;
  readonly #perMwh: { charge: number; discharge: number };
  readonly #most: { charge: number; discharge: number };

  constructor(truck: Truck, slotHours: number, levels: readonly number[]) {
    this.#levels = levels;
    this.value = new Float64Array(levels.length);
    this.before = new Int32Array(levels.length);
    this.#queue = new Int32Array(levels.length);
    this.#perMwh = {
      charge: 1 / (truck.chargeEfficiency * slotHours),
      discharge: truck.dischargeEfficiency / slotHours,
    };
    this.#most = {
      charge: truck.powerMw / this.#perMwh.charge + 1e-7,
      discharge: truck.powerMw / this.#perMwh.discharge + 1e-7,
    };
  }

  work(values: Float64Array, price: StayPrice): void {
    const count = this.#levels.length;
    for (let level = 0; level < count; level++) {
      this.value[level] = values[level]! + price.presentUsd;
      this.before[level] = level;
    }
    const chargeUsd = price.chargeUsdPerMw * this.#perMwh.charge;
    const dischargeUsd = price.dischargeUsdPerMw * this.#perMwh.discharge;
    this.#sweep(values, {
      first: 0,
      step: 1,
      usdPerMwh: chargeUsd,
      mostMwh: this.#most.charge,
      presentUsd: price.presentUsd,
    });
    this.#sweep(values, {
      first: count - 1,
      step: -1,
      usdPerMwh: dischargeUsd,
      mostMwh: this.#most.discharge,
      presentUsd: price.presentUsd,
    });
  }

  #sweep(
    values: Float64Array,
    {
      first,
      step,
      usdPerMwh,
      mostMwh,
      presentUsd,
    }: Record<'first' | 'step' | 'usdPerMwh' | 'mostMwh' | 'presentUsd', number>,
  ): void {
    const levels = this.#levels;
    const queue = this.#queue;
    const worth = (level: number): number => values[level]! - step * usdPerMwh * levels[level]!;
    let [head, tail] = [0, 0];
    for (let level = first; level >= 0 && level < levels.length; level += step) {
      while (head < tail && step * (levels[level]! - levels[queue[head]!]!) > mostMwh) head++;
      if (head < tail) {
        const before = queue[head]!;
        const reached = worth(before) + step * usdPerMwh * levels[level]! + presentUsd;
        if (reached > this.value[level]!) {
          this.value[level] = reached;
          this.before[level] = before;
        }
      }
      if (values[level] === -Infinity) continue;
      const own = worth(level);
      while (head < tail && worth(queue[tail - 1]!) <= own) tail--;
      queue[tail++] = level;
    }
  }
}
