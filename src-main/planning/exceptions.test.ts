import { describe, expect, it } from 'vitest';
import { smallProblem } from '../models/v2g/fixtures/small-problem.ts';
import type { V2gSchedule } from '../models/v2g/schedule.ts';
import { planExceptions } from './exceptions.ts';
import { fillNotes } from './intake/fill-rules.ts';
import type { PlanRecord } from './ports.ts';

const plan = (parts: { notes?: string[]; breaches?: PlanRecord['check']['breaches'] }): PlanRecord => {
  const { notes = [], breaches = [] } = parts;
  const schedule: Partial<V2gSchedule> = {
    gas: [],
    storage: [],
    evs: [],
    wind: [],
    evShare: [0],
    worstDeviationKw: [0],
  };
  return {
    problem: smallProblem([10]),
    schedule: { slots: 1, slotHours: 1, ...schedule },
    check: { passed: breaches.length === 0, checked: 1, worstBreach: 0, breaches },
    provenance: { notes, relativeGap: 1e-4 },
    outcome: { kind: 'optimal' },
    test: null,
  } as unknown as PlanRecord;
};
const rows = (parts: Parameters<typeof plan>[0]) =>
  planExceptions(plan(parts), null).map(({ code, cause, count, action }) => ({
    code,
    cause,
    count,
    to: action.screen,
  }));

describe('exceptions of a plan', () => {
  it('tell values made up as such, and other notes as what they are', () => {
    const filled = ['Load', 'Wind'].flatMap((name) =>
      fillNotes(name, { lineMinutes: 60, longer: 'week-before' }, { line: 3, longer: 0, open: 0 }),
    );
    const trucks = 'No plan of trucks is approved for the day, so the schedule rents none.';
    expect(rows({ notes: [filled[0]!, trucks, filled[1]!] })).toEqual([
      { code: 'inputs-filled', cause: filled[0], count: 2, to: 'telemetry' },
      { code: 'plan-noted', cause: trucks, count: 1, to: 'schedule' },
    ]);
    expect(rows({})).toEqual([]);
  });

  it('lead to the network where its losses are short', () => {
    const sentence = 'the feeder, slot 3: loss at the worst deviations 5 kW above its 4 kW';
    const breaches = [{ limit: 'losses at worst', slot: 3, amount: 1, unit: 'kW', sentence }];
    expect(rows({ breaches })).toMatchObject([{ code: 'check-failed', to: 'network' }]);
  });
});
