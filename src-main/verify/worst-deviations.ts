/** The deviations of a slot that go furthest, and what they and the answers to them move on a network. Shares nothing with the model. */
import type { V2gProblem } from '../models/v2g/problem.ts';
import type { NetworkPlaces } from '../models/v2g/site-network.ts';
import type { NetDemand } from './network-parts.ts';
import { worstInSlot } from './worst-in-slot.ts';

export interface Furthest {
  deviationKw: number[];
  /** Bus whose cars take the whole of it; null: none. */
  bus: number | null;
  value: number;
}

/** Of all who may answer, the one with whom the worst deviation goes furthest. `effect` is linear in the demand moved. */
export function furthest(
  problem: V2gProblem,
  slot: number,
  moves: readonly NetDemand[],
  answers: readonly number[],
  effect: (move: NetDemand) => number,
): Furthest {
  const count = moves[0]!.pMw.length;
  const own = moves.map(effect);
  const convex = withConvexSet(problem);
  let best: Furthest = { deviationKw: [], bus: null, value: -Infinity };
  for (const bus of [null, ...answers]) {
    const back = bus === null ? 0 : effect(unitAt(count, bus));
    const { deviationKw, value } = worstInSlot(
      convex,
      slot,
      own.map((kw) => kw - back),
    );
    if (value > best.value) best = { deviationKw, bus, value };
  }
  return best;
}

/** Nobody knows who will answer: a limit that need hold with a probability only is held on the mean of the worst days, which no answer between the corners exceeds. */
export function withConvexSet(problem: V2gProblem): V2gProblem {
  const { set } = problem.uncertainty;
  if (set?.kind !== 'wasserstein-exact') return problem;
  return { ...problem, uncertainty: { ...problem.uncertainty, set: { ...set, kind: 'wasserstein' } } };
}

/** @param share of the deviation that is answered. */
export function movedBy(
  demand: NetDemand,
  moves: readonly NetDemand[],
  { deviationKw, bus }: Pick<Furthest, 'deviationKw' | 'bus'>,
  share = 1,
): NetDemand {
  const pMw = [...demand.pMw];
  const qMvar = [...demand.qMvar];
  moves.forEach((move, l) => {
    for (let k = 0; k < pMw.length; k++) {
      pMw[k]! += deviationKw[l]! * move.pMw[k]!;
      qMvar[k]! += deviationKw[l]! * move.qMvar[k]!;
    }
  });
  if (bus !== null) pMw[bus]! -= (share * deviationKw.reduce((sum, kw) => sum + kw, 0)) / 1000;
  return { pMw, qMvar };
}

/** What a kW of each component moves at the buses [component]. */
export function deviationsPerKw(
  problem: V2gProblem,
  places: NetworkPlaces,
  buses: readonly string[],
  slot: number,
): NetDemand[] {
  const place = new Map(buses.map((bus, index) => [bus, index]));
  const windKw = problem.wind.map((park) => park.availableKw[slot]!);
  const allWindKw = windKw.reduce((sum, kw) => sum + kw, 0);
  return problem.uncertainty.components.map(({ id, kind }) => {
    const move: NetDemand = { pMw: buses.map(() => 0), qMvar: buses.map(() => 0) };
    if (kind === 'load')
      for (const { bus, share, kvarPerKw } of places.loads) {
        move.pMw[place.get(bus)!]! += share / 1000;
        move.qMvar[place.get(bus)!]! += (share * (kvarPerKw ?? 0)) / 1000;
      }
    else if (kind === 'wind')
      windKw.forEach((kw, k) => {
        const share = allWindKw > 0 ? kw / allWindKw : 1 / windKw.length;
        move.pMw[place.get(places.windBus[k]!)!]! += share / 1000;
      });
    else {
      const index = problem.aggregators.findIndex((one) => one.id === id);
      if (index >= 0) move.pMw[place.get(places.aggregatorBus[index]!)!]! += 1 / 1000;
    }
    return move;
  });
}

/** Where a car that may take a share of a deviation is connected. */
export function answerBuses(
  problem: V2gProblem,
  places: NetworkPlaces,
  all: readonly string[],
  slot: number,
): number[] {
  if (problem.charging === 'uncoordinated' || problem.recourse === 0) return [];
  const buses = new Set<number>();
  for (const ev of problem.evs)
    if (ev.arrivalSlot <= slot && slot < ev.departureSlot) buses.add(all.indexOf(places.aggregatorBus[ev.aggregator]!));
  if (problem.responders === 'each-resource')
    for (const bus of [...places.gasBus, ...places.storageBus]) buses.add(all.indexOf(bus));
  return [...buses];
}

const unitAt = (count: number, bus: number): NetDemand => ({
  pMw: Array.from({ length: count }, (_, k) => (k === bus ? 1 / 1000 : 0)),
  qMvar: Array.from({ length: count }, () => 0),
});

export const weigh = (weights: readonly number[], values: readonly number[]): number =>
  values.reduce((sum, value, k) => sum + value * weights[k]!, 0);

export function summed(count: number, demands: readonly NetDemand[]): NetDemand {
  const pMw = new Array<number>(count).fill(0);
  const qMvar = new Array<number>(count).fill(0);
  for (const demand of demands)
    for (let k = 0; k < pMw.length; k++) {
      pMw[k]! += demand.pMw[k]!;
      qMvar[k]! += demand.qMvar[k]!;
    }
  return { pMw, qMvar };
}
