/** Truck days found so far, shared by all branches, and those of them that a mixture begins with. */
import { dayValueUsd } from '../../models/sms/marginal/day-value.ts';
import type { ClassDay } from '../../models/sms/marginal/day-master.ts';
import type { MasterPrices } from '../../models/sms/marginal/master-prices.ts';
import type { StayPrice, TruckDay } from '../../models/sms/marginal/priced-day.ts';
import type { TruckClass } from '../../models/sms/marginal/truck-classes.ts';
import type { SmsProblem } from '../../models/sms/problem.ts';

/** A day that was in no mixture for so many of them is forgotten; it is found again when it matters. */
const oldAge = 60;
/** A day stays in the mixtures for so many of them after it was found or used, whatever it is worth. */
const youngAge = 6;

interface Known {
  day: ClassDay;
  /** The last mixture it was in. */
  lastUse: number;
}

export class DayStore {
  readonly #problem: SmsProblem;
  readonly #classes: readonly TruckClass[];
  readonly #known = new Map<string, Known>();
  /** The next name. */
  #found: number;
  #mixtures = 0;

  /** @param first days to begin with. */
  constructor(problem: SmsProblem, classes: readonly TruckClass[], first: readonly ClassDay[]) {
    this.#problem = problem;
    this.#classes = classes;
    this.#found = first.reduce((most, { id }) => Math.max(most, id + 1), 0);
    for (const day of first) this.#known.set(keyOf(day), { day, lastUse: 0 });
  }

  get size(): number {
    return this.#known.size;
  }

  /** Keeps the day. @returns it under the name it is known by. */
  take(day: TruckDay, ofClass: number): ClassDay {
    const own: ClassDay = { ...day, class: ofClass, id: this.#found };
    const key = keyOf(own);
    const known = this.#known.get(key) ?? { day: own, lastUse: 0 };
    if (known.day === own) this.#found++;
    known.lastUse = this.#mixtures;
    this.#known.set(key, known);
    return known.day;
  }

  /** At most about so many: those found or used lately, and of the others those that miss least at the prices. */
  best(prices: MasterPrices | null, most: number, isAllowed: (day: ClassDay) => boolean = () => true): ClassDay[] {
    const all = [...this.#known.values()].filter(({ day }) => isAllowed(day));
    if (prices === null || all.length <= most) return all.map(({ day }) => day);
    const isYoung = ({ lastUse }: Known): boolean => this.#mixtures - lastUse <= youngAge;
    const young = all.filter(isYoung).map(({ day }) => day);
    const pricesOf = this.#classes.map((_, c) => ({
      stay: remembered(this.#problem, (terminal, slot) => prices.stay(c, terminal, slot)),
      chargeUsdPerMwh: prices.chargeUsdPerMwh[c]!,
    }));
    const missingUsd = ({ class: c, ...day }: ClassDay): number =>
      prices.truckUsd[c]! - dayValueUsd(this.#problem, this.#classes[c]!.truck, day, pricesOf[c]!);
    const others = all
      .filter((known) => !isYoung(known))
      .map(({ day }) => ({ day, usd: missingUsd(day) }))
      .sort((a, b) => a.usd - b.usd)
      .slice(0, Math.max(0, most - young.length));
    return [...young, ...others.map(({ day }) => day)];
  }

  /** A mixture was solved, and these days were in it. */
  use(days: readonly ClassDay[]): void {
    this.#mixtures++;
    for (const day of days) {
      const known = this.#known.get(keyOf(day));
      if (known) known.lastUse = this.#mixtures;
    }
    for (const [key, { lastUse }] of this.#known) if (this.#mixtures - lastUse > oldAge) this.#known.delete(key);
  }
}

function remembered(
  { terminals, slots }: SmsProblem,
  stay: (terminal: number, slot: number) => StayPrice,
): (terminal: number, slot: number) => StayPrice {
  const known = new Array<StayPrice | undefined>(terminals.length * slots);
  return (terminal, slot) => (known[terminal * slots + slot] ??= stay(terminal, slot));
}

const keys = new WeakMap<readonly number[], string>();

function keyOf({ class: own, path, netMw, firstMwh }: ClassDay): string {
  const known = keys.get(netMw);
  if (known !== undefined) return known;
  const key = `${own}|${firstMwh}|${path.map(({ from, to }) => `${from}.${to}`).join()}|${netMw.map((mw) => mw.toFixed(6)).join()}`;
  keys.set(netMw, key);
  return key;
}
