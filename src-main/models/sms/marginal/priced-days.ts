/**
 * All days of one truck at given prices, by dynamic programming from both ends: what the best is worth, what the best through every arc is worth
 * (reduced costs of arcs; Irnich, Desaulniers, Desrosiers and Hadjar 2010), and those days themselves where they are asked for. On the levels of
 * day-levels.ts as exact as priced-day.ts.
 */
import { drivesOnBattery, tripMwh } from '../driving.ts';
import type { Arc } from '../network.ts';
import { netPowerMw, usdAt, firstLevels, lastLevels } from './priced-day.ts';
import type { DayPrices, DaySearch, StayPrice, TruckDay } from './priced-day.ts';
import { StaySweep } from './stay-sweep.ts';

/** Arcs by where they lead to and where they begin. */
interface ArcsAt {
  into: Map<number, number[]>;
  outOf: Map<number, number[]>;
}

export class PricedDays {
  /** Of the best day; −Infinity where no path leads to the final energy. */
  readonly valueUsd: number;
  /** Of the best day that uses the arc [arc of the network]; −Infinity where there is none. */
  readonly throughUsd: Float64Array;
  readonly #search: DaySearch;
  /** [arc]; undefined where no truck works, null where it may not stay. */
  readonly #prices: (StayPrice | null | undefined)[];
  /** [arc] */
  readonly #wayUsd: Float64Array;
  /** Energy at the start of the arc on the best day that uses it [arc]. */
  readonly #levelAt: Int32Array;
  /** Best until and from (terminal, slot, level). */
  readonly #until: Float64Array;
  readonly #onwards: Float64Array;

  constructor(search: DaySearch, { stay, chargeUsdPerMwh }: DayPrices) {
    const { problem, truck, network, levels } = search;
    this.#search = search;
    this.#prices = network.map((arc) => {
      const works = arc.kind === 'stay' && problem.terminals[arc.from]!.kind === 'station';
      return works ? stay(arc.from, arc.fromSlot) : undefined;
    });
    this.#wayUsd = Float64Array.from(
      network,
      (arc) => arc.costUsd + (arc.kind === 'stay' ? 0 : chargeUsdPerMwh * tripMwh(problem, truck, arc)),
    );
    const size = problem.terminals.length * (problem.slots + 1) * levels.length;
    this.#until = new Float64Array(size).fill(-Infinity);
    this.#onwards = new Float64Array(size).fill(-Infinity);
    this.throughUsd = new Float64Array(network.length).fill(-Infinity);
    this.#levelAt = new Int32Array(network.length);
    const sweep = new StaySweep(truck, problem.slotHours, levels);
    this.#forwards(sweep, chargeUsdPerMwh);
    this.valueUsd = this.#backwards(sweep);
  }

  /** The best day that uses the arc. */
  through(a: number): TruckDay {
    const { problem, network, levels } = this.#search;
    const arcs = arcsAt(this.#search);
    const day: TruckDay = { path: [], netMw: new Array<number>(problem.slots).fill(0) };
    let level = this.#levelAt[a]!;
    for (let arc = network[a]!; arc.fromSlot > 0;) {
      const before = this.#step(arcs.into.get(this.#node(arc.from, arc.fromSlot)) ?? [], level, 'before');
      arc = network[before.arc]!;
      day.path.unshift(arc);
      day.netMw[arc.fromSlot] = this.#netMw(before.level, level);
      level = before.level;
    }
    const firstMwh = levels[level]!;
    level = this.#levelAt[a]!;
    for (let next: readonly number[] = [a]; ;) {
      const after = this.#step(next, level, 'after');
      const arc = network[after.arc]!;
      day.path.push(arc);
      day.netMw[arc.fromSlot] = this.#netMw(level, after.level);
      level = after.level;
      if (arc.untilSlot === problem.slots) return drivesOnBattery(problem) ? { ...day, firstMwh } : day;
      next = arcs.outOf.get(this.#node(arc.to, arc.untilSlot)) ?? [];
    }
  }

  /** Days worth more than so much, best first, each the best through some arc that those before do not use. */
  diverse({ leastUsd, most }: { leastUsd: number; most: number }): TruckDay[] {
    const { network } = this.#search;
    const usd = this.throughUsd;
    const order = [...usd.keys()].filter((a) => usd[a]! > leastUsd).sort((a, b) => usd[b]! - usd[a]!);
    const used = new Set<Arc>();
    const days: TruckDay[] = [];
    for (const a of order) {
      if (days.length >= most) break;
      if (used.has(network[a]!)) continue;
      const day = this.through(a);
      for (const arc of day.path) used.add(arc);
      days.push(day);
    }
    return days;
  }

  #forwards(sweep: StaySweep, chargeUsdPerMwh: number): void {
    const { problem, truck, network, levels } = this.#search;
    const start = this.#at(truck.start, 0);
    for (const level of firstLevels(problem, truck, levels))
      this.#until[start + level] = drivesOnBattery(problem) ? -chargeUsdPerMwh * levels[level]! : 0;
    network.forEach((arc, a) => {
      const price = this.#prices[a];
      const from = this.#at(arc.from, arc.fromSlot);
      let values = this.#until.subarray(from, from + levels.length);
      if (price === null || !isReached(values)) return;
      if (price !== undefined) {
        sweep.work(values, price);
        values = sweep.value;
      }
      raise(this.#until, this.#at(arc.to, arc.untilSlot), values, this.#wayUsd[a]!);
    });
  }

  /** @returns what the best day is worth. */
  #backwards(sweep: StaySweep): number {
    const { problem, truck, network, levels } = this.#search;
    const [until, onwards, throughUsd] = [this.#until, this.#onwards, this.throughUsd];
    const worked = new Float64Array(levels.length);
    for (const level of lastLevels(truck, levels)) onwards[this.#at(truck.end, problem.slots) + level] = 0;
    for (let a = network.length - 1; a >= 0; a--) {
      const arc = network[a]!;
      const price = this.#prices[a];
      const [from, to] = [this.#at(arc.from, arc.fromSlot), this.#at(arc.to, arc.untilSlot)];
      let values = onwards.subarray(to, to + levels.length);
      if (price === null || !isReached(values)) continue;
      if (price !== undefined) {
        sweep.workBack(values, price);
        const { idle, charge, discharge } = sweep.onwards;
        for (let level = 0; level < worked.length; level++)
          worked[level] = Math.max(idle[level]!, charge[level]!, discharge[level]!);
        values = worked;
      }
      const wayUsd = this.#wayUsd[a]!;
      raise(onwards, from, values, wayUsd);
      for (let level = 0; level < levels.length; level++) {
        const usd = until[from + level]! + values[level]! - wayUsd;
        if (usd <= throughUsd[a]!) continue;
        throughUsd[a] = usd;
        this.#levelAt[a] = level;
      }
    }
    return throughUsd.reduce((best, usd, a) => (network[a]!.fromSlot === 0 ? Math.max(best, usd) : best), -Infinity);
  }

  /** The best arc to or from a level, and the level at its other end. */
  #step(arcs: readonly number[], level: number, side: 'before' | 'after'): { arc: number; level: number } {
    const { network, levels } = this.#search;
    const best = { arc: -1, level: -1 };
    let bestUsd = -Infinity;
    for (const a of arcs) {
      const arc = network[a]!;
      const at = side === 'after' ? this.#at(arc.to, arc.untilSlot) : this.#at(arc.from, arc.fromSlot);
      const table = side === 'after' ? this.#onwards : this.#until;
      const [least, most] = this.#prices[a] ? [0, levels.length - 1] : [level, level];
      for (let other = least; other <= most; other++) {
        if (table[at + other] === -Infinity) continue;
        const workUsd = side === 'after' ? this.#workUsd(a, level, other) : this.#workUsd(a, other, level);
        const usd = table[at + other]! + workUsd - this.#wayUsd[a]!;
        if (usd <= bestUsd) continue;
        bestUsd = usd;
        [best.arc, best.level] = [a, other];
      }
    }
    return best;
  }

  /** What a stay brings that leads from one level to another. */
  #workUsd(a: number, before: number, after: number): number {
    const price = this.#prices[a];
    if (price === null) return -Infinity;
    if (price === undefined) return 0;
    const mw = this.#netMw(before, after);
    const { mw: powers } = mw < 0 ? price.charge : price.discharge;
    if (Math.abs(mw) > powers.at(-1)! + reachMw) return -Infinity;
    return price.presentUsd + (mw < 0 ? usdAt(price.charge, -mw) : usdAt(price.discharge, mw));
  }

  #netMw(before: number, after: number): number {
    const { problem, truck, levels } = this.#search;
    return netPowerMw(truck, problem.slotHours, levels[after]! - levels[before]!);
  }

  #node(terminal: number, slot: number): number {
    return terminal * (this.#search.problem.slots + 1) + slot;
  }

  #at(terminal: number, slot: number): number {
    return this.#node(terminal, slot) * this.#search.levels.length;
  }
}

/** Levels are sums of rounded steps; a sweep is as kind. */
const reachMw = 1e-6;

function isReached(values: Float64Array): boolean {
  for (const usd of values) if (usd !== -Infinity) return true;
  return false;
}

function raise(table: Float64Array, at: number, values: Float64Array, wayUsd: number): void {
  for (let level = 0; level < values.length; level++) {
    const usd = values[level]! - wayUsd;
    if (usd > table[at + level]!) table[at + level] = usd;
  }
}

const known = new WeakMap<readonly Arc[], ArcsAt>();

function arcsAt({ network, problem }: DaySearch): ArcsAt {
  const before = known.get(network);
  if (before) return before;
  const node = (terminal: number, slot: number): number => terminal * (problem.slots + 1) + slot;
  const all = [...network.keys()];
  const made = {
    into: Map.groupBy(all, (a) => node(network[a]!.to, network[a]!.untilSlot)),
    outOf: Map.groupBy(all, (a) => node(network[a]!.from, network[a]!.fromSlot)),
  };
  known.set(network, made);
  return made;
}
