import { expect, it } from 'vitest';
import { backTestText } from '../../hosts/cli/commands/backtest.ts';
import type { BackTestViewPayload } from '../../contract/back-test.ts';
import type { BackTestRecord } from './back-test-ports.ts';
import { backTestView } from './back-test-view.ts';
import type { FailedStrategyDay, RealisedStrategyDay } from './strategy-day.ts';

const strategy = 'budget:4+trucks';
const realised = (day: string, gap: number | null): RealisedStrategyDay => ({
  state: 'realised',
  day,
  strategy,
  protection: 4,
  plannedCost: 10,
  gap,
  realisedCost: 11,
  cost: {} as RealisedStrategyDay['cost'],
  slots: 96,
  violatedSlots: 0,
  firstViolation: null,
  shortKwh: 0,
  boughtKwh: 0,
  askedOfCarsKwh: 0,
  unservedKwh: 0,
  soldKwh: 0,
  spilledKwh: 0,
  curtailedKwh: 0,
  availableWindKwh: 1,
  promises: { cars: 1, kept: 1 },
  unmetKwh: 0,
  solveSeconds: 20,
});
const record = (strategies: string[]): BackTestRecord => ({
  id: 'b',
  settingsKey: 'k',
  currency: 'EUR',
  createdAtMs: 0,
  asked: {
    from: '2023-05-01',
    to: '2023-05-04',
    every: 1,
    strategies,
    fit: { method: 'conformal', shape: 'per-slot', nominal: 0.9, windowDays: 60 },
    settlement: { spread: 0.5, unservedPerKwh: 3 },
    timeLimitSeconds: 20,
  },
});
const view = (gaps: readonly (number | null)[]) =>
  backTestView(
    record([strategy]),
    gaps.map((gap, at) => realised(`2023-05-0${at + 1}`, gap)),
  );

it('counts the days on which time ended the search, and tells how far they may be from the best', () => {
  expect(view([0, 0.03, 0.4, 1.27]).strategies[0]!.unproven).toEqual({ days: 2, widestGap: 1.27 });
  expect(view([0.01]).strategies[0]!.unproven).toEqual({ days: 0, widestGap: NaN });
  const words = (gaps: readonly (number | null)[]): string => backTestText(view(gaps) as BackTestViewPayload);
  expect(words([0, 0.4])).toContain(
    '1 of 2 × budget:4+trucks: after 20 s the search was ended at the best found, proven to within 40.0 %.',
  );
  expect(words([null])).toContain('nothing is proven of how far it is from the best. A longer --time-limit');
  expect(words([0.01])).not.toContain('the search was ended');
});

it('counts the days on which the chance dial missed its target and the safest was played', () => {
  const dialled = (day: string, dial: RealisedStrategyDay['dial']) => ({
    ...realised(day, 0),
    strategy: 'dial:20',
    dial: dial ?? null,
  });
  const days = [
    dialled('2023-05-01', { verdict: 'met', unsolved: 0 }),
    dialled('2023-05-02', { verdict: 'not-reached', unsolved: 0 }),
    dialled('2023-05-03', { verdict: 'unsolved', unsolved: 3 }),
  ];
  const shown = backTestView(record(['dial:20', strategy]), [...days, realised('2023-05-01', 0)]);
  expect(shown.strategies.map(({ atSafest }) => atSafest)).toEqual([
    { days: 2, unsolvedDays: 1 },
    { days: 0, unsolvedDays: 0 },
  ]);
  const text = backTestText(shown as BackTestViewPayload);
  expect(text).toContain(
    '2 of 3 × dial:20: no size was measured to keep the wanted chance, so the safest that was solved was played; on 1 of them other sizes had no plan in time.',
  );
  expect(text).not.toContain(`× ${strategy}: no size`);
});

it('says that no day ended, and makes no number of it', () => {
  const failed = (name: string, at: number): FailedStrategyDay => ({
    state: 'failed',
    day: `2023-05-0${at}`,
    strategy: name,
    code: 'solver-failed',
    problem: 'The solver stopped.',
  });
  const ended = [realised('2023-05-01', 0), realised('2023-05-02', 0)];
  const shown = backTestView(record([strategy, 'dial:20']), [...ended, failed('dial:20', 1), failed('dial:20', 2)]);
  const text = backTestText(shown as BackTestViewPayload);
  expect(text).toContain('No day ended under dial:20: 2 failed, 2 not reached yet.');
  expect(text).not.toMatch(/NaN|Against/);
  expect(text.split('\n').find((line) => line.startsWith('dial:20'))).not.toMatch(/%|\d\.\d/);
  expect(text).not.toContain(`No day ended under ${strategy}`);
  const apart = backTestView(record([strategy, 'dial:20']), [
    ...ended,
    { ...realised('2023-05-03', 0), strategy: 'dial:20' },
  ]);
  expect(backTestText(apart as BackTestViewPayload)).toContain(
    `dial:20 and ${strategy} have no day in common to be compared on.`,
  );
});
