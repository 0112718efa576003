/** How a day of operation is solved: within a hundredth of a percent; the operator sets the time. */
import type { SolveOptions } from '../solver/solver.ts';

export const operationSolve: SolveOptions = {
  timeLimitSeconds: 60,
  relativeGap: 1e-4,
  method: 'choose',
  seed: 1,
  explainInfeasibility: 'rows',
};
