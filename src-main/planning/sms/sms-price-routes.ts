/** Prices for given routes: what the owner would have the trucks do, prices at which the users do it, and the users' true answer. */
import { settingOf } from '../../models/sms/assemble-plan.ts';
import { drivesOnBattery, drivingBudgetMwh, routeMwh } from '../../models/sms/driving.ts';
import { legsOf, presenceOf, terminalBySlot } from '../../models/sms/itinerary.ts';
import type { CostCurve } from '../../models/sms/marginal/cost-curve.ts';
import { buildFixedRoutes } from '../../models/sms/marginal/fixed-routes.ts';
import { buildImplementingPrices, worthByCurves } from '../../models/sms/marginal/implementing-prices.ts';
import {
  improvePairs,
  improvePaths,
  improveTogether,
  type PairsTried,
} from '../../models/sms/marginal/improve-paths.ts';
import { priceCandidates } from '../../models/sms/marginal/price-candidates.ts';
import type { TruckDay } from '../../models/sms/marginal/priced-day.ts';
import type { Leg, OwnerDecision } from '../../models/sms/plan.ts';
import type { SmsProblem } from '../../models/sms/problem.ts';
import type { SolveOptions, Solver } from '../../solver/solver.ts';
import type { Incumbents } from './sms-incumbent.ts';

/** Energies that a truck considers when it looks for a better path. */
const levels = 24;
/** Time for pairs before their share of it has grown. */
const firstPairMs = 3000;
/** After this no other truck is let first. */
const beginSeconds = 5;

export interface RoutePricerTools {
  solver: Solver;
  incumbents: Incumbents;
  /** Share of the time for trying pairs of trucks; nothing else runs meanwhile. */
  pairShare: number;
}

export class RoutePricer {
  readonly #problem: SmsProblem;
  readonly #curves: CostCurve[][];
  readonly #solver: Solver;
  readonly #incumbents: Incumbents;
  readonly #pairShare: number;
  readonly #startedAt = performance.now();
  /** Beyond their share; a little is theirs from the beginning. */
  #pairMs = -firstPairMs;
  #pairs: PairsTried | null = null;
  readonly #tried = new Set<string>();
  /** Of the best decision this pricer found [truck]. */
  bestDays: TruckDay[] | null = null;

  constructor(problem: SmsProblem, curves: CostCurve[][], tools: RoutePricerTools) {
    const { solver, incumbents, pairShare } = tools;
    this.#pairShare = pairShare;
    this.#problem = problem;
    this.#curves = curves;
    this.#solver = solver;
    this.#incumbents = incumbents;
  }

  /** Routes that the trucks find one after the other, each of them first once as far as time allows; @returns the last of them. */
  async begin(options: SolveOptions): Promise<TruckDay[] | null> {
    const none = this.#problem.trucks.map(() => null);
    const endsAt = performance.now() + beginSeconds * 1000;
    let last: TruckDay[] | null = null;
    for (const first of this.#problem.trucks.keys()) {
      if (last !== null && performance.now() > endsAt) break;
      const found = this.#improved(none, first);
      last = found ?? last;
      await this.#price(found, options);
    }
    if (last !== null) await this.#tryPairs(this.bestDays ?? last, options);
    return last;
  }

  /** These days, and what the trucks make of them one after the other. */
  async improve(days: readonly TruckDay[], options: SolveOptions): Promise<void> {
    await this.#price(days, options);
    const improved = this.#improved(days, 0);
    if (improved === null) return;
    await this.#price(improved, options);
    await this.#tryPairs(improved, options);
  }

  /** Goes on with the pairs of earlier days, as far as their share of the time allows, before it turns to these. */
  async #tryPairs(days: readonly TruckDay[], options: SolveOptions): Promise<void> {
    const now = performance.now();
    const leftMs = this.#pairShare * (now - this.#startedAt) - this.#pairMs;
    if (leftMs <= 0 || this.#pairShare === 0 || days.length < 2) return;
    const isOver = (): boolean => performance.now() > now + leftMs;
    const tried = this.#pairs ?? { days, next: 0, sinceGain: 0, isDone: false };
    const found = improveTogether(this.#problem, this.#curves, { tried, levels }, isOver);
    const best = found?.days ?? improvePairs(this.#problem, this.#curves, { days, levels }, isOver);
    this.#pairs = found === null || found.isDone ? null : found;
    this.#pairMs += performance.now() - now;
    await this.#price(best, options);
  }

  #improved(days: readonly (TruckDay | null)[], first: number): TruckDay[] | null {
    return improvePaths(this.#problem, this.#curves, { days, first, levels });
  }

  /** Leaves routes that were tried, that do not fit, or that cannot beat the best. */
  async #price(days: readonly TruckDay[] | null, options: SolveOptions): Promise<void> {
    if (days === null) return;
    const problem = this.#problem;
    const routes = days.map(({ path }) => legsOf(path));
    const key = JSON.stringify(routes);
    if (this.#tried.has(key) || !isComplete(problem, routes)) return;
    this.#tried.add(key);
    const places = settingOf(problem, { routes, priceUsdPerMwh: [] });
    const exact = { ...options, relativeGap: 1e-7, explainInfeasibility: 'no' as const };
    const fixed = buildFixedRoutes(problem, this.#curves, places);
    const outcome = await this.#solver.solve(fixed.program, exact);
    if (outcome.kind !== 'optimal') return;
    const wayUsd = days.flatMap(({ path }) => path).reduce((sum, arc) => sum + arc.costUsd, 0);
    if (-outcome.solution.objective - wayUsd <= this.#incumbents.profitUsd + 1e-9) return;
    const powers = fixed.read(outcome.solution.columns);
    const implementing = buildImplementingPrices(problem, worthByCurves(this.#curves, powers), places, powers);
    const prices = await this.#solver.solve(implementing.program, exact);
    if (prices.kind !== 'optimal') return;
    const margin = implementing.read(prices.solution.columns);
    for (const priceUsdPerMwh of priceCandidates(problem, margin, powers)) {
      const found = await this.#incumbents.evaluate({ routes, priceUsdPerMwh }, options);
      if (found.kind === 'evaluated' && found.profitUsd >= this.#incumbents.profitUsd) this.bestDays = [...days];
    }
  }
}

/** From start to end, on each truck's charge, and no more trucks at a station than places. */
function isComplete(problem: SmsProblem, routes: readonly Leg[][]): boolean {
  const ends = routes.every((legs, k) => {
    const last = legs.at(-1);
    if (!last || last.untilSlot !== problem.slots) return false;
    return (last.kind === 'stay' ? last.terminal : last.to) === problem.trucks[k]!.end;
  });
  if (!ends) return false;
  const onCharge = routes.every((legs, k) => {
    const truck = problem.trucks[k]!;
    return !drivesOnBattery(problem) || routeMwh(problem, truck, legs) <= drivingBudgetMwh(truck) + 1e-9;
  });
  if (!onCharge) return false;
  const places = routes.map((legs) => terminalBySlot(problem, legs));
  return problem.terminals.every(
    (terminal, i) =>
      terminal.kind === 'depot' ||
      Array.from({ length: problem.slots }, (_, slot) => slot).every(
        (slot) => places.filter((own) => own[slot] === i).length <= terminal.truckCapacity,
      ),
  );
}

/** Prices of the best decision moved by one step at a time where trucks stand, as long as that pays and there is time. */
export async function polishPrices(
  problem: SmsProblem,
  incumbents: Incumbents,
  steps: (grid: number, slot: number, price: number) => number[],
  { options, isOver }: { options: SolveOptions; isOver: () => boolean },
): Promise<void> {
  for (let improved = true; improved;) {
    improved = false;
    const start = incumbents.best;
    if (start === null) return;
    const places = new Set(
      presenceOf(problem, start.decision.routes).flatMap((slots) =>
        slots.flatMap((grid, slot) => (grid === null ? [] : [`${grid} ${slot}`])),
      ),
    );
    for (const place of places) {
      const [grid, slot] = place.split(' ').map(Number) as [number, number];
      const before: OwnerDecision = incumbents.best!.decision;
      const profitUsd = incumbents.profitUsd;
      for (const price of steps(grid, slot, before.priceUsdPerMwh[grid]![slot]!)) {
        if (isOver()) return;
        const priceUsdPerMwh = before.priceUsdPerMwh.map((slots, g) =>
          slots.map((own, t) => (g === grid && t === slot ? price : own)),
        );
        await incumbents.evaluate({ ...before, priceUsdPerMwh }, options);
      }
      improved ||= incumbents.profitUsd > profitUsd + 1e-6 * Math.max(1, Math.abs(profitUsd));
    }
  }
}
