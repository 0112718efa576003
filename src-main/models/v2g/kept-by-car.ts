import type { V2gProblem } from './problem.ts';

/** Each car answers for its own part of the pool's promise. With slots that depend on each other no one day is the worst for every car. */
export const isKeptByCar = ({ poolAccount, charging, uncertainty }: V2gProblem): boolean =>
  poolAccount === 'by-car' && charging === 'coordinated' && !uncertainty.set;
