/**
 * Scenario set: the convex hull of the real error days as they were, newest first up to a limit, and of a day that goes as expected.
 *
 * Promise for one limit: of N + 1 exchangeable days the newest is the worst with probability 1/(N + 1), so a limit that holds on N days
 * holds on the next with probability at least N/(N + 1) (the scenario approach of Calafiore and Campi 2005 for one decision). For all
 * limits of a day together nothing is promised.
 */
import type { DayFitter } from './day-fitter.ts';
import type { HullSet } from './day-set.ts';

/** More days would make the set long to write and the promise hardly better. */
const mostScenarios = 150;

export const fitScenarios: DayFitter = (past) => {
  const days = past.days.slice(-mostScenarios);
  const size = past.slots * past.components;
  const set: HullSet = {
    kind: 'scenarios',
    centre: new Array<number>(size).fill(0),
    points: days.map(({ deviation }) => Array.from(deviation)),
    scale: 1,
  };
  const fitted = {
    set,
    size: { name: 'real days', value: days.length },
    facts: [`hull of the errors of ${days.length} days, ${days[0]!.day} to ${days.at(-1)!.day}`],
    guarantee: {
      event: 'limit' as const,
      probability: days.length / (days.length + 1),
      source: `scenario approach, ${days.length} days`,
      assumes: 'The day is exchangeable with the days of the set.',
    },
  };
  return () => fitted;
};
