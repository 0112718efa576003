/**
 * The order of day and month, from every row of the file: by what is possible, by what keeps the rows in order, covers the days
 * between first and last, and lets sessions end after they begin.
 */
import type { CancelSignal } from '../../base/cancel.ts';
import type { DateOrder, ImportDoubt, ImportMapping } from '../mapping.ts';
import type { ByteSource } from '../source.ts';
import { blocksUntilBadRow, columnIndex, openTable } from '../text/table.ts';
import { createWrittenTime, type WrittenTime } from '../time/written-time.ts';

interface Reading {
  order: DateOrder;
  start: WrittenTime;
  end: WrittenTime | null;
  /** Rows whose date is impossible in this order. */
  impossible: number;
  forward: number;
  backward: number;
  negativeStays: number;
  days: Set<number>;
  firstDay: number;
  lastDay: number;
  lastMs: number;
}

export interface DateOrderGuess {
  order: DateOrder;
  doubt: ImportDoubt | null;
}

const orders: DateOrder[] = ['ymd', 'dmy', 'mdy', 'day-month-swapped'];
/** Share of rows out of order, in whichever direction the file runs. */
const disorder = (reading: Reading): number =>
  Math.min(reading.forward, reading.backward) / Math.max(1, reading.forward + reading.backward);
const coverage = (reading: Reading): number => reading.days.size / Math.max(1, reading.lastDay - reading.firstDay + 1);

/** A swap is proposed, never applied: the doubt stands until the operator confirms it. */
export async function guessDateOrder(
  source: ByteSource,
  mapping: ImportMapping,
  signal: CancelSignal,
): Promise<DateOrderGuess> {
  const scan = await scanDates(source, mapping, signal);
  if (scan.named) return { order: 'ymd', doubt: null };
  const possible = scan.readings.filter((reading) => reading.impossible === 0);
  const find = (order: DateOrder) => possible.find((reading) => reading.order === order);
  const swapped = find('day-month-swapped');
  if (scan.yearFirst) {
    const plain = find('ymd');
    if (plain && swapped && explainsBetter(swapped, plain))
      return { order: 'day-month-swapped', doubt: swapDoubt(plain, swapped, 'ymd') };
    return { order: 'ymd', doubt: null };
  }
  const [dmy, mdy] = [find('dmy'), find('mdy')];
  if (dmy && mdy) {
    const better = explainsBetter(dmy, mdy) ? 'dmy' : explainsBetter(mdy, dmy) ? 'mdy' : null;
    if (better) return { order: better, doubt: null };
    const order = scan.dotted ? 'dmy' : 'mdy';
    return {
      order,
      doubt: { field: 'dateOrder', why: 'no date in the file tells day and month apart', choices: ['dmy', 'mdy'] },
    };
  }
  if (dmy && swapped && explainsBetter(swapped, dmy))
    return { order: 'day-month-swapped', doubt: swapDoubt(dmy, swapped, 'dmy') };
  if (dmy) return { order: 'dmy', doubt: null };
  if (mdy) return { order: 'mdy', doubt: null };
  const why = 'some dates are possible only as day/month and others only as month/day';
  return {
    order: 'day-month-swapped',
    doubt: { field: 'dateOrder', why, choices: ['day-month-swapped', 'dmy', 'mdy'] },
  };
}

/** At least two of three signs speak clearly for `a` over `b`, and none against. */
function explainsBetter(a: Reading, b: Reading): boolean {
  const clearly = (good: number, bad: number, floor: number): number =>
    bad > floor && good * 3 < bad ? 1 : good > floor && bad * 3 < good ? -1 : 0;
  const signs = [
    clearly(disorder(a), disorder(b), 0.002),
    clearly(1 - coverage(a), 1 - coverage(b), 0.02) ||
      (coverage(a) > 1.3 * coverage(b) ? 1 : coverage(b) > 1.3 * coverage(a) ? -1 : 0),
    clearly(a.negativeStays, b.negativeStays, 4),
  ];
  return !signs.includes(-1) && signs.filter((sign) => sign === 1).length >= 2;
}

function swapDoubt(plain: Reading, swapped: Reading, written: DateOrder): ImportDoubt {
  const words = ({ days, firstDay, lastDay, negativeStays, end }: Reading) => {
    const day = (n: number) => new Date(n * 86_400_000).toISOString().slice(0, 10);
    const stays = end ? `, ${negativeStays} stays end before they begin` : '';
    return `${day(firstDay)} to ${day(lastDay)} with ${days.size} of ${lastDay - firstDay + 1} days${stays}`;
  };
  return {
    field: 'dateOrder',
    why: `day and month seem swapped wherever the day is 12 or less: as written ${words(plain)}; swapped back ${words(swapped)}`,
    choices: ['day-month-swapped', written],
  };
}

async function scanDates(source: ByteSource, mapping: ImportMapping, signal: CancelSignal) {
  const table = await openTable(source, mapping, { signal });
  const { columns: roles } = mapping;
  const at = (role: string): number =>
    roles[role] === undefined ? -1 : columnIndex(source.name, table.columns, roles[role]);
  // The end of a regular interval adds nothing; a session's end does, when it has a date.
  const stays = at('endTime') >= 0 && at('date') < 0 === at('endDate') < 0;
  const startAt = at('time') < 0 ? at('date') : at('time');
  const readings = orders.map((order): Reading => ({
    order,
    start: createWrittenTime(startAt, at('time') < 0 ? -1 : at('date'), order),
    end: !stays ? null : createWrittenTime(at('endTime'), at('endDate'), order),
    impossible: 0,
    forward: 0,
    backward: 0,
    negativeStays: 0,
    days: new Set(),
    firstDay: Infinity,
    lastDay: -Infinity,
    lastMs: NaN,
  }));
  let [named, yearFirst, dotted] = [false, false, false];
  for await (const { rows } of blocksUntilBadRow(table.blocks))
    for (const cells of rows) {
      for (const reading of readings) weigh(reading, cells);
      const { parsed } = readings[0]!.start;
      if (parsed.hasDate) {
        named ||= parsed.first === 0;
        yearFirst ||= parsed.firstWidth === 4 || parsed.firstWidth === 8;
      }
      dotted ||= /^\s*\d{1,2}\./.test(cells[at('date') < 0 ? startAt : at('date')] ?? '');
    }
  return { readings, named, yearFirst, dotted };
}

function weigh(reading: Reading, cells: readonly string[]): void {
  const state = reading.start.read(cells);
  if (state === 'bad') reading.impossible++;
  if (state !== 'time') return;
  const { localMs } = reading.start.parsed;
  if (localMs > reading.lastMs) reading.forward++;
  else if (localMs < reading.lastMs) reading.backward++;
  reading.lastMs = localMs;
  const day = Math.floor(localMs / 86_400_000);
  if (reading.days.size < 40_000) reading.days.add(day);
  reading.firstDay = Math.min(reading.firstDay, day);
  reading.lastDay = Math.max(reading.lastDay, day);
  if (!reading.end) return;
  const endState = reading.end.read(cells);
  if (endState === 'bad') reading.impossible++;
  else if (endState === 'time' && reading.end.parsed.localMs < localMs) reading.negativeStays++;
}
