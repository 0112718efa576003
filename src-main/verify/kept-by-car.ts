import type { V2gProblem } from '../models/v2g/problem.ts';

/**
 * Each car answers for its own part of the pool's promise; with slots that depend on each other only in plans that say so, and not beside services, for which the
 * pool's account holds.
 */
export const isKeptByCar = ({ poolAccount, charging, uncertainty, services }: V2gProblem): boolean => {
  if (charging !== 'coordinated') return false;
  return uncertainty.set === undefined
    ? poolAccount === 'by-car' || poolAccount === 'by-car-in-days'
    : poolAccount === 'by-car-in-days' && !services;
};
