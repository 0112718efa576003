/**
 * The on/off decisions that are best where everything else is decided once the whole day is known, by column-and-constraint generation within
 * the time of one plan, and what that proves: `lower` bounds the worst-case cost of every rule of recourse, `upper` is what these decisions cost at
 * worst for someone who knows the day. A plan takes the decisions and answers deviations by shares (models/v2g/responses.ts): no operator knows
 * the evening in the morning, so its own worst case lies at or above `upper`, and its distance from `lower` is proven.
 */
import type { V2gProblem } from '../../models/v2g/problem.ts';
import { twoStageV2g } from '../../models/v2g/two-stage-v2g.ts';
import { readName } from '../../models/v2g/names.ts';
import type { TwoStageProgram } from '../../robust/two-stage/two-stage-program.ts';
import { solveTwoStage, type SolveBounded } from '../../robust/two-stage/column-and-constraint.ts';
import type { SolveOptions, Solver } from '../../solver/solver.ts';

export type FullRecourse =
  | {
      kind: 'found';
      /** The least worst-case cost lies between. */
      lower: number;
      upper: number;
      rounds: number;
      seconds: number;
      /** Total deviation of the worst day [slot], kW. */
      worst: number[];
      /** 1 on, 0 off [gas unit][slot]; null for a unit that is not committed. */
      on: ((0 | 1)[] | null)[];
    }
  /** `problem`: why there is nothing, in words. */
  | { kind: 'none'; problem: string; seconds: number };

export async function fullRecourse(
  problem: V2gProblem,
  solver: Solver,
  options: SolveOptions,
  onRound: (line: string) => void = () => undefined,
): Promise<FullRecourse> {
  const stages = twoStageV2g(problem);
  if (stages === null)
    return {
      kind: 'none',
      problem:
        'Full recourse is computed for interval and budget sets: their worst day is one of finitely many choices of slots.',
      seconds: 0,
    };
  let seconds = 0;
  let solved = 0;
  const solve: SolveBounded = async (program) => {
    if (options.timeLimitSeconds - seconds < 1 || options.signal?.cancelled) return null;
    const outcome = await solver.solve(program, { ...options, timeLimitSeconds: options.timeLimitSeconds - seconds });
    seconds += outcome.statistics.seconds;
    onRound(`round ${Math.ceil(++solved / 2)}, ${seconds.toFixed(0)} s`);
    if (!('solution' in outcome)) return null;
    const { columns, objective } = outcome.solution;
    return { columns, objective, bound: Number.isFinite(outcome.bound) ? outcome.bound : objective };
  };
  const answer = await solveTwoStage(stages, solve, { relativeGap: options.relativeGap });
  if (answer === null) return { kind: 'none', problem: 'The time was not enough for a first round.', seconds };
  const { lower, upper, rounds, worst, decisions } = answer;
  return { kind: 'found', lower, upper, rounds, seconds, worst, on: onOf(problem, stages, decisions) };
}

/** The problem with its committed units held as decided. */
export const withCommitment = (problem: V2gProblem, on: readonly ((0 | 1)[] | null)[]): V2gProblem => ({
  ...problem,
  gas: problem.gas.map((unit, k) => (on[k] ? { ...unit, onAt: on[k] } : unit)),
});

function onOf({ gas, slots }: V2gProblem, { program }: TwoStageProgram, decisions: Float64Array): ((0 | 1)[] | null)[] {
  const byUnit = new Map(gas.map((unit) => [unit.id, new Array<0 | 1>(slots).fill(0)]));
  program.columnNames.forEach((name, column) => {
    const parts = readName(name);
    if (parts?.kind !== 'gas' || parts.what !== 'on' || parts.slot === null) return;
    byUnit.get(parts.id)![parts.slot] = decisions[column]! > 0.5 ? 1 : 0;
  });
  return gas.map((unit) => (unit.commitment === 'committed' ? byUnit.get(unit.id)! : null));
}
