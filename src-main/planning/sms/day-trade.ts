/** The best days of a truck at given prices as the work of a helper (planning/helpers): it knows the day, and is told the prices. */
import { dayLevels } from '../../models/sms/marginal/day-levels.ts';
import type { DayPrices, DaySearch, StayPrice, TruckDay } from '../../models/sms/marginal/priced-day.ts';
import { PricedDays } from '../../models/sms/marginal/priced-days.ts';
import { networkOf, type Arc } from '../../models/sms/network.ts';
import type { SmsProblem, Truck } from '../../models/sms/problem.ts';

export interface DaysKnown {
  problem: SmsProblem;
  /** One of each class. */
  trucks: readonly Truck[];
  /** Parts of full power after which prices may bend [stage]. */
  parts: readonly number[];
}

export interface DaysWish {
  stage: number;
  class: number;
  /** Of a stay [terminal × slots + slot]; null where the truck may not stay, or does not work. */
  stays: readonly (StayPrice | null)[];
  /** Of the truck's network, those that days may use; null: all. */
  arcs: readonly number[] | null;
  chargeUsdPerMwh: number;
  /** Days worth more than this are told, at most so many, each the best through some arc that those before do not use. */
  leastUsd: number;
  most: number;
}

export interface DaysFound {
  /** Of the best day; −Infinity where no path leads to the final energy. */
  valueUsd: number;
  /** Of the best day that uses the arc [arc of the truck's network]; −Infinity where no day does. */
  throughUsd: Float64Array;
  days: ArcDay[];
}

/** A day by the arcs of its truck's network. */
export interface ArcDay extends Omit<TruckDay, 'path'> {
  arcs: number[];
}

export const daySearches = (problem: SmsProblem, trucks: readonly Truck[], parts: number): DaySearch[] =>
  trucks.map((truck) => ({
    problem,
    truck,
    network: networkOf(problem, truck),
    levels: dayLevels(truck, problem.slots, problem.slotHours, parts),
  }));

export function dayTrade({ problem, trucks, parts }: DaysKnown): (wish: DaysWish) => DaysFound {
  const stages = parts.map((own) => daySearches(problem, trucks, own));
  return ({ stage, class: own, stays, arcs, chargeUsdPerMwh, leastUsd, most }) => {
    const stay = (terminal: number, slot: number): StayPrice | null => stays[terminal * problem.slots + slot] ?? null;
    const search = stages[stage]![own]!;
    const network = arcs === null ? search.network : arcs.map((a) => search.network[a]!);
    const priced = new PricedDays({ ...search, network }, { stay, chargeUsdPerMwh });
    const throughUsd = new Float64Array(search.network.length).fill(-Infinity);
    priced.throughUsd.forEach((usd, i) => (throughUsd[arcs === null ? i : arcs[i]!] = usd));
    if (priced.valueUsd === -Infinity) return { valueUsd: -Infinity, throughUsd, days: [] };
    const places = placesOf(search.network);
    const days = priced.diverse({ leastUsd, most }).map(({ path, ...rest }): ArcDay => {
      return { ...rest, arcs: path.map((arc) => places.get(arc)!) };
    });
    return { valueUsd: priced.valueUsd, throughUsd, days };
  };
}

/** Prices as they travel. */
export const staysOf = ({ terminals, slots }: SmsProblem, { stay }: DayPrices): (StayPrice | null)[] =>
  terminals.flatMap(({ kind }, terminal) =>
    Array.from({ length: slots }, (_, slot) => (kind === 'station' ? stay(terminal, slot) : null)),
  );

/** The day itself, on the truck's network. */
export const dayOf = ({ network }: DaySearch, { arcs, ...rest }: ArcDay): TruckDay => ({
  ...rest,
  path: arcs.map((a) => network[a]!),
});

const known = new WeakMap<readonly Arc[], Map<Arc, number>>();

function placesOf(network: readonly Arc[]): Map<Arc, number> {
  const places = known.get(network) ?? new Map(network.map((arc, a) => [arc, a]));
  known.set(network, places);
  return places;
}
