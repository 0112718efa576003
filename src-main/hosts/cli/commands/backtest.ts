import type { BackTestViewPayload, PairedDifferencePayload } from '../../../contract/back-test.ts';
import { defaultBackTest, defaultTimeLimitSeconds } from '../../../contract/defaults.ts';
import { createAsk, runJob } from '../ask.ts';
import { exitCodes, numberOption, textOption, type Command } from '../command.ts';
import { fitOptionsHelp, fitOptionsOf } from '../day-option.ts';
import { number, percent, table } from '../table.ts';
import { solveOptionsHelp } from './plan.ts';
import { Refusal } from '../../../base/errors.ts';

const { method, shape, nominal, window } = fitOptionsHelp;

export const backtestCommand: Command = {
  name: 'backtest',
  takes: '',
  summary:
    'Past days planned as known then and carried out as they were, strategy against strategy; goes on where it was stopped.',
  options: {
    from: { type: 'string', value: 'YYYY-MM-DD', help: 'First day.' },
    to: { type: 'string', value: 'YYYY-MM-DD', help: 'Last day.' },
    every: { type: 'string', value: 'N', help: 'Every n-th day from the first on; every day unless said otherwise.' },
    strategies: {
      type: 'string',
      value: 'NAME,NAME,…',
      help: 'nominal, budget:α, budget:α/Γ, the other kinds of sets by name, dial:N, without-v2g:α, perfect; with “+trucks” at its end a strategy has the operator’s own trucks.',
    },
    spread: {
      type: 'string',
      value: 'SHARE',
      help: `Share of the price by which real time is worse; ${defaultBackTest.settlement.spread} unless said otherwise.`,
    },
    unserved: {
      type: 'string',
      value: 'PRICE',
      help: `Worth of a kWh that nobody could supply; ${defaultBackTest.settlement.unservedPerKwh} unless said otherwise.`,
    },
    'time-limit': solveOptionsHelp['time-limit']!,
    method: method!,
    shape: shape!,
    nominal: nominal!,
    window: window!,
  },
  async run(context) {
    const { values, output } = context;
    const ask = await createAsk(context);
    const { site } = await ask('desk.state', {});
    if (!site) throw new Refusal('no-site');
    const { settlement, strategies } = defaultBackTest;
    const wish = {
      from: textOption(values, 'from'),
      to: textOption(values, 'to'),
      every: numberOption(values, 'every') ?? 1,
      strategies:
        typeof values.strategies === 'string'
          ? values.strategies.split(',').map((name) => name.trim())
          : strategies(site.components),
      fit: learning(fitOptionsOf(values)),
      settlement: {
        spread: numberOption(values, 'spread') ?? settlement.spread,
        unservedPerKwh: numberOption(values, 'unserved') ?? settlement.unservedPerKwh,
      },
      timeLimitSeconds: numberOption(values, 'time-limit') ?? defaultTimeLimitSeconds,
    };
    const { backTestId } = (await runJob(context, 'backtest.run', wish)) as { backTestId: string };
    const view = await ask('backtest.get', { backTestId });
    output.result(view, () => backTestText(view));
    return exitCodes.done;
  },
};

const learning = ({ method, shape, nominal, windowDays }: ReturnType<typeof fitOptionsOf>) => ({
  method,
  shape,
  nominal,
  windowDays,
});

export function backTestText({ asked, days, currency, reference, strategies, results }: BackTestViewPayload): string {
  const perDay = (sum: number, count: number): string => number(sum / count, 2);
  const onFeeder = strategies.some(({ network }) => network !== null);
  const rows = strategies.map((row) => [
    row.strategy,
    row.realised,
    row.failed,
    perDay(row.plannedCost, row.realised),
    perDay(row.realisedCost, row.realised),
    row.realised === 0 ? '–' : percent(row.violatedDays.share),
    row.realised === 0 ? '–' : row.violatedSlots,
    perDay(row.shortKwh, row.realised),
    perDay(row.unservedKwh, row.realised),
    percent(row.curtailedKwh / row.availableWindKwh),
    percent(row.promises.kept / row.promises.cars, 2),
    ...(onFeeder ? [row.network?.brokenDays ?? '–', row.network ? number(row.network.lowestPu, 4) : '–'] : []),
    number(row.solveSeconds, 1),
  ]);
  const differences = strategies.flatMap(({ strategy, against }) =>
    against && against.cost.days > 0
      ? [[strategy, words(against.cost), against.cost.verdict, words(against.shortKwh), against.shortKwh.verdict]]
      : [],
  );
  const ended = new Set(strategies.filter(({ realised }) => realised > 0).map(({ strategy }) => strategy));
  const empty = strategies.flatMap(({ strategy, failed, open }) =>
    ended.has(strategy) ? [] : [noDay(strategy, failed, open)],
  );
  const apart = strategies.flatMap(({ strategy, against }) =>
    against?.cost.days === 0 && ended.has(strategy) && ended.has(reference)
      ? [`${strategy} and ${reference} have no day in common to be compared on.`]
      : [],
  );
  const problems = new Map<string, number>();
  for (const result of results)
    if (result.state === 'failed') {
      const line = `${result.strategy}: ${result.problem}`;
      problems.set(line, (problems.get(line) ?? 0) + 1);
    }
  const unproven = strategies.flatMap(({ strategy, realised, unproven: { days: count, widestGap } }) =>
    count === 0
      ? []
      : [
          `${count} of ${realised} × ${strategy}: after ${asked.timeLimitSeconds} s the search was ended at the best found` +
            `${Number.isNaN(widestGap) ? '; nothing is proven of how far it is from the best' : `, proven to within ${percent(widestGap)}`}. A longer --time-limit may find better.`,
        ],
  );
  const atSafest = strategies.flatMap(({ strategy, realised, atSafest: { days: count, unsolvedDays } }) =>
    count === 0
      ? []
      : [
          `${count} of ${realised} × ${strategy}: no size was measured to keep the wanted chance, so the safest that was solved was played` +
            `${unsolvedDays > 0 ? `; on ${unsolvedDays} of them other sizes had no plan in time` : ''}.`,
        ],
  );
  return [
    `Back-test ${asked.from} to ${asked.to}, ${days.length} days; means per day.`,
    table(
      [
        'strategy',
        'days',
        'failed',
        `planned ${currency}`,
        `realised ${currency}`,
        'days short',
        'slots short',
        'short kWh',
        'unserved kWh',
        'wind curtailed',
        'promises kept',
        ...(onFeeder ? ['days beyond network limits', 'lowest pu'] : []),
        'seconds',
      ],
      rows,
    ),
    [...empty, ...apart].join('\n'),
    differences.length === 0
      ? ''
      : `Against ${reference}, per day, with 95 % interval by weeks:\n${table(['strategy', `cost ${currency}`, '', 'short kWh', ''], differences)}`,
    [...unproven, ...atSafest].join('\n'),
    [...problems].map(([line, count]) => `${count} × ${line}`).join('\n'),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** Means of nothing are no numbers: what there is to say is that there is none. */
const noDay = (strategy: string, failed: number, open: number): string =>
  `No day ended under ${strategy}: ${failed} failed${open > 0 ? `, ${open} not reached yet` : ''}.`;

function words({ mean, lower, upper }: PairedDifferencePayload): string {
  const signed = (value: number): string => (value > 0 ? '+' : '') + number(value, 2);
  return `${signed(mean)} (${signed(lower)} to ${signed(upper)})`;
}
