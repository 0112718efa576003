/** How a case is solved: to proven optimality, with time to spare. A day of operation has the operator's own limits instead. */
import type { SolveOptions } from '../solver/solver.ts';

export const exactSolve: SolveOptions = {
  timeLimitSeconds: 600,
  relativeGap: 1e-6,
  method: 'choose',
  seed: 1,
  explainInfeasibility: 'rows',
};
