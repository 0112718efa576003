/**
 * The trucks of one group at steps of power (work-steps.ts): every choice is one of fewer trucks and one truck more, so that prices of all
 * choices take one addition each. Of choices with as many trucks and the same net power only the cheapest counts.
 */
import type { WorkGroup } from './work-steps.ts';

export class WorkChoices {
  readonly group: WorkGroup;
  /** Trucks of the group that find a place. */
  readonly most: number;
  /** Steps as net power: charging, then discharging. */
  readonly signedMw: Float64Array;
  /** Net power and trucks [kind]; the first is no truck. */
  readonly netMw: Float64Array;
  readonly trucks: Int32Array;
  /** What the cheapest choice costs at the prices taken last, USD [kind]. */
  readonly usd: Float64Array;
  /** A truck, whatever it does, and one at a step, at the prices taken last, USD. */
  truckUsd = 0;
  readonly stepUsd: Float64Array;
  readonly #cheapest: Int32Array;
  /** The choice with a truck less, that truck's step, and the kind [choice]. */
  readonly #before: Int32Array;
  readonly #step: Int32Array;
  readonly #kind: Int32Array;
  readonly #usd: Float64Array;

  constructor(group: WorkGroup, places: number) {
    this.group = group;
    this.most = Math.min(group.count, places);
    this.signedMw = Float64Array.from([...group.steps.charge.map((mw) => -mw), ...group.steps.discharge]);
    const before = [-1];
    const step = [-1];
    const netMw = [0];
    const trucks = [0];
    for (let at = 0; at < before.length; at++) {
      if (trucks[at]! === this.most) continue;
      // Steps in order, so that no choice is listed twice.
      for (let next = Math.max(0, step[at]!); next < this.signedMw.length; next++) {
        before.push(at);
        step.push(next);
        netMw.push(netMw[at]! + this.signedMw[next]!);
        trucks.push(trucks[at]! + 1);
      }
    }
    const kinds = new Map<string, number>();
    const kind = netMw.map((mw, at) => {
      const key = `${trucks[at]!} ${mw.toFixed(9)}`;
      const own = kinds.get(key) ?? kinds.size;
      kinds.set(key, own);
      return own;
    });
    const firsts = [...kinds.values()].map((own) => kind.indexOf(own));
    this.netMw = Float64Array.from(firsts, (at) => netMw[at]!);
    this.trucks = Int32Array.from(firsts, (at) => trucks[at]!);
    this.usd = new Float64Array(kinds.size);
    this.stepUsd = new Float64Array(this.signedMw.length);
    this.#cheapest = new Int32Array(kinds.size);
    this.#before = Int32Array.from(before);
    this.#step = Int32Array.from(step);
    this.#kind = Int32Array.from(kind);
    this.#usd = new Float64Array(before.length);
  }

  /** @param truckUsd of any truck; @param workUsd in addition at a step. */
  takePrices(
    truckUsd: number,
    { charge, discharge }: { charge: readonly number[]; discharge: readonly number[] },
  ): void {
    const { stepUsd, usd } = this;
    this.truckUsd = truckUsd;
    for (let i = 0; i < charge.length; i++) stepUsd[i] = truckUsd + charge[i]!;
    for (let i = 0; i < discharge.length; i++) stepUsd[charge.length + i] = truckUsd + discharge[i]!;
    const [own, before, step, kind, cheapest] = [this.#usd, this.#before, this.#step, this.#kind, this.#cheapest];
    usd.fill(Infinity);
    usd[0] = 0;
    for (let at = 1; at < own.length; at++) {
      const atUsd = own[before[at]!]! + stepUsd[step[at]!]!;
      own[at] = atUsd;
      if (atUsd >= usd[kind[at]!]!) continue;
      usd[kind[at]!] = atUsd;
      cheapest[kind[at]!] = at;
    }
  }

  /** Net power of every truck of the cheapest choice. */
  powersMw(kind: number): number[] {
    const powers: number[] = [];
    for (let at = kind === 0 ? 0 : this.#cheapest[kind]!; at > 0; at = this.#before[at]!)
      powers.push(this.signedMw[this.#step[at]!]!);
    return powers;
  }
}

/** Ways to have up to so many trucks of a group at steps. */
export function choicesOf({ steps, count }: WorkGroup, places: number): number {
  const kinds = steps.charge.length + steps.discharge.length;
  // Of so many kinds up to so many, repeated as often as wished.
  let ways = 1;
  for (let i = 1; i <= Math.min(count, places); i++) ways = (ways * (kinds + i)) / i;
  return ways;
}
