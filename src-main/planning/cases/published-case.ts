/** The published case with the product's own simulation: what a host runs. */
import type { Solver } from '../../solver/solver.ts';
import { simulate, type SimulationSize } from '../../verify/simulate.ts';
import { runCaseStudy, type CaseStudy } from './case-study.ts';

export function runPublishedCase(solver: Solver, draws?: SimulationSize): Promise<CaseStudy> {
  return runCaseStudy(solver, simulate, draws);
}
