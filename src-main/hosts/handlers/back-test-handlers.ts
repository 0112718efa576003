/** The calls about back-tests. */
import { Refusal } from '../../base/errors.ts';
import { backTestCsv } from '../../planning/backtest/back-test-csv.ts';
import { backTestView, type BackTestView } from '../../planning/backtest/back-test-view.ts';
import { backTestPhases, runBackTest } from '../../planning/backtest/run-back-test.ts';
import { changedIn, inWords, type HandlerParts, type HandlersOf } from './parts.ts';

export function backTestHandlers(parts: HandlerParts): HandlersOf<'backtest'> {
  const { tools, jobs } = parts;
  const { store } = tools;
  const changed = changedIn(parts);
  const viewOf = (id: string): BackTestView => {
    const record = store.getBackTest(id);
    if (!record) throw new Refusal('not-found', { what: 'back-test', id });
    return backTestView(record, store.listStrategyDays(record.settingsKey, record.asked.from, record.asked.to));
  };
  return {
    'backtest.run': (wish) => ({
      jobId: jobs.start(
        {
          kind: 'backtest',
          title: `Back-test ${wish.from} to ${wish.to}`,
          phases: backTestPhases,
          budgetSeconds: null,
          asked: wish,
        },
        async (job, conclude) => {
          const { id } = await runBackTest(tools, wish, job, () => changed('backtests'));
          const { days, strategies } = viewOf(id);
          const failures = strategies.reduce((sum, { failed }) => sum + failed, 0);
          conclude(id, `${inWords(days.length, 'day')}, ${strategies.length} strategies, ${failures} not realised`);
          return { backTestId: id };
        },
      ),
    }),
    'backtest.list': () => store.listBackTests().map(({ id, createdAtMs, asked }) => ({ id, createdAtMs, asked })),
    'backtest.get': ({ backTestId }) => viewOf(backTestId),
    'backtest.export': ({ backTestId }) => backTestCsv(viewOf(backTestId)),
  };
}
