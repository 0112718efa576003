/**
 * Solves a schedule on its meshed network. The DC model is linear and its margins exact, so one solve settles it; a second one, with on and off held
 * as found, gives the duals that prices of places are read from.
 */
import type { V2gProblem } from '../../models/v2g/problem.ts';
import { withFixedIntegers } from '../../program/fix-integers.ts';
import type { SolveOptions, Solver } from '../../solver/solver.ts';
import { solveObjectives } from '../objectives/solve-objectives.ts';
import type { SlotName } from '../plan/conflict-words.ts';
import type { PlannedAnswer, V2gAnswer } from '../plan/solve-v2g.ts';

/** @throws Refusal `case-bad` when the problem contradicts itself. */
export async function solveOnMesh(
  problem: V2gProblem,
  solver: Solver,
  options: SolveOptions,
  slotName?: SlotName,
): Promise<V2gAnswer> {
  const answer = await solveObjectives(problem, solver, options, slotName);
  return 'schedule' in answer ? withPlacePrices(answer, solver, options) : answer;
}

/** The answer with the prices of places; without them where the duals could not be had. */
export async function withPlacePrices(
  answer: PlannedAnswer,
  solver: Solver,
  { onProgress: _, ...options }: SolveOptions,
): Promise<PlannedAnswer> {
  const { solved } = answer;
  if (!solved?.built.prices) return answer;
  const linear = withFixedIntegers(solved.built.program, solved.columns);
  // A sequence of one: a solver that looks for the plan nearest to another leaves sequences alone, and its duals are those of the cost.
  const [outcome] = await solver.solveSequence([linear], { ...options, explainInfeasibility: 'no' });
  if (outcome?.kind !== 'optimal') return answer;
  return { ...answer, schedule: { ...answer.schedule, mesh: solved.built.prices(outcome.solution.rowDuals) } };
}
