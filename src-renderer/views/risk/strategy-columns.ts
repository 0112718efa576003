/** Columns of the tables of a back-test: strategies, the days of one, and the strategies of one day. */
import type { StrategyDayPayload, StrategyTotalsPayload } from '../../../src-main/contract/back-test.ts';
import type { Explanation } from '../../components/explanation.ts';
import type { TableColumn } from '../../components/table-column.ts';
import type { DayQuantity } from './explain/explain-strategies.ts';
import { strategyLabel, strategyName } from './strategy-words.ts';

type Realised = Extract<StrategyDayPayload, { state: 'realised' }>;

/** What a total was added up from: a quantity of each realised day, and how the total follows from it. */
export type TraceTotals = (totals: StrategyTotalsPayload, quantity: DayQuantity, rule: string) => Explanation;

const mean = 'The sum over the days that were realised, divided by their number.';

/** Limits of a feeder have a column only where the site stands on one. */
export function strategyColumns(
  currency: string,
  totals: readonly StrategyTotalsPayload[],
  tell: TraceTotals,
): TableColumn<StrategyTotalsPayload>[] {
  const trace =
    (label: string, unit: string, read: DayQuantity['read'], rule = mean) =>
    (row: StrategyTotalsPayload) =>
      tell(row, { label, unit, read }, rule);
  const days = trace(
    'Days',
    '',
    () => 1,
    'Days asked for that were planned, carried out and passed the check; those without a result say why in the table of days.',
  );
  const perDay = (read: (row: StrategyTotalsPayload) => number) => (row: StrategyTotalsPayload) =>
    row.realised === 0 ? null : read(row) / row.realised;
  return [
    { id: 'strategy', label: 'Strategy', value: (row) => strategyName(row.strategy) },
    { id: 'days', label: 'Days', numeric: true, digits: 'count', value: (row) => row.realised, trace: days },
    { id: 'failed', label: 'No result', numeric: true, digits: 'count', value: (row) => row.failed, trace: days },
    {
      id: 'planned',
      label: 'Planned',
      unit: `${currency}/day`,
      numeric: true,
      value: perDay((row) => row.plannedCost),
      trace: trace('Planned cost', currency, (day) => day.plannedCost),
    },
    {
      id: 'realised',
      label: 'Realised',
      unit: `${currency}/day`,
      numeric: true,
      value: perDay((row) => row.realisedCost),
      trace: trace('Realised cost', currency, (day) => day.realisedCost),
    },
    {
      id: 'short-days',
      label: 'Days short',
      unit: '%',
      numeric: true,
      digits: 3,
      value: (row) => (row.realised === 0 ? null : 100 * row.violatedDays.share),
      trace: trace(
        'Slots short',
        'slots',
        (day) => day.violatedSlots,
        'Days with at least one slot short, divided by the days realised; the interval is Clopper–Pearson.',
      ),
    },
    {
      id: 'slots',
      label: 'Slots short',
      unit: 'a day',
      numeric: true,
      digits: 3,
      value: perDay((row) => row.violatedSlots),
      trace: trace('Slots short', 'slots', (day) => day.violatedSlots),
    },
    {
      id: 'short',
      label: 'Short',
      unit: 'kWh/day',
      numeric: true,
      digits: 3,
      value: perDay((row) => row.shortKwh),
      trace: trace('Energy short', 'kWh', (day) => day.shortKwh),
    },
    {
      id: 'unserved',
      label: 'Unserved',
      unit: 'kWh/day',
      numeric: true,
      digits: 3,
      value: perDay((row) => row.unservedKwh),
      trace: trace('Unserved', 'kWh', (day) => day.unservedKwh),
    },
    {
      id: 'curtailed',
      label: 'Wind curtailed',
      unit: '%',
      numeric: true,
      digits: 3,
      value: (row) => (row.availableWindKwh > 0 ? (100 * row.curtailedKwh) / row.availableWindKwh : null),
      trace: trace(
        'Wind curtailed',
        'kWh',
        (day) => day.curtailedKwh,
        'Wind curtailed over all days, divided by the wind that was available on them.',
      ),
    },
    {
      id: 'promises',
      label: 'Promises kept',
      unit: '%',
      numeric: true,
      value: (row) => (row.promises.cars > 0 ? (100 * row.promises.kept) / row.promises.cars : null),
      trace: trace(
        'Cars short',
        'cars',
        (day) => day.promises.cars - day.promises.kept,
        'Cars that left with what was promised them, of all cars promised, over all days.',
      ),
    },
    ...(totals.some(({ network }) => network !== null) ? [beyondNetwork(trace)] : []),
    {
      id: 'seconds',
      label: 'Took',
      unit: 's',
      numeric: true,
      digits: 3,
      value: (row) => row.solveSeconds,
      trace: trace('Time taken', 's', (day) => day.solveSeconds),
    },
  ];
}

const beyondNetwork = (
  trace: (
    label: string,
    unit: string,
    read: DayQuantity['read'],
    rule: string,
  ) => (row: StrategyTotalsPayload) => Explanation,
): TableColumn<StrategyTotalsPayload> => ({
  id: 'network',
  label: 'Beyond network',
  unit: '%',
  numeric: true,
  digits: 3,
  value: ({ network }) => (network ? (100 * network.brokenDays) / network.days : null),
  trace: trace(
    'Slots beyond the network',
    'slots',
    ({ network }) => (network ? network.voltageSlots + network.lineSlots + network.unsolvedSlots : 0),
    'Days on which an AC power flow of what flowed finds a bus beyond its voltage, or a line beyond what it may carry, divided by the days realised.',
  ),
});

const of =
  (read: (row: Realised) => string | number | null) =>
  (row: StrategyDayPayload): string | number | null =>
    row.state === 'realised' ? read(row) : null;

/** What a number of a realised day was settled from. */
export type TraceDay = (day: Realised, what: string) => Explanation;

const tracing =
  (tell: TraceDay) =>
  (what: string) =>
  (row: StrategyDayPayload): Explanation | null =>
    row.state === 'realised' ? tell(row, what) : null;

/** `referenceOf` gives the reference's outcome of the same day. */
export function dayColumns(
  currency: string,
  referenceOf: (row: StrategyDayPayload) => StrategyDayPayload | null,
  tell: TraceDay,
): TableColumn<StrategyDayPayload>[] {
  const trace = tracing(tell);
  return [
    { id: 'day', label: 'Day', value: (row) => row.day },
    {
      id: 'realised',
      label: 'Realised',
      unit: currency,
      numeric: true,
      value: of((row) => row.realisedCost),
      trace: trace('Realised cost'),
    },
    {
      id: 'against',
      label: 'Difference',
      unit: currency,
      numeric: true,
      digits: 3,
      sign: 'signed',
      value: of((row) => {
        const reference = referenceOf(row);
        return reference?.state === 'realised' ? row.realisedCost - reference.realisedCost : null;
      }),
      trace: trace('Difference in cost'),
    },
    {
      id: 'slots',
      label: 'Slots short',
      numeric: true,
      digits: 'count',
      value: of((row) => row.violatedSlots),
      trace: trace('Slots short'),
    },
    {
      id: 'short',
      label: 'Short',
      unit: 'kWh',
      numeric: true,
      digits: 3,
      value: of((row) => row.shortKwh),
      trace: trace('Energy short'),
    },
    {
      id: 'first',
      label: 'First at',
      value: (row) => (row.state === 'realised' ? (row.firstViolation ?? '–') : row.problem),
    },
  ];
}

/** Why there is no outcome has a column only where there is one to tell. */
export function openDayColumns(
  currency: string,
  rows: readonly StrategyDayPayload[],
  tell: TraceDay,
): TableColumn<StrategyDayPayload>[] {
  const trace = tracing(tell);
  const failed = rows.some(({ state }) => state === 'failed');
  return [
    { id: 'strategy', label: 'Strategy', value: (row) => strategyLabel(row.strategy) },
    {
      id: 'planned',
      label: 'Planned',
      unit: currency,
      numeric: true,
      value: of((row) => row.plannedCost),
      trace: trace('Planned cost'),
    },
    {
      id: 'realised',
      label: 'Realised',
      unit: currency,
      numeric: true,
      value: of((row) => row.realisedCost),
      trace: trace('Realised cost'),
    },
    {
      id: 'bought',
      label: 'Bought late',
      unit: 'kWh',
      numeric: true,
      digits: 3,
      value: of((row) => row.boughtKwh),
      trace: trace('Bought late'),
    },
    {
      id: 'sold',
      label: 'Sold late',
      unit: 'kWh',
      numeric: true,
      digits: 3,
      value: of((row) => row.soldKwh),
      trace: trace('Sold late'),
    },
    {
      id: 'unserved',
      label: 'Unserved',
      unit: 'kWh',
      numeric: true,
      digits: 3,
      value: of((row) => row.unservedKwh),
      trace: trace('Unserved'),
    },
    {
      id: 'broken',
      label: 'Cars short',
      numeric: true,
      digits: 'count',
      value: of((row) => row.promises.cars - row.promises.kept),
      trace: trace('Cars short'),
    },
    ...(failed
      ? [
          {
            id: 'state',
            label: 'No result',
            value: (row: StrategyDayPayload) => (row.state === 'failed' ? row.problem : ''),
          },
        ]
      : []),
  ];
}
