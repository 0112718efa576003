/** What a plan that offers services is to say of itself, in the operator's words. */
import { isKeptByCarInDays } from '../../models/v2g/kept-by-car.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';

export function serviceNotes(problem: V2gProblem): string[] {
  const { services, charging, recourse, uncertainty } = problem;
  if (!services) return [];
  const { services: _, ...energyAlone } = problem;
  const pooled = charging === 'coordinated' && recourse !== 0 && isKeptByCarInDays(energyAlone);
  return [
    ...(pooled
      ? [
          `Services beside a ${uncertainty.set!.kind} set: the promise of the EV pool is kept by the account of all cars together, which counts on energy of cars that have left; without services each car answers for itself.`,
        ]
      : []),
    'The test on unseen days carries out the plan for energy alone: what services hold back of cars and storage is free to answer deviations there.',
  ];
}
