/** Every day and strategy of a back-test as one row, so that whoever doubts a total can add it up. */
import { csvText, type CsvCell } from '../csv-text.ts';
import type { BackTestView } from './back-test-view.ts';
import type { RealisedStrategyDay } from './strategy-day.ts';

const columns: readonly (readonly [header: string, read: (day: RealisedStrategyDay) => CsvCell])[] = [
  ['protection', (day) => day.protection],
  ['planned cost', (day) => day.plannedCost],
  ['realised cost', (day) => day.realisedCost],
  ['violated slots', (day) => day.violatedSlots],
  ['first violation', (day) => day.firstViolation],
  ['short kWh', (day) => day.shortKwh],
  ['bought in real time kWh', (day) => day.boughtKwh],
  ['asked of cars kWh', (day) => day.askedOfCarsKwh],
  ['unserved kWh', (day) => day.unservedKwh],
  ['sold in real time kWh', (day) => day.soldKwh],
  ['spilled kWh', (day) => day.spilledKwh],
  ['curtailed wind kWh', (day) => day.curtailedKwh],
  ['available wind kWh', (day) => day.availableWindKwh],
  ['cars promised', (day) => day.promises.cars],
  ['promises kept', (day) => day.promises.kept],
  ['missing at departure kWh', (day) => day.unmetKwh],
  ['slots beyond a voltage limit', (day) => day.network?.voltageSlots ?? null],
  ['slots beyond a line limit', (day) => day.network?.lineSlots ?? null],
  ['lowest voltage pu', (day) => day.network?.lowestPu ?? null],
  ['lowest voltage bus', (day) => day.network?.lowestBus ?? null],
  ['chance dial', (day) => day.dial?.verdict ?? null],
  ['sizes unsolved', (day) => day.dial?.unsolved ?? null],
  ['gap', (day) => day.gap],
  ['seconds', (day) => day.solveSeconds],
];

export function backTestCsv({ id, currency, results }: BackTestView): { fileName: string; text: string } {
  const priced = (header: string): string => (header.endsWith('cost') ? `${header} ${currency}` : header);
  const header = ['day', 'strategy', 'state', ...columns.map(([name]) => priced(name)), 'problem'];
  const rows = results.map((result): CsvCell[] => [
    result.day,
    result.strategy,
    result.state,
    ...columns.map(([, read]) => (result.state === 'realised' ? read(result) : null)),
    result.state === 'failed' ? result.problem : '',
  ]);
  return { fileName: `backtest-${id}.csv`, text: csvText(header, rows) };
}
