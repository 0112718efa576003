import type { V2gProblem } from '../../models/v2g/problem.ts';
import type { SolveOptions } from '../../solver/solver.ts';

/** Power and energy of a schedule are of one size, and scaling costs more than it gives; the many energies of services want it: without, tenfold the time. */
export const relaxationOptions = (problem: V2gProblem, options: SolveOptions): SolveOptions =>
  problem.services ? options : { ...options, scaling: 'off' };
