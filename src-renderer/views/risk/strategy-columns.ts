/** Columns of the tables of a back-test: strategies, the days of one, and the strategies of one day. */
import type { StrategyDayPayload, StrategyTotalsPayload } from '../../../src-main/contract/back-test.ts';
import type { TableColumn } from '../../components/table-column.ts';
import { strategyLabel, strategyName } from './strategy-words.ts';

type Realised = Extract<StrategyDayPayload, { state: 'realised' }>;

export function strategyColumns(currency: string): TableColumn<StrategyTotalsPayload>[] {
  const perDay = (read: (row: StrategyTotalsPayload) => number) => (row: StrategyTotalsPayload) =>
    row.realised === 0 ? null : read(row) / row.realised;
  return [
    { id: 'strategy', label: 'Strategy', value: (row) => strategyName(row.strategy) },
    { id: 'days', label: 'Days', numeric: true, digits: 'count', value: (row) => row.realised },
    { id: 'failed', label: 'No result', numeric: true, digits: 'count', value: (row) => row.failed },
    {
      id: 'planned',
      label: 'Planned',
      unit: `${currency}/day`,
      numeric: true,
      value: perDay((row) => row.plannedCost),
    },
    {
      id: 'realised',
      label: 'Realised',
      unit: `${currency}/day`,
      numeric: true,
      value: perDay((row) => row.realisedCost),
    },
    {
      id: 'short-days',
      label: 'Days short',
      unit: '%',
      numeric: true,
      digits: 3,
      value: (row) => (row.realised === 0 ? null : 100 * row.violatedDays.share),
    },
    {
      id: 'slots',
      label: 'Slots short',
      unit: 'a day',
      numeric: true,
      digits: 3,
      value: perDay((row) => row.violatedSlots),
    },
    { id: 'short', label: 'Short', unit: 'kWh/day', numeric: true, digits: 3, value: perDay((row) => row.shortKwh) },
    {
      id: 'unserved',
      label: 'Unserved',
      unit: 'kWh/day',
      numeric: true,
      digits: 3,
      value: perDay((row) => row.unservedKwh),
    },
    {
      id: 'curtailed',
      label: 'Wind curtailed',
      unit: '%',
      numeric: true,
      digits: 3,
      value: (row) => (row.availableWindKwh > 0 ? (100 * row.curtailedKwh) / row.availableWindKwh : null),
    },
    {
      id: 'promises',
      label: 'Promises kept',
      unit: '%',
      numeric: true,
      value: (row) => (row.promises.cars > 0 ? (100 * row.promises.kept) / row.promises.cars : null),
    },
    { id: 'seconds', label: 'Took', unit: 's', numeric: true, digits: 3, value: (row) => row.solveSeconds },
  ];
}

const of =
  (read: (row: Realised) => string | number | null) =>
  (row: StrategyDayPayload): string | number | null =>
    row.state === 'realised' ? read(row) : null;

/** `referenceOf` gives the reference's outcome of the same day. */
export function dayColumns(
  currency: string,
  referenceOf: (row: StrategyDayPayload) => StrategyDayPayload | null,
): TableColumn<StrategyDayPayload>[] {
  return [
    { id: 'day', label: 'Day', value: (row) => row.day },
    { id: 'realised', label: 'Realised', unit: currency, numeric: true, value: of((row) => row.realisedCost) },
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
    },
    { id: 'slots', label: 'Slots short', numeric: true, digits: 'count', value: of((row) => row.violatedSlots) },
    { id: 'short', label: 'Short', unit: 'kWh', numeric: true, digits: 3, value: of((row) => row.shortKwh) },
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
): TableColumn<StrategyDayPayload>[] {
  const failed = rows.some(({ state }) => state === 'failed');
  return [
    { id: 'strategy', label: 'Strategy', value: (row) => strategyLabel(row.strategy) },
    { id: 'planned', label: 'Planned', unit: currency, numeric: true, value: of((row) => row.plannedCost) },
    { id: 'realised', label: 'Realised', unit: currency, numeric: true, value: of((row) => row.realisedCost) },
    { id: 'bought', label: 'Bought late', unit: 'kWh', numeric: true, digits: 3, value: of((row) => row.boughtKwh) },
    { id: 'sold', label: 'Sold late', unit: 'kWh', numeric: true, digits: 3, value: of((row) => row.soldKwh) },
    { id: 'unserved', label: 'Unserved', unit: 'kWh', numeric: true, digits: 3, value: of((row) => row.unservedKwh) },
    {
      id: 'broken',
      label: 'Cars short',
      numeric: true,
      digits: 'count',
      value: of((row) => row.promises.cars - row.promises.kept),
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
