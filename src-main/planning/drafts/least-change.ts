/**
 * The least change of one number with which a day can be planned, to a step. One solve along the path between the programs at both ends, with
 * the matrix of the lax one, gives a guess, rounded away from the start; it is the answer when the day can be planned with it and not with a
 * step less. Where the guess is wrong (the number enters a coefficient that binds, or a bound that bends), the interval is halved.
 */
import { buildV2g } from '../../models/v2g/build-v2g.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import { programAlongPath } from '../../program/along-path.ts';
import type { LinearProgram } from '../../program/program.ts';
import type { SolveOptions, Solver } from '../../solver/solver.ts';
import { solveV2g } from '../plan/solve-v2g.ts';

export interface Change {
  /** The problem with the number at a value. */
  /** Null at a value that cannot be. */
  problemAt: (value: number) => V2gProblem | null;
  /** From a value without a plan towards one that is as lax as can be. */
  from: number;
  to: number;
  /** Where the path begins when it cannot at `from`: there is a state between them, such as on and off. */
  pathFrom?: number;
  /** Values are whole multiples of this, and `to` itself. */
  step: number;
}

const halvings = 8;

/** Null when even `to` allows no plan, or nothing was found in the time given. */
export async function leastChange(change: Change, solver: Solver, options: SolveOptions): Promise<number | null> {
  const { from, to, problemAt } = change;
  // Any plan will do as a proof, cheap or not.
  const quiet: SolveOptions = { ...options, explainInfeasibility: 'no', relativeGap: 0.5 };
  const allows = async (value: number): Promise<boolean> => {
    const problem = problemAt(value);
    if (problem === null) return false;
    const answer = await solveV2g(problem, solver, quiet);
    return answer.kind === 'optimal' || answer.kind === 'feasible';
  };
  const guess = await shareOfPath(change, solver, quiet);
  if (guess !== null) {
    const start = change.pathFrom ?? from;
    const value = roundedAway(start + guess * (to - start), change);
    if (await allows(value)) {
      const stepLess = value - Math.sign(to - from) * change.step;
      const isFirst = Math.abs(value - from) <= change.step;
      const isLeast = isFirst || (await isRuledOut(problemAt(stepLess), solver, quiet)) || !(await allows(stepLess));
      return isLeast ? value : halve(change, { without: from, withPlan: stepLess }, allows, options);
    }
    return search(change, value, allows, options);
  }
  return search(change, from, allows, options);
}

/** From a value without a plan on, in steps that grow, until one has a plan; then between the last two. */
async function search(
  change: Change,
  from: number,
  allows: (value: number) => Promise<boolean>,
  options: SolveOptions,
): Promise<number | null> {
  let without = from;
  for (let ahead = 4; !options.signal?.cancelled; ahead *= 8) {
    const next = roundedAway(from + Math.sign(change.to - change.from) * ahead * change.step, change);
    if (await allows(next)) return halve(change, { without, withPlan: next }, allows, options);
    if (next === change.to) return null;
    without = next;
  }
  return null;
}

/** Without a thought for cost or for opposite flows: quick, and what has no solution then has none at all. */
async function isRuledOut(problem: V2gProblem | null, solver: Solver, options: SolveOptions): Promise<boolean> {
  if (problem === null) return true;
  const { program } = buildV2g(problem);
  const outcome = await solver.solve({ ...program, cost: new Float64Array(program.columnCount) }, options);
  return outcome.kind === 'infeasible';
}

async function halve(
  change: Change,
  { without, withPlan }: { without: number; withPlan: number },
  allows: (value: number) => Promise<boolean>,
  { signal }: SolveOptions,
): Promise<number> {
  for (let round = 0; round < halvings && !signal?.cancelled; round++) {
    const middle = roundedAway((without + withPlan) / 2, change);
    if (middle === withPlan || middle === without) break;
    if (await allows(middle)) withPlan = middle;
    else without = middle;
  }
  return withPlan;
}

async function shareOfPath(
  { problemAt, from, to, pathFrom = from }: Change,
  solver: Solver,
  options: SolveOptions,
): Promise<number | null> {
  const [start, end] = [problemAt(pathFrom), problemAt(to)];
  if (start === null || end === null) return null;
  let path: LinearProgram;
  try {
    const { program } = buildV2g(end);
    path = programAlongPath({ ...buildV2g(start).program, values: program.values }, program);
  } catch {
    // The two ends differ in shape.
    return null;
  }
  const outcome = await solver.solve(path, options);
  return 'solution' in outcome ? outcome.solution.objective : null;
}

/** Up to the next multiple of the step on the far side, but not beyond the end. */
function roundedAway(value: number, { from, to, step }: Change): number {
  const outward = Math.sign(to - from);
  const steps = (value / step) * outward;
  const rounded = Number((Math.ceil(steps - 1e-6) * step * outward).toPrecision(12));
  return outward * rounded > outward * to ? to : rounded;
}
