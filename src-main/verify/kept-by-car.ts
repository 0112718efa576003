import type { V2gProblem } from '../models/v2g/problem.ts';

/** Each car answers for its own part of the pool's promise; with slots that depend on each other the pool's account holds. */
export const isKeptByCar = ({ poolAccount, charging, uncertainty }: V2gProblem): boolean =>
  poolAccount === 'by-car' && charging === 'coordinated' && !uncertainty.set;
