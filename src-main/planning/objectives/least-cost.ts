/**
 * The plan of least cost of a program whose objectives have columns of their own. Other objectives begin at its basis, and energy that cars leave without may cost
 * no more than in it.
 */
import type { BuiltV2g } from '../../models/v2g/build-v2g.ts';
import type { Goal } from '../../models/v2g/objectives.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import type { SolveOptions, SolveOutcome, Solver } from '../../solver/solver.ts';
import { asWanted, type Integers } from './solve-step.ts';
import { cheapest, givingWay } from './steps.ts';

export interface LeastCost {
  built: BuiltV2g;
  outcome: Extract<SolveOutcome, { kind: 'optimal' | 'feasible' }>;
  /** Whether losses beside the linear flow are all that is convex of its program; they are left out of it. */
  lossAlone: boolean;
  /** Null where a car's need is a limit, or nobody has a need. 'unknown': the least cost was not found in time, so neither is this. */
  unmetAtMost: number | null | 'unknown';
}

/** @param aimed states the program for a goal. */
export async function findLeastCost(
  problem: V2gProblem,
  aimed: (goal: Omit<Goal, 'over'>) => BuiltV2g,
  integers: Integers,
  solver: Solver,
  options: SolveOptions,
): Promise<LeastCost | Exclude<SolveOutcome, { solution: unknown }>> {
  const built = aimed({ minimise: cheapest.minimise, keep: [] });
  // What is lost beside the linear flow is no part of the cost: it waits until somebody asks.
  const lossAlone = problem.network?.limits === 'left-out' && built.program.cones.length > 0;
  const program = { ...asWanted(built, integers), ...(lossAlone ? { cones: [] } : {}) };
  const outcome = await solver.solve(program, {
    ...options,
    ...(program.integrality.length === 0 ? { warm: { from: null, by: 'dual' } } : {}),
  });
  if (!('solution' in outcome)) return outcome;
  return { built, outcome, lossAlone, unmetAtMost: unmetOf(problem, built, outcome) };
}

/** Of the time that is left, what a search may take where a relaxation has told the least cost nearly. */
const searchShare = 0.4;

/**
 * With whole units, after a relaxation: the search is to tell what cars must leave without. Where it does not in time, no more than the relaxation left is on
 * the safe side.
 */
export async function searchLeastCost(
  problem: V2gProblem,
  aimed: (goal: Omit<Goal, 'over'>) => BuiltV2g,
  relaxed: LeastCost,
  solver: Solver,
  options: SolveOptions,
): ReturnType<typeof findLeastCost> {
  const timeLimitSeconds = Math.max(1, searchShare * options.timeLimitSeconds);
  const found = await findLeastCost(problem, aimed, 'whole', solver, { ...options, timeLimitSeconds });
  if (!('built' in found)) return found.kind === 'failed' ? relaxed : found;
  return found.unmetAtMost === 'unknown' ? { ...found, unmetAtMost: relaxed.unmetAtMost } : found;
}

function unmetOf(problem: V2gProblem, built: BuiltV2g, outcome: LeastCost['outcome']): LeastCost['unmetAtMost'] {
  if (problem.unmetPerKwh === null || problem.charging === 'uncoordinated' || problem.evs.length === 0) return null;
  if (outcome.kind !== 'optimal') return 'unknown';
  const { cost } = built.read(outcome.solution);
  const price = cost.unmetEnergy + (cost.offPlan ?? 0);
  return price + givingWay(price, 0);
}
