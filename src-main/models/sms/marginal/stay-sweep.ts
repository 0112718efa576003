/**
 * One slot at a station for all energies at once: what charging up to a level brings is, for every stretch of the price of power, a maximum
 * over a window of levels below it, kept in a queue while the window moves. Forwards from the values before the slot, or backwards from the
 * values after it.
 */
import type { Truck } from '../problem.ts';
import type { PowerPrice, StayPrice } from './priced-day.ts';

/** What is best from each level onwards when the truck idles, charges or discharges in the slot; −Infinity where it cannot. */
export interface Onwards {
  idle: Float64Array;
  charge: Float64Array;
  discharge: Float64Array;
}

/** Where a sweep leaves what it finds. */
interface Found {
  value: Float64Array;
  before: Int32Array;
}

/** Upwards the levels come from below, downwards from above. */
type Step = 1 | -1;

export class StaySweep {
  /** After `work`: the best value at every level after the slot, and the level before it. */
  readonly value: Float64Array;
  readonly before: Int32Array;
  /** After `workBack`. */
  readonly onwards: Onwards;
  readonly #levels: Float64Array;
  readonly #queue: Int32Array;
  readonly #worth: Float64Array;
  readonly #ignored: Int32Array;
  /** MWh in the battery per MW at the station. */
  readonly #mwhPerMw: { charge: number; discharge: number };

  /** @param levels ascending, MWh. */
  constructor(truck: Truck, slotHours: number, levels: readonly number[]) {
    const table = (): Float64Array => new Float64Array(levels.length);
    this.#levels = Float64Array.from(levels);
    this.value = table();
    this.before = new Int32Array(levels.length);
    this.onwards = { idle: table(), charge: table(), discharge: table() };
    this.#queue = new Int32Array(levels.length);
    this.#worth = table();
    this.#ignored = new Int32Array(levels.length);
    this.#mwhPerMw = { charge: truck.chargeEfficiency * slotHours, discharge: slotHours / truck.dischargeEfficiency };
  }

  work(values: Float64Array, { presentUsd, charge, discharge }: StayPrice): void {
    const { value, before } = this;
    for (let level = 0; level < value.length; level++) {
      value[level] = values[level]! + presentUsd;
      before[level] = level;
    }
    this.#sweepAll(values, charge, this.#mwhPerMw.charge, { presentUsd, step: 1, found: this });
    this.#sweepAll(values, discharge, this.#mwhPerMw.discharge, { presentUsd, step: -1, found: this });
  }

  /** @param values from each level after the slot to the end. */
  workBack(values: Float64Array, { presentUsd, charge, discharge }: StayPrice): void {
    const { onwards } = this;
    const before = this.#ignored;
    for (let level = 0; level < values.length; level++) onwards.idle[level] = values[level]! + presentUsd;
    onwards.charge.fill(-Infinity);
    onwards.discharge.fill(-Infinity);
    const charged = { value: onwards.charge, before };
    const discharged = { value: onwards.discharge, before };
    this.#sweepAll(values, charge, this.#mwhPerMw.charge, { presentUsd, step: -1, found: charged });
    this.#sweepAll(values, discharge, this.#mwhPerMw.discharge, { presentUsd, step: 1, found: discharged });
  }

  #sweepAll(
    values: Float64Array,
    { mw, usd }: PowerPrice,
    mwhPerMw: number,
    { presentUsd, step, found }: { presentUsd: number; step: Step; found: Found },
  ): void {
    for (let piece = 1; piece < mw.length; piece++) {
      const [fromMwh, toMwh] = [mw[piece - 1]! * mwhPerMw, mw[piece]! * mwhPerMw];
      const usdPerMwh = (usd[piece]! - usd[piece - 1]!) / (toMwh - fromMwh);
      this.#sweep(values, step, { fromMwh, toMwh, usdPerMwh, baseUsd: presentUsd + usd[piece - 1]! }, found);
    }
  }

  /** For each level the best of the levels the sweep came over within the window, plus what the way from there brings. */
  #sweep(
    values: Float64Array,
    step: Step,
    { fromMwh, toMwh, usdPerMwh, baseUsd }: { fromMwh: number; toMwh: number; usdPerMwh: number; baseUsd: number },
    { value, before }: Found,
  ): void {
    const levels = this.#levels;
    const queue = this.#queue;
    const worth = this.#worth;
    const count = levels.length;
    const slope = step * usdPerMwh;
    const atUsd = baseUsd - usdPerMwh * fromMwh;
    const [least, most] = [fromMwh - 1e-9, toMwh + 1e-7];
    for (let level = 0; level < count; level++) worth[level] = values[level]! - slope * levels[level]!;
    let [head, tail] = [0, 0];
    let next = step > 0 ? 0 : count - 1;
    for (let level = next; level >= 0 && level < count; level += step) {
      const mwh = levels[level]!;
      while (next !== level && step * (mwh - levels[next]!) >= least) {
        const own = worth[next]!;
        if (own !== -Infinity) {
          while (head < tail && worth[queue[tail - 1]!]! <= own) tail--;
          queue[tail++] = next;
        }
        next += step;
      }
      while (head < tail && step * (mwh - levels[queue[head]!]!) > most) head++;
      if (head >= tail) continue;
      const from = queue[head]!;
      const reached = worth[from]! + slope * mwh + atUsd;
      if (reached <= value[level]!) continue;
      value[level] = reached;
      before[level] = from;
    }
  }
}
