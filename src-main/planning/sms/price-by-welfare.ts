/**
 * Prices and routes where a grid's cost is no function of its trucks' net power alone: stations at several buses of one feeder, reserves that
 * grids hold for each other. The day that is best for owner and users together (models/sms/welfare.ts) gives routes, and the bound: users who
 * may rent nothing pay in rents no more than they save. Prices follow from what a MW is worth at every connection on that day. Beyond small days
 * the bound comes from mixtures of truck days (welfare-bound.ts), and routes from grids that pay by net power and answer their own wind.
 */
import { settingOf } from '../../models/sms/assemble-plan.ts';
import { besideMw, buildConnectionProgram, worthBetween } from '../../models/sms/connection-worth.ts';
import type { FleetPowers } from '../../models/sms/marginal/fixed-routes.ts';
import { isSeparable } from '../../models/sms/marginal/curve-program.ts';
import { buildImplementingPrices } from '../../models/sms/marginal/implementing-prices.ts';
import { priceCandidates } from '../../models/sms/marginal/price-candidates.ts';
import type { Leg } from '../../models/sms/plan.ts';
import { highestPrice, lowestPrice, mayIdle, offeredPrices } from '../../models/sms/prices.ts';
import type { SmsProblem } from '../../models/sms/problem.ts';
import { withoutSharing } from '../../models/sms/reserve-sharing.ts';
import { buildCheapestRoutes, buildWelfare } from '../../models/sms/welfare.ts';
import type { SolveOptions, Solver } from '../../solver/solver.ts';
import { smsCurves } from './sms-curves.ts';
import type { Incumbents } from './sms-incumbent.ts';
import { sameThread } from '../helpers/same-thread.ts';
import { RoutePricer } from './sms-price-routes.ts';
import { boundWelfare } from './welfare-bound.ts';

export interface WelfareSearch {
  problem: SmsProblem;
  solver: Solver;
  incumbents: Incumbents;
  /** What the users pay without any truck. */
  aloneUsd: number;
  /** Options for what begins now. */
  left: (share: number) => SolveOptions;
  /** This share of the time is used, or it was stopped. */
  isOver: (share: number) => boolean;
  /** Called with the bound when it is known. */
  onBound: (boundUsd: number) => void;
}

export type WelfareEnd = { kind: 'ended' | 'infeasible' } | { kind: 'failed'; problem: string };

/** Share of the time for the day that is best for all. */
const welfareShare = 0.4;
/** Of prices at the margin, asked where the margin itself is refused. */
const fallbacks = [0.97, 0.9, 0.75, 0.5];

export async function priceByWelfare(search: WelfareSearch): Promise<WelfareEnd> {
  const ended = await (isSmall(search.problem) ? byOneProgram(search) : byMixtures(search));
  return ended.kind === 'ended' ? standStill(search) : ended;
}

/** Trucks × slots up to which the day that is best for all is one program. */
const isSmall = ({ trucks, slots }: SmsProblem): boolean => trucks.length * slots <= 16;

/** Trucks that nobody rents should at least not drive. */
async function standStill({ problem, solver, incumbents, left }: WelfareSearch): Promise<WelfareEnd> {
  const cheapest = buildCheapestRoutes(problem);
  const standing = await solver.solve(cheapest.program, left(1));
  if (standing.kind === 'optimal' || standing.kind === 'feasible')
    await incumbents.evaluate(
      { routes: cheapest.read(standing.solution.columns), priceUsdPerMwh: pricesAt(problem, highestPrice) },
      left(1),
    );
  return { kind: 'ended' };
}

/** Every station at the bus of its grid's others, and every grid for its own wind. */
function apart(problem: SmsProblem): SmsProblem {
  const terminals = problem.terminals.map((terminal) => {
    if (terminal.kind === 'depot') return terminal;
    const { bus: _, ...station } = terminal;
    return station;
  });
  return { ...withoutSharing(problem), terminals };
}

async function byMixtures(search: WelfareSearch): Promise<WelfareEnd> {
  const { problem, solver, incumbents, aloneUsd, left, onBound, isOver } = search;
  // First: the grids' answers to routes take long, and what is proven should not wait for them.
  const bounded = await boundWelfare({
    problem,
    solver,
    options: () => left(1),
    firstDays: null,
    isOver: () => isOver(boundShare),
    onBound: (leastUsd) => {
      if (mayIdle(problem)) onBound(aloneUsd - leastUsd);
    },
  });
  if (bounded.kind === 'failed') return bounded;
  const near = apart(problem);
  const known = isSeparable(near) ? await smsCurves(near, solver, left(1)) : null;
  if (known?.kind === 'failed') return known;
  if (known?.kind === 'known') {
    const tools = { solver, incumbents, helpers: sameThread, fleetShare };
    const pricer = new RoutePricer(near, known.curves, tools);
    await pricer.begin(() => left(1));
    if (bounded.days !== null) await pricer.improve(bounded.days, () => left(1));
    await pricer.close();
  }
  const best = incumbents.best;
  // What the grids pay apart priced these routes; what they pay as they are may bring more.
  if (best !== null) {
    const { chargeMw, dischargeMw, energyMwh } = best.reply;
    const { presence, driving } = settingOf(problem, best.decision);
    const netMw = problem.grids.map((_, g) =>
      Array.from({ length: problem.slots }, (__, t) =>
        presence.reduce((sum, own, k) => (own[t] === g ? sum + dischargeMw[k]![t]! - chargeMw[k]![t]! : sum), 0),
      ),
    );
    const spare = energyMwh.map((own, k) => own.map((mwh, t) => mwh - (driving?.aheadMwh[k]![t] ?? 0)));
    const failed = await priceRoutes(search, best.decision.routes, { chargeMw, dischargeMw, energyMwh: spare, netMw });
    if (failed !== null) return failed;
  }
  return { kind: 'ended' };
}

/** Share of the time after which the bound is left as it is. */
const boundShare = 0.4;
/** Of the time for better fleets: what grids pay apart is only near what they pay. */
const fleetShare = 0.2;

async function byOneProgram(search: WelfareSearch): Promise<WelfareEnd> {
  const { problem, solver, aloneUsd, left, onBound } = search;
  const welfare = buildWelfare(problem);
  const outcome = await solver.solve(welfare.program, left(welfareShare));
  switch (outcome.kind) {
    case 'infeasible':
      return { kind: 'infeasible' };
    case 'failed':
      return { kind: 'failed', problem: outcome.problem };
    case 'unbounded':
      return { kind: 'failed', problem: 'the day that is best for all has no end' };
    case 'cancelled':
      return { kind: 'ended' };
    case 'optimal':
    case 'feasible':
      break;
  }
  const { columns, objective } = outcome.solution;
  const leastUsd = Number.isFinite(outcome.bound) ? Math.min(outcome.bound, objective) : -Infinity;
  if (mayIdle(problem)) onBound(aloneUsd - leastUsd);
  const { routes, powers } = welfare.read(columns);
  const failed = await priceRoutes(search, routes, powers);
  return failed ?? { kind: 'ended' };
}

async function priceRoutes(
  { problem, solver, incumbents, left }: WelfareSearch,
  routes: Leg[][],
  powers: FleetPowers,
): Promise<WelfareEnd | null> {
  const places = settingOf(problem, { routes, priceUsdPerMwh: [] });
  const slopes: Map<string, number>[] = [];
  for (const shiftMw of [-besideMw, 0, besideMw]) {
    const { program, read } = buildConnectionProgram(problem, places, powers, shiftMw);
    const outcome = await solver.solve(program, { ...left(1), method: 'simplex' });
    if (outcome.kind === 'optimal') slopes.push(read(outcome.solution.rowDuals));
  }
  if (slopes.length === 0) return null;
  const implementing = buildImplementingPrices(problem, worthBetween(slopes), places, powers);
  const outcome = await solver.solve(implementing.program, left(1));
  if (outcome.kind !== 'optimal') return null;
  const margin = implementing.read(outcome.solution.columns);
  for (const factor of [1, ...fallbacks]) {
    const wished = margin.map((slots, g) =>
      slots.map((price, t) => Math.max(lowestPrice(problem, g, t), factor * price)),
    );
    for (const priceUsdPerMwh of priceCandidates(problem, wished, powers)) {
      const tried = await incumbents.evaluate({ routes, priceUsdPerMwh }, left(1));
      if (tried.kind === 'failed') return tried;
      if (tried.kind === 'stopped') return null;
    }
  }
  return null;
}

/** Steps of a price for polishing: the menu, or a little more and less. */
export const priceSteps =
  (problem: SmsProblem) =>
  (grid: number, slot: number, price: number): number[] => {
    if (problem.priceCapUsdPerMwh === undefined)
      return offeredPrices(problem, grid, slot, 0).filter((offered) => offered !== price);
    const within = (usd: number): number =>
      Math.min(highestPrice(problem, grid, slot), Math.max(lowestPrice(problem, grid, slot), usd));
    return [within(price * 1.05), within(price * 0.95)].filter((step) => step !== price);
  };

const pricesAt = (
  problem: SmsProblem,
  priceOf: (problem: SmsProblem, grid: number, slot: number) => number,
): number[][] => problem.grids.map((_, g) => Array.from({ length: problem.slots }, (__, t) => priceOf(problem, g, t)));
