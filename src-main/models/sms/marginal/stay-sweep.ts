/**
 * One slot at a station for all energies at once: what charging up to a level brings is a maximum over a window of levels below it, kept in
 * a queue while the window moves. Forwards from the values before the slot, or backwards from the values after it.
 */
import type { Truck } from '../problem.ts';
import type { StayPrice } from './priced-day.ts';

interface Sweep {
  /** Upwards the levels come from below, downwards from above. */
  step: 1 | -1;
  usdPerMwh: number;
  mostMwh: number;
}

/** What is best from each level onwards when the truck idles, charges or discharges in the slot; −Infinity where it cannot. */
export interface Onwards {
  idle: Float64Array;
  charge: Float64Array;
  discharge: Float64Array;
}

export class StaySweep {
  /** After `work`: the best value at every level after the slot, and the level before it. */
  readonly value: Float64Array;
  readonly before: Int32Array;
  /** After `workBack`. */
  readonly onwards: Onwards;
  readonly #levels: readonly number[];
  readonly #queue: Int32Array;
  readonly #perMwh: { charge: number; discharge: number };
  readonly #most: { charge: number; discharge: number };

  /** @param levels ascending, MWh. */
  constructor(truck: Truck, slotHours: number, levels: readonly number[]) {
    const table = (): Float64Array => new Float64Array(levels.length);
    this.#levels = levels;
    this.value = table();
    this.before = new Int32Array(levels.length);
    this.onwards = { idle: table(), charge: table(), discharge: table() };
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
    const { value, before } = this;
    for (let level = 0; level < value.length; level++) {
      value[level] = values[level]! + price.presentUsd;
      before[level] = level;
    }
    const take = (level: number, reached: number, from: number): void => {
      if (reached + price.presentUsd <= value[level]!) return;
      value[level] = reached + price.presentUsd;
      before[level] = from;
    };
    this.#sweep(values, { ...this.#charging(price), step: 1 }, take);
    this.#sweep(values, { ...this.#discharging(price), step: -1 }, take);
  }

  /** @param values from each level after the slot to the end. */
  workBack(values: Float64Array, price: StayPrice): void {
    const { idle, charge, discharge } = this.onwards;
    for (let level = 0; level < idle.length; level++) idle[level] = values[level]! + price.presentUsd;
    const into =
      (table: Float64Array) =>
      (level: number, reached: number): void => {
        table[level] = reached + price.presentUsd;
      };
    charge.fill(-Infinity);
    discharge.fill(-Infinity);
    this.#sweep(values, { ...this.#charging(price), step: -1 }, into(charge));
    this.#sweep(values, { ...this.#discharging(price), step: 1 }, into(discharge));
  }

  #charging(price: StayPrice): Omit<Sweep, 'step'> {
    return { usdPerMwh: price.chargeUsdPerMw * this.#perMwh.charge, mostMwh: this.#most.charge };
  }

  #discharging(price: StayPrice): Omit<Sweep, 'step'> {
    return { usdPerMwh: price.dischargeUsdPerMw * this.#perMwh.discharge, mostMwh: this.#most.discharge };
  }

  /** For each level the best of the levels the sweep came over within the window, plus what the way from there brings. */
  #sweep(
    values: Float64Array,
    { step, usdPerMwh, mostMwh }: Sweep,
    take: (level: number, reached: number, from: number) => void,
  ): void {
    const levels = this.#levels;
    const queue = this.#queue;
    const worth = (level: number): number => values[level]! - step * usdPerMwh * levels[level]!;
    const count = levels.length;
    let [head, tail] = [0, 0];
    for (let level = step > 0 ? 0 : count - 1; level >= 0 && level < count; level += step) {
      while (head < tail && step * (levels[level]! - levels[queue[head]!]!) > mostMwh) head++;
      if (head < tail) {
        const from = queue[head]!;
        take(level, worth(from) + step * usdPerMwh * levels[level]!, from);
      }
      if (values[level] === -Infinity) continue;
      const own = worth(level);
      while (head < tail && worth(queue[tail - 1]!) <= own) tail--;
      queue[tail++] = level;
    }
  }
}
