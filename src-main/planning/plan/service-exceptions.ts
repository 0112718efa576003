/** What is not as safe as it looks in a plan that offers services beside energy. */
import { isKeptByCarInDays } from '../../models/v2g/kept-by-car.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import type { Exception } from '../exception.ts';

export function serviceExceptions(problem: V2gProblem): Exception[] {
  const { services, recourse, uncertainty } = problem;
  if (!services) return [];
  const { services: _, ...energyAlone } = problem;
  const isPooled = recourse !== 0 && isKeptByCarInDays(energyAlone);
  const whole = { fromSlot: null, toSlot: null, count: 1 };
  return [
    ...(isPooled
      ? [
          {
            level: 2 as const,
            code: 'services-pool-account',
            cause: `Beside services a set of the kind ${uncertainty.set!.kind} holds the cars to one account of all together, which counts on energy of cars that have left.`,
            consequence: 'The pool may fall short of what it promises; without services each car answers for itself.',
            action: { label: 'Choose another set', screen: 'uncertainty' as const },
            ...whole,
          },
        ]
      : []),
    {
      level: 3,
      code: 'services-not-tested',
      cause: 'The test on unseen days carries out the plan for energy alone.',
      consequence:
        'What services hold back of cars and storage is free to answer deviations there, so the chance shown is too low rather than too high.',
      action: { label: 'See the test', screen: 'risk' },
      ...whole,
    },
  ];
}
