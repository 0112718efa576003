/** What the numbers of a back-test were computed from: the realised days behind a mean, and the settlement behind a day. */
import type {
  BackTestViewPayload,
  PairedDifferencePayload,
  StrategyDayPayload,
  StrategyTotalsPayload,
} from '../../../../src-main/contract/back-test.ts';
import { shareWords } from '../../../charts/share.ts';
import type { ExplainedRow, Explanation } from '../../../components/explanation.ts';
import { formatQuantity } from '../../../components/format-number.ts';
import { strategyName } from '../strategy-words.ts';
import type { Sources } from './plan-sources.ts';

export type RealisedDay = Extract<StrategyDayPayload, { state: 'realised' }>;

/** One number of a realised day that totals are made of. */
export interface DayQuantity {
  label: string;
  unit: string;
  read: (day: RealisedDay) => number;
}

const runFacts = ({ id, asked, currency }: BackTestViewPayload): Explanation['facts'] => [
  {
    what: 'Back-test',
    words: `${id}, ${asked.from} to ${asked.to}, every ${asked.every === 1 ? 'day' : `${asked.every} days`}`,
  },
  {
    what: 'Fit',
    words: `${asked.fit.method}, ${asked.fit.windowDays} days, nominal ${formatQuantity(100 * asked.fit.nominal, '%', 'set')}`,
  },
  {
    what: 'Real time',
    words: `worse by ${formatQuantity(100 * asked.settlement.spread, '%', 'set')} of the price; unserved ${formatQuantity(asked.settlement.unservedPerKwh, `${currency}/kWh`, 'set')}`,
  },
];

export function explainTotals(
  view: BackTestViewPayload,
  totals: StrategyTotalsPayload,
  { label, unit, read }: DayQuantity,
  rule: string,
  sources: Sources,
): Explanation {
  const days = view.results.filter(
    (one): one is RealisedDay => one.state === 'realised' && one.strategy === totals.strategy,
  );
  const sum = days.reduce((all, day) => all + read(day), 0);
  return {
    title: `${label}, ${strategyName(totals.strategy)}`,
    rule,
    facts: [
      {
        what: 'Over the days',
        words: `${formatQuantity(sum, unit)} in ${formatQuantity(days.length, 'days', 'count')}`,
      },
      {
        what: 'Mean',
        words: formatQuantity(days.length === 0 ? null : sum / days.length, unit === '' ? 'a day' : `${unit}/day`),
      },
      { what: 'Days short', words: shareWords(totals.violatedDays) },
      { what: 'Without a result', words: formatQuantity(totals.failed, 'days', 'count') },
      ...runFacts(view),
    ],
    table: {
      caption: `${label} of each day`,
      columns: [
        { id: 'day', label: 'Day', value: (row) => row['day'] ?? '' },
        { id: 'value', label, unit, numeric: true, value: (row) => row['value'] ?? null },
      ],
      rows: days.map((day): ExplainedRow => ({ key: day.day, day: day.day, value: read(day) })),
    },
    onward: [sources.telemetry],
  };
}

const costLabels: Readonly<Record<keyof RealisedDay['cost'], string>> = {
  generation: 'Gas generation',
  noLoad: 'Gas no-load',
  startUp: 'Gas start-up',
  shutDown: 'Gas shut-down',
  windMaintenance: 'Wind maintenance',
  storageWear: 'Storage wear',
  gridPurchase: 'Grid purchase',
  gridSale: 'Grid sale',
  truckTravel: 'Trips of own trucks',
  truckStanding: 'Standing of own trucks',
  truckWear: 'Wear of own trucks',
  truckEnergy: 'Charged elsewhere by own trucks',
  evDischarge: 'EV discharge (subsidy and wear)',
  unmetEnergy: 'Unmet EV energy',
  balancingPurchase: 'Bought late',
  balancingSale: 'Sold late',
  unserved: 'Unserved',
};

export function explainDay(
  view: BackTestViewPayload,
  day: RealisedDay,
  what: string,
  against: RealisedDay | null,
  sources: Sources,
): Explanation {
  const keys = (Object.keys(costLabels) as (keyof typeof costLabels)[]).filter(
    (key) => (day.cost[key] ?? 0) !== 0 || (against?.cost[key] ?? 0) !== 0,
  );
  const { currency } = view;
  return {
    title: `${what}, ${strategyName(day.strategy)} on ${day.day}`,
    rule: 'The day was planned with what was known at its gate, carried out slot by slot on what came (units as committed, cars within their promises), and what was short or over settled in real time. Every flow was added up again by an independent check.',
    facts: [
      {
        what: 'Planned',
        words: `${formatQuantity(day.plannedCost, currency)}${day.gap === null ? '' : `, gap ${formatQuantity(100 * day.gap, '%', 3)}`}`,
      },
      { what: 'Realised', words: formatQuantity(day.realisedCost, currency) },
      ...(against
        ? [{ what: strategyName(against.strategy), words: formatQuantity(against.realisedCost, currency) }]
        : []),
      {
        what: 'Short',
        words: `${formatQuantity(day.violatedSlots, 'slots', 'count')} of ${formatQuantity(day.slots, '', 'count')}, ${formatQuantity(day.shortKwh, 'kWh', 3)}${day.firstViolation === null ? '' : `, first at ${day.firstViolation}`}`,
      },
      {
        what: 'Bought late / sold late',
        words: `${formatQuantity(day.boughtKwh, 'kWh', 3)} / ${formatQuantity(day.soldKwh, 'kWh', 3)}`,
      },
      { what: 'Unserved', words: formatQuantity(day.unservedKwh, 'kWh', 3) },
      {
        what: 'Cars',
        words: `${formatQuantity(day.promises.kept, '', 'count')} of ${formatQuantity(day.promises.cars, 'cars', 'count')} left as promised`,
      },
      ...runFacts(view),
    ],
    table: {
      caption: 'Items of the realised cost',
      columns: [
        { id: 'item', label: 'Item', value: (row) => row['item'] ?? '' },
        { id: 'amount', label: 'Amount', unit: currency, numeric: true, value: (row) => row['amount'] ?? null },
        ...(against
          ? [
              {
                id: 'reference',
                label: strategyName(against.strategy),
                unit: currency,
                numeric: true,
                value: (row: ExplainedRow) => row['reference'] ?? null,
              },
            ]
          : []),
      ],
      rows: [
        ...keys.map((key): ExplainedRow => ({
          key,
          item: costLabels[key],
          amount: day.cost[key] ?? 0,
          reference: against?.cost[key] ?? null,
        })),
        { key: 'total', item: 'Together', amount: day.realisedCost, reference: against?.realisedCost ?? null },
      ],
    },
    onward: [sources.telemetry],
  };
}

/** A mean difference per day, and what its interval allows to be said. */
export function explainDifference(
  view: BackTestViewPayload,
  totals: StrategyTotalsPayload,
  what: string,
  difference: PairedDifferencePayload,
  unit: string,
  sources: Sources,
): Explanation {
  const signed = (value: number): string => formatQuantity(value, `${unit}/day`, 3, 'signed');
  return {
    title: `${what}, ${strategyName(totals.strategy)} against ${strategyName(view.reference).toLowerCase()}`,
    rule: 'Day by day the one less the other, on days both have a result of. The interval is a block bootstrap by calendar weeks, because days of a week share weather and prices: 2,000 draws, percentiles at 2.5 and 97.5 %. “Lower” or “higher” is said only when it lies whole on one side of zero and spans at least eight weeks.',
    facts: [
      { what: 'Mean', words: signed(difference.mean) },
      { what: 'Interval, 95 %', words: `${signed(difference.lower)} to ${signed(difference.upper)}` },
      {
        what: 'Days in common',
        words: `${formatQuantity(difference.days, 'days', 'count')} in ${formatQuantity(difference.weeks, 'weeks', 'count')}`,
      },
      { what: 'Verdict', words: difference.verdict },
      ...runFacts(view),
    ],
    onward: [sources.telemetry],
  };
}
