/** What each objective sacrifices on a day: the payoff table, every row a plan in full that is re-checked. Nothing is stored. */
import { Refusal } from '../../base/errors.ts';
import { slotLabel, type Horizon } from '../../base/horizon.ts';
import { objectiveKinds, type ObjectiveKind } from '../../models/v2g/objectives.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import type { V2gSchedule } from '../../models/v2g/schedule.ts';
import { whyNot } from '../../models/v2g/require-valid-objectives.ts';
import type { SolveOptions, Solver } from '../../solver/solver.ts';
import { checkPlan } from '../../verify/check-plan.ts';
import { acLossKwh, objectiveValues } from '../../verify/objective-values.ts';
import { networkFlow } from '../../verify/network-flow.ts';
import type { JobHandle } from '../jobs.ts';
import { networkOf } from '../network/network-of.ts';
import { keepsLimits } from '../network/network-correction.ts';
import { solveOnNetwork, withoutLoss } from '../network/solve-on-network.ts';
import { operationSolve } from '../operation-solve.ts';
import { buildProblem } from '../plan/build-problem.ts';
import { dayTrucks } from '../plan/day-trucks.ts';
import { fleetWanted, protectionOf, type PlanOptions } from '../plan/make-plan.ts';
import { siteAsked } from '../plan/site-asked.ts';
import type { V2gAnswer } from '../plan/solve-v2g.ts';
import { plannedPrices } from '../prices/planned-prices.ts';
import { fitDay } from '../sets/fit-day.ts';
import type { PlanTools } from '../tools.ts';
import { payoffTable } from './payoff-table.ts';

export interface PayoffLine {
  objective: ObjectiveKind;
  /** 'limited': time ran out before the best was found, and the plan is the best there was time for. */
  state: 'solved' | 'limited' | 'failed';
  /** Why it was not solved, or not to its best; empty when it was. */
  problem: string;
  /** Of the plan that is best in it, in the order of `kinds`; empty when failed. */
  values: number[];
  /** Where limited: no plan is better in the objective than this; NaN where not even that is known. */
  atBest: number;
  /** What an AC power flow of that plan loses, kWh; NaN without a feeder. */
  acLossKwh: number;
  passed: boolean;
}

export interface ObjectiveComparison {
  day: string;
  currency: string;
  /** What the problem can state, in the order of the columns. */
  kinds: ObjectiveKind[];
  lines: PayoffLine[];
  /** What it cannot state, and why. */
  missing: { objective: ObjectiveKind; why: string }[];
  seconds: number;
}

export const comparisonPhases = ['Fit sets', 'Solve for each objective', 'Check'];

/** @throws Refusal as `fitDay`, `cancelled` */
export async function compareObjectives(
  tools: PlanTools,
  options: PlanOptions,
  job: JobHandle,
): Promise<ObjectiveComparison> {
  const { clock, solver } = tools;
  job.enterPhase(0);
  await clock.nextTurn();
  const { problem, horizon } = await dayProblem(tools, options, job);
  const stated = objectiveKinds.filter((objective) => whyNot(problem, objective) === null);
  const startedMs = clock.nowMs();
  job.enterPhase(1);
  const solveOptions = { ...operationSolve, timeLimitSeconds: options.timeLimitSeconds, signal: job.signal };
  let done = 0;
  const rows = await rowsOf(problem, stated, solver, solveOptions, horizon, (objective) =>
    job.report(++done / stated.length, `${objective} solved, ${done} of ${stated.length}`),
  );
  if (job.signal.cancelled) throw new Refusal('cancelled', { what: 'The comparison of objectives' });
  job.enterPhase(2);
  await clock.nextTurn();
  return {
    day: options.day,
    currency: problem.currency,
    kinds: stated,
    lines: rows.map(({ objective, solved, answer }) =>
      lineOf(objective, stated, solved, answer, options.timeLimitSeconds),
    ),
    missing: objectiveKinds.flatMap((objective) => {
      const why = whyNot(problem, objective);
      return why === null ? [] : [{ objective, why }];
    }),
    seconds: (clock.nowMs() - startedMs) / 1000,
  };
}

/** The problem of a plan with these options. Full recourse first decides on and off for the cost; here units are free. */
async function dayProblem(
  tools: PlanTools,
  options: PlanOptions,
  job: JobHandle,
): Promise<{ problem: V2gProblem; horizon: Horizon }> {
  const { store } = tools;
  const site = siteAsked(store, options);
  const fitted = await fitDay(tools, { day: options.day, ...options.fit, set: options.set }, job.signal);
  const { horizon, record: set } = fitted;
  const prices = plannedPrices(store, site, horizon, options.fit, options.prices);
  const built = buildProblem(
    {
      site,
      horizon,
      set: set.set,
      ...fleetWanted(fitted, options.cars),
      prices,
      ...networkOf(store, site, options),
    },
    protectionOf(options),
    options.recourse,
  );
  const trucks = await dayTrucks(tools, options.trucks, horizon, job);
  return { problem: { ...built, ...trucks.parts }, horizon };
}

interface Row {
  objective: ObjectiveKind;
  /** With the corrections of its network. */
  solved: V2gProblem;
  answer: V2gAnswer;
}

/**
 * Where no network has a say all rows are one warm-started table. On a feeder a row of that table counts where an AC flow keeps its limits, as a plan of least
 * cost does; the others, and the loss, which is the network's to tell, are solved on it by themselves. So is each where trucks look for routes.
 */
async function rowsOf(
  problem: V2gProblem,
  kinds: readonly ObjectiveKind[],
  solver: Solver,
  options: SolveOptions,
  horizon: Horizon,
  onRow: (objective: ObjectiveKind) => void,
): Promise<Row[]> {
  const slotName = (slot: number): string => slotLabel(horizon, slot);
  const { network } = problem;
  const rows = new Map<ObjectiveKind, Row>();
  const seen = !network || network.model === 'unconstrained' ? kinds : kinds.filter((kind) => kind !== 'loss');
  if (!problem.mesh && !problem.trucks?.trucks.length && network?.model !== 'branch-flow') {
    const blind: V2gProblem = network ? { ...problem, network: { ...network, model: 'unconstrained' } } : problem;
    const found = await payoffTable(blind, seen, solver, options, slotName);
    for (const { objective, answer } of found)
      if (!network || network.model === 'unconstrained') rows.set(objective, { objective, solved: problem, answer });
      else if ('schedule' in answer && keepsLimits(networkFlow(problem, answer.schedule, network)))
        rows.set(objective, { objective, solved: problem, answer: withoutLoss(answer) });
    for (const objective of rows.keys()) onRow(objective);
  }
  for (const objective of kinds) {
    if (rows.has(objective)) continue;
    if (options.signal?.cancelled) break;
    const order = [{ objective, tolerance: 0 }];
    const wanted: V2gProblem = { ...problem, objectives: { rule: 'lexicographic', order } };
    const found = await solveOnNetwork(wanted, solver, options, slotName);
    rows.set(objective, { objective, solved: found.problem, answer: found.answer });
    onRow(objective);
  }
  return kinds.flatMap((objective) => rows.get(objective) ?? []);
}

function lineOf(
  objective: ObjectiveKind,
  kinds: readonly ObjectiveKind[],
  problem: V2gProblem,
  answer: V2gAnswer,
  timeLimitSeconds: number,
): PayoffLine {
  if (!('schedule' in answer)) {
    const why = answer.kind === 'infeasible' ? answer.why : answer.kind === 'failed' ? answer.problem : 'cancelled';
    return { objective, state: 'failed', problem: why, values: [], atBest: NaN, acLossKwh: NaN, passed: false };
  }
  const { schedule } = answer;
  const values = objectiveValues(problem, schedule);
  return {
    objective,
    ...reachOf(objective, schedule, answer.kind, timeLimitSeconds),
    values: kinds.map((kind) => values[kind] ?? NaN),
    acLossKwh: lossOf(problem, schedule),
    passed: checkPlan(problem, schedule).passed,
  };
}

/** Whether the plan is the best there is in its objective, and otherwise how much better one could be. */
function reachOf(
  objective: ObjectiveKind,
  { objectives }: V2gSchedule,
  kind: 'optimal' | 'feasible',
  timeLimitSeconds: number,
): Pick<PayoffLine, 'state' | 'problem' | 'atBest'> {
  const step = objectives!.steps.find((one) => one.objective === objective);
  const isBest = step !== undefined && step.atBest === undefined;
  const isCheapest = kind === 'optimal';
  if (isBest && isCheapest) return { state: 'solved', problem: '', atBest: NaN };
  const spent = `${timeLimitSeconds} s were not enough`;
  if (isBest)
    return {
      state: 'limited',
      problem: `${spent} to prove it the cheapest of the plans that are best in it`,
      atBest: NaN,
    };
  const stood = step === undefined || step.untried ? '; this is the plan of least cost' : '';
  return { state: 'limited', problem: `${spent} to find the best${stood}`, atBest: step?.atBest ?? NaN };
}

const lossOf = (problem: V2gProblem, schedule: V2gSchedule): number =>
  problem.network ? acLossKwh(problem, schedule, problem.network) : NaN;
