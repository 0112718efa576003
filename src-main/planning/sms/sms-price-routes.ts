/** Prices for given routes: what the owner would have the trucks do, prices at which the users do it, and the users' true answer. */
import { settingOf } from '../../models/sms/assemble-plan.ts';
import { drivesOnBattery, drivingBudgetMwh, routeMwh } from '../../models/sms/driving.ts';
import { legsOf, presenceOf, terminalBySlot } from '../../models/sms/itinerary.ts';
import type { CostCurve } from '../../models/sms/marginal/cost-curve.ts';
import { buildFixedRoutes } from '../../models/sms/marginal/fixed-routes.ts';
import { buildImplementingPrices, worthByCurves } from '../../models/sms/marginal/implementing-prices.ts';
import type { FoundFleet } from '../../models/sms/marginal/fleet-search.ts';
import { FleetDays } from '../../models/sms/marginal/fleet-days.ts';
import { priceCandidates } from '../../models/sms/marginal/price-candidates.ts';
import type { TruckDay } from '../../models/sms/marginal/priced-day.ts';
import type { Leg, OwnerDecision } from '../../models/sms/plan.ts';
import type { SmsProblem } from '../../models/sms/problem.ts';
import type { SolveOptions, Solver } from '../../solver/solver.ts';
import type { Helper, HelperReply, Helpers } from '../helpers/helpers.ts';
import type { Incumbents } from './sms-incumbent.ts';

/** After this no other truck is let first. */
const beginSeconds = 5;
/** About what one request to the helper should take. */
const requestMs = 500;
/** Time for better fleets in the caller's thread before their share of it has grown. */
const firstFleetMs = 1000;
/** In the caller's thread it ends after so many steps without a new fleet; days newly proposed are worth so many. */
const mostDrySteps = 60;
const proposedSteps = 10;
/** Fleets that wait to be priced; of more, the worst are left. */
const mostWaiting = 5;
const seed = 1;

export interface RoutePricerTools {
  solver: Solver;
  incumbents: Incumbents;
  helpers: Helpers;
  /** Share of the time for better fleets where a helper has no thread of its own: nothing else runs meanwhile. 0: none are sought. */
  fleetShare: number;
}

export class RoutePricer {
  readonly #problem: SmsProblem;
  readonly #curves: CostCurve[][];
  readonly #tools: RoutePricerTools;
  readonly #incumbents: Incumbents;
  readonly #fleet: FleetDays;
  readonly #helper: Helper<'sms-fleets'> | null;
  readonly #startedAt = performance.now();
  /** Of the helper in the caller's thread. */
  #fleetMs = 0;
  #requestSteps = 1;
  /** Since a fleet was found. */
  #drySteps = 0;
  /** Days that better fleets may come of. */
  #proposed: readonly TruckDay[] | null = null;
  #found: FoundFleet[] = [];
  #running: Promise<void> | null = null;
  readonly #tried = new Set<string>();
  /** Of the best decision this pricer found [truck]. */
  bestDays: TruckDay[] | null = null;
  /** Why the helper broke, if it did. */
  problem: string | null = null;

  constructor(problem: SmsProblem, curves: CostCurve[][], tools: RoutePricerTools) {
    this.#tools = tools;
    this.#problem = problem;
    this.#curves = curves;
    this.#incumbents = tools.incumbents;
    this.#fleet = new FleetDays(problem, curves);
    // One truck alone has its best path from the beginning.
    const isAlone = problem.trucks.length === 1;
    this.#helper =
      isAlone || tools.fleetShare === 0 ? null : tools.helpers.open('sms-fleets', { problem, curves, seed });
  }

  /** Routes that the trucks find one after the other, each of them first once as far as time allows; @returns the last of them. */
  async begin(options: () => SolveOptions): Promise<TruckDay[] | null> {
    const none = this.#problem.trucks.map(() => null);
    const endsAt = performance.now() + beginSeconds * 1000;
    let last: TruckDay[] | null = null;
    for (const first of this.#problem.trucks.keys()) {
      if (last !== null && performance.now() > endsAt) break;
      const found = this.#fleet.improved(none, first);
      last = found ?? last;
      await this.#price(found, options());
    }
    if (last === null) return null;
    this.#proposed = this.bestDays ?? last;
    if (this.#tools.helpers.threads > 0) this.#running = this.#searchBeside(options);
    else await this.#searchBetween(options);
    return last;
  }

  /** These days, and what the trucks make of them one after the other. */
  async improve(days: readonly TruckDay[], options: () => SolveOptions): Promise<void> {
    await this.#price(days, options());
    const improved = this.#fleet.improved(days, 0);
    if (improved === null) return;
    await this.#price(improved, options());
    this.#proposed = improved;
    this.#drySteps = Math.min(this.#drySteps, mostDrySteps - proposedSteps);
    if (this.#running === null) await this.#searchBetween(options);
  }

  /** Ends the search for fleets; nothing of it is left. */
  async close(): Promise<void> {
    await this.#helper?.close();
    await this.#running;
  }

  /** In a thread of its own the helper searches on, however long it takes to price what it found. */
  async #searchBeside(options: () => SolveOptions): Promise<void> {
    let pricing = Promise.resolve();
    let isPricing = false;
    const price = async (): Promise<void> => {
      isPricing = true;
      for (let fleet = this.#nextFound(); fleet !== null; fleet = this.#nextFound())
        await this.#price(fleet, options());
      isPricing = false;
    };
    for (let asked = this.#ask(); asked !== null;) {
      const fleets = this.#take(await asked);
      asked = fleets === null ? null : this.#ask();
      this.#found.push(...(fleets ?? []));
      if (!isPricing) pricing = price();
    }
    this.#found = [];
    await pricing;
  }

  /** The best of those that wait. */
  #nextFound(): TruckDay[] | null {
    const waiting = this.#found.toSorted((a, b) => b.usd - a.usd).slice(0, mostWaiting);
    const best = waiting.shift();
    this.#found = waiting;
    return best?.days ?? null;
  }

  /** As long as its share of the time allows. */
  async #searchBetween(options: () => SolveOptions): Promise<void> {
    const { fleetShare } = this.#tools;
    for (;;) {
      const leftMs = firstFleetMs + fleetShare * (performance.now() - this.#startedAt) - this.#fleetMs;
      const asked = leftMs > 0 && this.#drySteps < mostDrySteps ? this.#ask() : null;
      const fleets = asked && this.#take(await asked);
      if (fleets === null) return;
      for (const { days } of fleets) await this.#price(days, options());
    }
  }

  /** So much that it takes about as long as a request should; null where there is no helper. */
  #ask(): Promise<HelperReply<'sms-fleets'>> | null {
    const steps = this.#requestSteps;
    const from = this.#proposed;
    this.#proposed = null;
    const askedAt = performance.now();
    const asked = this.#helper?.ask({ steps, from }) ?? null;
    return (
      asked &&
      asked.then((reply) => {
        const tookMs = performance.now() - askedAt;
        this.#fleetMs += tookMs;
        this.#drySteps = reply.kind === 'done' && reply.answer.length > 0 ? 0 : this.#drySteps + steps;
        this.#requestSteps = Math.max(1, Math.min(2 * steps, Math.round((steps * requestMs) / Math.max(1, tookMs))));
        return reply;
      })
    );
  }

  /** Null where nothing more comes. */
  #take(reply: HelperReply<'sms-fleets'>): FoundFleet[] | null {
    switch (reply.kind) {
      case 'done':
        return reply.answer;
      case 'closed':
        return null;
      case 'failed':
        this.problem = `the search for better routes broke: ${reply.problem}`;
        return null;
    }
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
    const outcome = await this.#tools.solver.solve(fixed.program, exact);
    if (outcome.kind !== 'optimal') return;
    const wayUsd = days.flatMap(({ path }) => path).reduce((sum, arc) => sum + arc.costUsd, 0);
    if (-outcome.solution.objective - wayUsd <= this.#incumbents.profitUsd + 1e-9) return;
    const powers = fixed.read(outcome.solution.columns);
    const implementing = buildImplementingPrices(problem, worthByCurves(this.#curves, powers), places, powers);
    const prices = await this.#tools.solver.solve(implementing.program, exact);
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
