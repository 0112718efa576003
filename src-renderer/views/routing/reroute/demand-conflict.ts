import type { ErrorReport } from '../../../../src-main/base/errors.ts';

/** Why demands on routes cannot be met, and which of them the refusal names. */
export interface DemandConflict {
  why: string;
  /** Place in the list of demands, counted from 0; -1 where none is named. */
  culprit: number;
}

const ofDemands = ['plan-infeasible', 'bad-request', 'routes-impossible'];

/** Reads a refusal as one of the demands; null where it is about something else. */
export function demandConflict(problem: ErrorReport | null): DemandConflict | null {
  if (problem === null || !ofDemands.includes(problem.code)) return null;
  const { why: told, problem: named } = problem.details;
  const words = typeof told === 'string' ? told : typeof named === 'string' ? named : problem.message;
  const culprit = Number(/\b(?:demand|change) (\d+)\b/.exec(words)?.[1] ?? 0) - 1;
  return { why: words.charAt(0).toUpperCase() + words.slice(1), culprit };
}
