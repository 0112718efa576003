/**
 * Solves a day for the objectives its problem states; for the cost where it states none. What is not named is left to the cost: of the plans that
 * are as good in everything named, the cheapest comes out. Routes of trucks of one's own are those of least cost. Mathematics: docs/method/objectives.md.
 */
import type { ObjectiveKind, Objectives } from '../../models/v2g/objectives.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import { fixRoutes } from '../../models/v2g/truck-routes.ts';
import type { SolveOptions, Solver } from '../../solver/solver.ts';
import { plainSlot, type SlotName } from '../plan/conflict-words.ts';
import { solveDay } from '../plan/solve-day.ts';
import type { V2gAnswer } from '../plan/solve-v2g.ts';
import { payoffTable, rangesOf } from './payoff-table.ts';
import { solveInOrder } from './solve-in-order.ts';
import { withCostLast, type Step } from './steps.ts';

/** Money a whole range counts for in the weighted sum: far above what a solver rounds. */
const rangeWorth = 1000;

/** @throws Refusal `case-bad` when the problem contradicts itself or cannot state an objective. */
export async function solveObjectives(
  problem: V2gProblem,
  solver: Solver,
  options: SolveOptions,
  slotName: SlotName = plainSlot,
): Promise<V2gAnswer> {
  const { objectives } = problem;
  if (!objectives) return solveDay(problem, solver, options, slotName);
  const { trucks: fleet } = problem;
  if (!fleet || fleet.trucks.length === 0) return solveFor(problem, objectives, solver, options, slotName);
  const { objectives: _, ...ofCost } = problem;
  const cheapest = await solveDay(ofCost, solver, options, slotName);
  if (!('schedule' in cheapest)) return cheapest;
  const trucks = fixRoutes(fleet, cheapest.schedule.trucks!, fleet.slotsPerStep);
  return solveFor({ ...problem, trucks }, objectives, solver, options, slotName);
}

async function solveFor(
  problem: V2gProblem,
  objectives: Objectives,
  solver: Solver,
  options: SolveOptions,
  slotName: SlotName,
): Promise<V2gAnswer> {
  if (objectives.rule === 'weighted') return solveWeighted(problem, objectives.weights, solver, options, slotName);
  const steps = objectives.order.map(({ objective, tolerance }): Step => ({
    minimise: [{ objective, per: 1 }],
    tolerance,
  }));
  const answer = await solveInOrder(problem, withCostLast(steps), solver, options, slotName);
  if (!('schedule' in answer)) return answer;
  const reached = answer.schedule.objectives!.steps.filter(({ untried }) => !untried).map(({ objective }) => objective);
  const missed = objectives.order.map(({ objective }) => objective).filter((objective) => !reached.includes(objective));
  return missed.length === 0 ? answer : { kind: 'failed', problem: outOfTimeWords(missed, options.timeLimitSeconds) };
}

const outOfTimeWords = (missed: readonly ObjectiveKind[], timeLimitSeconds: number): string =>
  `${timeLimitSeconds} s were not enough to optimise ${missed.join(', then ')} after what comes before; allow more time, or name fewer objectives`;

/**
 * Σ weight_k (f_k − best_k) / (nadir_k − best_k), with best and nadir from the payoff table of the objectives that weigh anything. An objective that
 * none of the others takes anything from has no range; it is measured by its own size.
 */
async function solveWeighted(
  problem: V2gProblem,
  weights: Extract<Objectives, { rule: 'weighted' }>['weights'],
  solver: Solver,
  options: SolveOptions,
  slotName: SlotName,
): Promise<V2gAnswer> {
  const weighing = weights.filter(({ weight }) => weight > 0);
  const kinds = weighing.map(({ objective }) => objective);
  const half = { ...options, timeLimitSeconds: options.timeLimitSeconds / 2 };
  const rows = await payoffTable(problem, kinds, solver, half, slotName);
  const unmet = rows.find(({ answer }) => !('schedule' in answer));
  if (unmet) return unmet.answer;
  const ranges = rangesOf(rows, kinds).map((range, k) => ({ ...range, weight: weighing[k]!.weight }));
  const minimise = ranges.map(({ objective, weight, best, nadir }) => {
    const range = Math.abs(nadir - best);
    const size = Math.max(1, Math.abs(best));
    return { objective, per: (rangeWorth * weight) / (range > 1e-6 * size ? range : size) };
  });
  const answer = await solveInOrder(problem, withCostLast([{ minimise, tolerance: 0 }]), solver, half, slotName);
  if (!('schedule' in answer)) return answer;
  const { schedule } = answer;
  return { ...answer, schedule: { ...schedule, objectives: { ...schedule.objectives!, ranges } } };
}
