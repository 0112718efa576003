/** One day of the study: every instance solved, and what is compared of it. */
import { Refusal } from '../../base/errors.ts';
import { buildWelfare } from '../../models/sms/welfare.ts';
import { settingOf, wayCostUsd } from '../../models/sms/assemble-plan.ts';
import { withoutTrucks } from '../../models/sms/pattern.ts';
import type { SmsProblem } from '../../models/sms/problem.ts';
import { highestPrice } from '../../models/sms/prices.ts';
import type { SolveOptions, Solver } from '../../solver/solver.ts';
import { checkSmsPlan } from '../../verify/check-sms-plan.ts';
import type { Helpers } from '../helpers/helpers.ts';
import { solveSms } from '../sms/solve-sms.ts';
import { usersAnswer } from '../sms/users-answer.ts';
import { measurePlan, type PlanMeasures } from './measure-plan.ts';
import { oneFleetPerGrid, withMargins } from './study-problem.ts';

export interface Solved extends PlanMeasures {
  gap: number;
}

/** What an owner who takes the users' dispatch for granted expects, and what comes of it. */
export interface Belief {
  believed: number;
  profit: number;
  gridsSave: number;
  welfare: number;
  /** Of the day taken for granted: how much more there may be to gain, as a share of what it gains. */
  gap: number;
}

export interface StudyDay {
  shared: Solved;
  separate: Solved;
  /** Proven: owner and grids gain no more together. */
  bestShared: number;
  bestSeparate: number;
  /** By name of the reserve. */
  reserves: Record<string, Solved>;
  /** At the highest rent of the definition, and at the rent at which the grids would just not lose. */
  atHighest: Belief;
  atBreakEven: Belief;
}

export interface DayTools {
  solver: Solver;
  helpers: Helpers;
  options: SolveOptions;
}

export interface DayInstances {
  /** With the margins of the definition. */
  problem: SmsProblem;
  /** Margins by name of the reserve [grid][slot], MW. */
  marginsMw: Record<string, number[][]>;
  /** The highest that the definition lets the owner ask. */
  highestRentUsdPerMwh: number;
}

/**
 * Null for a day on which the grids alone are short of energy or reserve: what a truck is worth is then the price put on a shortage.
 * @throws Refusal `cancelled`, `solver-failed` when an instance has no plan in the time, or one that fails the check.
 */
export async function studyDay(instances: DayInstances, tools: DayTools): Promise<StudyDay | null> {
  const { problem, marginsMw, highestRentUsdPerMwh } = instances;
  const alone = await gridsAlone(problem, tools);
  if (alone.isShort) return null;
  const shared = await solved(problem, alone.curtailMw, tools);
  const ownTrucks = oneFleetPerGrid(problem);
  const separate = await solved(ownTrucks, alone.curtailMw, tools);
  const reserves: Record<string, Solved> = {};
  for (const [name, margins] of Object.entries(marginsMw)) {
    const changed = withMargins(problem, margins);
    reserves[name] = await solved(changed, (await gridsAlone(changed, tools)).curtailMw, tools);
  }
  const best = await welfareDay(problem, tools);
  const apart = await welfareDay(ownTrucks, tools);
  return {
    shared,
    separate,
    bestShared: alone.costUsd - best.boundUsd,
    bestSeparate: alone.costUsd - apart.boundUsd,
    reserves,
    atHighest: await beliefAt(problem, best, { rent: highestRentUsdPerMwh, aloneUsd: alone.costUsd }, tools),
    atBreakEven: await beliefAt(
      problem,
      best,
      { rent: breakEven(best, alone.costUsd), aloneUsd: alone.costUsd },
      tools,
    ),
  };
}

async function solved(
  problem: SmsProblem,
  aloneCurtailMw: readonly number[][],
  { solver, helpers, options }: DayTools,
): Promise<Solved> {
  const answer = await solveSms(problem, solver, options, undefined, { helpers });
  if (answer.kind === 'cancelled' && options.signal?.cancelled) throw new Refusal('cancelled', { what: 'The study' });
  if (!('plan' in answer)) throw failed(`${problem.name}: the search ended ${answer.kind}`);
  const [breach] = checkSmsPlan(problem, answer.plan).breaches;
  if (breach) throw failed(`${problem.name}: ${breach.sentence}`);
  return { ...measurePlan(problem, answer.plan, aloneCurtailMw), gap: answer.gap };
}

/** Less is rounding. */
const leastMw = 1e-6;

interface Alone {
  costUsd: number;
  curtailMw: number[][];
  isShort: boolean;
}

async function gridsAlone(problem: SmsProblem, { solver, options }: DayTools): Promise<Alone> {
  const { program, read } = withoutTrucks(problem);
  const outcome = await solver.solve(program, { ...options, explainInfeasibility: 'no' });
  if (outcome.kind !== 'optimal') throw failed(`the grids alone are ${outcome.kind}`);
  const { objective, columns } = outcome.solution;
  const dispatch = read(columns);
  const isShort = dispatch.some(({ unservedMw, emergencyReserveMw }) =>
    [...unservedMw, ...emergencyReserveMw].some((mw) => mw > leastMw),
  );
  return { costUsd: objective, curtailMw: dispatch.map(({ curtailMw }) => curtailMw), isShort };
}

interface Welfare {
  costUsd: number;
  /** No day costs less. */
  boundUsd: number;
  routes: ReturnType<ReturnType<typeof buildWelfare>['read']>['routes'];
  throughputMwh: number[][];
  wearUsd: number;
  wayUsd: number;
}

async function welfareDay(problem: SmsProblem, { solver, options }: DayTools): Promise<Welfare> {
  const { program, read } = buildWelfare(problem);
  const outcome = await solver.solve(program, { ...options, relativeGap: 1e-7, explainInfeasibility: 'no' });
  if (outcome.kind !== 'optimal' && outcome.kind !== 'feasible') throw failed(`the welfare is ${outcome.kind}`);
  const { columns, objective } = outcome.solution;
  const boundUsd = Number.isFinite(outcome.bound) ? Math.min(outcome.bound, objective) : -Infinity;
  const day = read(columns);
  const wear = problem.trucks[0]!.degradationUsdPerMwh;
  const wayUsd = wayCostUsd(problem, { routes: day.routes, priceUsdPerMwh: [] });
  return { ...day, costUsd: objective, boundUsd, wearUsd: wear * total(day.throughputMwh.flat()), wayUsd };
}

/** Rent per MWh at which the grids, were they to work the trucks as is best for all, would pay all they save. */
function breakEven({ costUsd, wearUsd, wayUsd, throughputMwh }: Welfare, aloneUsd: number): number {
  const throughput = total(throughputMwh.flat());
  return throughput > 0 ? (aloneUsd - (costUsd - wearUsd - wayUsd)) / throughput : 0;
}

async function beliefAt(
  problem: SmsProblem,
  { routes, throughputMwh, wearUsd, wayUsd, costUsd, boundUsd }: Welfare,
  { rent, aloneUsd }: { rent: number; aloneUsd: number },
  { solver, options }: DayTools,
): Promise<Belief> {
  const priceUsdPerMwh = problem.grids.map((_, g) =>
    Array.from({ length: problem.slots }, (__, slot) => Math.min(rent, highestPrice(problem, g, slot))),
  );
  const rentUsd = total(throughputMwh.flatMap((slots, g) => slots.map((mwh, t) => mwh * priceUsdPerMwh[g]![t]!)));
  const answer = await usersAnswer(problem, settingOf(problem, { routes, priceUsdPerMwh }), solver, options);
  if (answer.kind !== 'answered') throw failed(`the answer of the grids ended ${answer.kind}`);
  const profit = answer.marginUsd - wayUsd;
  const gridsSave = aloneUsd - answer.usersCostUsd;
  const gap = (costUsd - boundUsd) / Math.max(1, aloneUsd - costUsd);
  return { believed: rentUsd - wearUsd - wayUsd, profit, gridsSave, welfare: profit + gridsSave, gap };
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
const failed = (problem: string): Refusal => new Refusal('solver-failed', { problem });
