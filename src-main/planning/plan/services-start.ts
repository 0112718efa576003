/**
 * Where a day with reserve or regulation begins. What every battery must keep for each call and signal makes up most rows of its program, few of which bind, and from
 * nothing the simplex method walks through all of them. The same day without these two is solved in a fraction of the time, and its basis, with the rows of
 * services slack, is dual feasible but for what services earn.
 */
import { buildV2g } from '../../models/v2g/build-v2g.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import { namedBasis, type NamedBasis } from '../../program/basis.ts';
import type { SolveOptions, Solver } from '../../solver/solver.ts';
import { buildOptions, leastKnown } from './solve-in-rounds.ts';

/** Of the time of a plan; what it takes longer than that is not worth it. */
const mostShare = 0.3;

/** Null where there is nothing to gain, or that day has no plan. */
export async function servicesStart(
  { network: _network, mesh: _mesh, objectives: _objectives, ...problem }: V2gProblem,
  solver: Solver,
  { onProgress: _, ...options }: SolveOptions,
): Promise<NamedBasis | null> {
  const { services, trucks } = problem;
  if ((!services?.reserve && !services?.regulation) || (trucks && trucks.trucks.length > 0)) return null;
  const { reserve: _reserve, regulation: _regulation, ...light } = services;
  const built = buildV2g({ ...problem, services: light }, buildOptions(leastKnown));
  const program = { ...built.program, integrality: new Uint8Array(0), cones: [] };
  const outcome = await solver.solve(program, {
    ...options,
    scaling: 'off',
    timeLimitSeconds: mostShare * options.timeLimitSeconds,
    explainInfeasibility: 'no',
    warm: { from: null, by: 'dual' },
  });
  const basis = outcome.kind === 'optimal' ? outcome.solution.basis : undefined;
  return basis === undefined ? null : namedBasis(program, basis);
}
