/** Days of the whole fleet at marginal revenue: what they earn together, the best path of one truck among the others, and powers for all. */
import { drivesOnBattery } from '../driving.ts';
import { networkOf, type Arc } from '../network.ts';
import type { SmsProblem } from '../problem.ts';
import { bestPath } from './best-path.ts';
import { revenueAt, revenueNear, revenuePieces, type CostCurve, type RevenuePiece } from './cost-curve.ts';
import { energySteps, partsOfPower } from './energy-steps.ts';
import type { TruckDay } from './priced-day.ts';
import { fineSteps, settlePowers, type FineSteps } from './settle-powers.ts';

/** Every truck in turn, at most so often. */
const mostPasses = 6;
/** Rounds of powers that bring less than this more are the last, USD. */
const leastGainUsd = 0.01;
const mostRounds = 5;

export class FleetDays {
  readonly problem: SmsProblem;
  readonly #pieces: RevenuePiece[][][];
  readonly #networks: Arc[][];
  readonly #energies: number[][];
  readonly #fine: FineSteps[];

  constructor(problem: SmsProblem, curves: readonly (readonly CostCurve[])[]) {
    const { trucks, slotHours } = problem;
    this.problem = problem;
    this.#pieces = curves.map((slots) => slots.map(revenuePieces));
    this.#networks = trucks.map((truck) => networkOf(problem, truck));
    this.#energies = trucks.map((truck) => energySteps(truck, slotHours, partsOfPower(truck, slotHours)));
    this.#fine = trucks.map((truck) => fineSteps(truck, slotHours));
  }

  /** Each truck takes its best path with the others as they are, `first` before all others, until none gains; null when not every truck finds a way. */
  improved(start: readonly (TruckDay | null)[], first: number): TruckDay[] | null {
    const days = [...start];
    const count = days.length;
    const order = days.map((_, i) => (first + i) % count);
    // Whoever has nothing to do yet chooses before the others change.
    order.sort((a, b) => Number(days[a] !== null) - Number(days[b] !== null));
    let still = 0;
    for (let turn = 0; still < count && turn < mostPasses * count; turn++) {
      const k = order[turn % count]!;
      const found = this.best(days, k);
      if (found === null) return null;
      const before = days[k] ?? null;
      still = before !== null && samePath(before.path, found.path) ? still + 1 : 0;
      days[k] = found;
    }
    return days.filter((day) => day !== null);
  }

  /** Null where there is no way. @param trust [grid][slot] what its gains there count for; 1 when left out. */
  best(days: readonly (TruckDay | null)[], k: number, trust?: readonly (readonly number[])[]): TruckDay | null {
    const { problem } = this;
    const others = days.filter((day, other): day is TruckDay => day !== null && other !== k);
    const netMw = this.#netOf(others);
    const pieces = this.#pieces;
    const trusted = (g: number, t: number): number => trust?.[g]?.[t] ?? 1;
    return bestPath(problem, {
      truck: problem.trucks[k]!,
      network: this.#networks[k]!,
      energies: this.#energies[k]!,
      gains: (g, t, powers) => {
        const [here, other] = [pieces[g]![t]!, netMw[g]![t]!];
        const [withoutUsd, share] = [revenueAt(here, other), trusted(g, t)];
        return powers.map((mw) => (revenueAt(here, other + mw) - withoutUsd) * share);
      },
      mayStay: (terminal, slot) => placesLeft(problem, others, terminal, slot) > 0,
    });
  }

  /** The same paths with powers found on fine steps, and what they earn nearly: to compare, not to promise. Trucks that drive on their batteries keep their powers. */
  settled(days: readonly TruckDay[]): { days: TruckDay[]; usd: number } {
    const { problem } = this;
    const settled = [...days];
    let usd = this.#nearUsd(settled);
    if (drivesOnBattery(problem)) return { days: settled, usd };
    for (let round = 0; round < mostRounds; round++) {
      settled.forEach((day, k) => {
        const [truck, steps] = [problem.trucks[k]!, this.#fine[k]!];
        const othersMw = this.#netOf(settled.filter((_, other) => other !== k));
        settled[k] = settlePowers(problem, { truck, steps, day, othersMw, pieces: this.#pieces });
      });
      const now = this.#nearUsd(settled);
      if (now < usd + leastGainUsd && round > 0) break;
      usd = now;
    }
    return { days: settled, usd };
  }

  /** Marginal revenue less way and wear, where each power may be a fine step off. */
  #nearUsd(days: readonly TruckDay[]): number {
    const { trucks, slotHours } = this.problem;
    const withinMw = Math.min(...this.#fine.map(({ stepMw }) => stepMw));
    const revenueUsd = this.#netOf(days).reduce(
      (sum, slots, g) => slots.reduce((own, n, t) => own + revenueNear(this.#pieces[g]![t]!, n, withinMw), sum),
      0,
    );
    return days.reduce((sum, { path, netMw }, k) => {
      const wayUsd = path.reduce((way, { costUsd }) => way + costUsd, 0);
      const usedMwh = slotHours * netMw.reduce((mw, n) => mw + Math.abs(n), 0);
      return sum - wayUsd - usedMwh * trucks[k]!.degradationUsdPerMwh;
    }, revenueUsd);
  }

  /** [grid][slot], MW */
  #netOf(days: readonly TruckDay[]): number[][] {
    const { grids, slots, terminals } = this.problem;
    const netMw = grids.map(() => new Array<number>(slots).fill(0));
    for (const { path, netMw: own } of days)
      for (const arc of path) {
        const terminal = terminals[arc.from]!;
        if (arc.kind === 'stay' && terminal.kind === 'station')
          netMw[terminal.grid]![arc.fromSlot]! += own[arc.fromSlot]!;
      }
    return netMw;
  }
}

function placesLeft(problem: SmsProblem, others: readonly TruckDay[], terminal: number, slot: number): number {
  const place = problem.terminals[terminal]!;
  if (place.kind === 'depot') return Infinity;
  const taken = others.filter(({ path }) =>
    path.some((arc) => arc.kind === 'stay' && arc.from === terminal && arc.fromSlot === slot),
  );
  return place.truckCapacity - taken.length;
}

const samePath = (a: readonly Arc[], b: readonly Arc[]): boolean =>
  a.length === b.length &&
  a.every((arc, i) => arc.from === b[i]!.from && arc.to === b[i]!.to && arc.fromSlot === b[i]!.fromSlot);
