import type { V2gProblem } from './problem.ts';

/** Each car answers for its own part of the pool's promise, on the one day on which every slot is at its worst. */
export const isKeptByCar = ({ poolAccount, charging, uncertainty }: V2gProblem): boolean =>
  (poolAccount === 'by-car' || poolAccount === 'by-car-in-days') && charging === 'coordinated' && !uncertainty.set;

/** The same where slots depend on each other (pool-in-days.ts). What services hold beside it is stated for one worst day, so with them the pool's account stays. */
export const isKeptByCarInDays = ({ poolAccount, charging, uncertainty, services }: V2gProblem): boolean =>
  poolAccount === 'by-car-in-days' && charging === 'coordinated' && uncertainty.set !== undefined && !services;
