/** The solver as column-and-constraint generation asks for it: within one time for all of it, and left at once by a cancel or by "use best so far". */
import { CancelSource } from '../../base/cancel.ts';
import { isWhole } from '../../program/fix-integers.ts';
import type { LinearProgram } from '../../program/program.ts';
import type { TwoStageSolver } from '../../robust/two-stage/two-stage-solver.ts';
import type { SolveOptions, SolveOutcome, Solver } from '../../solver/solver.ts';

export interface TimedTwoStageSolver extends TwoStageSolver {
  /** In the solver, all programs together. */
  readonly seconds: number;
}

/** A master and a judge each may leave this much of the gap wanted open, so that both together keep it. */
const shareOfGap = 0.4;

export function timedTwoStageSolver(solver: Solver, options: SolveOptions): TimedTwoStageSolver {
  const { onProgress: _, signal, stopSignal, ...rest } = options;
  let seconds = 0;
  const isOver = (): boolean =>
    options.timeLimitSeconds - seconds < 1 || signal?.cancelled === true || stopSignal?.cancelled === true;
  const run = async (
    program: LinearProgram,
    more: Partial<SolveOptions>,
    end = new CancelSource(),
  ): Promise<SolveOutcome | null> => {
    if (isOver()) return null;
    const forget = [signal, stopSignal].map((outer) => outer?.onCancel(() => end.cancel()));
    const outcome = await solver.solve(program, {
      ...rest,
      timeLimitSeconds: options.timeLimitSeconds - seconds,
      explainInfeasibility: 'no',
      ...more,
      signal: end,
    });
    forget.forEach((each) => each?.());
    seconds += outcome.statistics.seconds;
    return outcome;
  };
  const linear: TwoStageSolver['linear'] = async (program, from) => {
    const outcome = await run(program, { scaling: 'off', warm: { from, by: 'dual' } });
    if (outcome?.kind !== 'optimal') return null;
    const { objective, columns, rowDuals, basis } = outcome.solution;
    return { objective, columns, rowDuals, basis: basis ?? null };
  };
  const gap = { relativeGap: shareOfGap * options.relativeGap };
  return {
    get seconds() {
      return seconds;
    },
    linear,
    solve: async (program) => {
      if (program.integrality.length > 0) {
        const relaxed = await linear({ ...program, integrality: new Uint8Array(0) }, null);
        if (relaxed && isWhole(program, relaxed.columns)) return { ...relaxed, bound: relaxed.objective };
      }
      const outcome = await run(program, gap);
      if (outcome === null || !('solution' in outcome)) return null;
      const { columns, objective } = outcome.solution;
      return { columns, objective, bound: Number.isFinite(outcome.bound) ? outcome.bound : -Infinity };
    },
  };
}
