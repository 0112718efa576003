/** How a file is probably read, from its first rows; every assumption that could be wrong becomes a doubt. */
import { Refusal } from '../../base/errors.ts';
import type { CancelSignal } from '../../base/cancel.ts';
import type { ImportDoubt, ImportMapping } from '../mapping.ts';
import type { ByteSource } from '../source.ts';
import { guessEncoding } from '../text/encoding.ts';
import { readText } from '../text/records.ts';
import { blocksUntilBadRow, openTable } from '../text/table.ts';
import { emptyTime, parseTime } from '../time/parse-time.ts';
import type { ImportKind, SeriesKind } from '../types.ts';
import { powerUnits, priceUnits } from '../units.ts';
import { guessDateOrder } from './date-order.ts';
import { guessDecimalMark } from './decimal-mark.ts';
import { guessDialect } from './dialect.ts';
import { profileColumns, type ColumnProfile } from './profile.ts';
import { guessSeriesColumns } from './series-columns.ts';
import { guessSessionColumns } from './session-columns.ts';
import { refuseWithoutTimes } from './refuse-without-times.ts';
import { guessStepMinutes } from './step.ts';
import { energyUnitInHeader, unitInHeader } from './unit.ts';
import { doubtLabelBesideOffset } from './zone-doubts.ts';

export interface MappingGuess {
  mapping: ImportMapping;
  doubts: ImportDoubt[];
  columns: string[];
}

const headLength = 64 * 1024;
const headRows = 2000;

/** @throws Refusal `import-bad-file`, `cancelled` */
export async function guessMapping(
  source: ByteSource,
  kind: ImportKind,
  siteZone: string,
  signal: CancelSignal,
): Promise<MappingGuess> {
  const doubts: ImportDoubt[] = [];
  const { encoding, certain } = await guessEncoding(source, signal);
  if (!certain)
    doubts.push({
      field: 'encoding',
      why: `the bytes are not Unicode; ${encoding} fits best`,
      choices: ['windows-1252', 'shift_jis'],
    });
  const head = await readHead(source, encoding, signal);
  const { delimiter, headerRow, otherDelimiters } = guessDialect(head);
  if (otherDelimiters.length > 0)
    doubts.push({ field: 'delimiter', why: 'two delimiters cut the rows equally well', choices: otherDelimiters });
  if (headerRow < 0)
    doubts.push({
      field: 'headerRow',
      why: 'the first row holds data: the columns have no names',
      choices: ['-1', '0'],
    });
  const { columns, rows } = await readHeadRows(source, { encoding, delimiter, headerRow }, signal);
  const profiles = profileColumns(columns, rows);
  const guess = kind === 'sessions' ? guessSessionColumns(profiles) : guessSeriesColumns(profiles, kind);
  refuseWithoutTimes(source.name, profiles, guess.columns);
  doubts.push(...guess.doubts);
  const decimal = delimiter === 'json' ? { mark: '.' as const, certain: true } : guessDecimalMark(profiles, delimiter);
  if (!decimal.certain)
    doubts.push({ field: 'decimalMark', why: 'every number could be read with either mark', choices: ['.', ','] });
  const valueName = guess.columns['value'] ?? guess.columns['energy'] ?? '';
  const mapping: ImportMapping = {
    encoding,
    delimiter,
    decimalMark: decimal.mark,
    headerRow,
    zone: siteZone,
    dateOrder: 'ymd',
    columns: guess.columns,
    unit: '',
    stepMinutes: null,
    subtractColumn: guess.subtractColumn,
    seriesName: nameSeries(kind, source.name, valueName, guess.subtractColumn),
    source: guessSource(columns, source.name),
  };
  guessZone(mapping, profiles, siteZone, doubts);
  if (mapping.columns['time'] !== undefined || mapping.columns['date'] !== undefined) {
    const { order, doubt } = await guessDateOrder(source, mapping, signal);
    mapping.dateOrder = order;
    if (doubt) doubts.push(doubt);
  }
  guessUnit(mapping, kind, profiles, doubts);
  if (kind !== 'sessions') {
    mapping.stepMinutes = guessStepMinutes(rows, profiles, mapping.columns, mapping.dateOrder);
    if (mapping.stepMinutes === null)
      doubts.push({
        field: 'stepMinutes',
        why: 'no distance between rows is the usual one',
        choices: ['15', '30', '60'],
      });
    doubtKind(kind, valueName, source.name, doubts);
    // Load less residual load is wind and sun.
    if (guess.subtractColumn === '') doubtQuantity(kind, valueName, doubts);
  }
  doubtCentury(mapping, profiles, doubts);
  return { mapping, doubts, columns };
}

async function readHead(source: ByteSource, encoding: string, signal: CancelSignal): Promise<string> {
  let head = '';
  let whole = true;
  for await (const text of readText(source, { encoding, signal })) {
    head += text;
    if (head.length < headLength) continue;
    whole = false;
    break;
  }
  if (head.trim() === '') throw new Refusal('import-bad-file', { file: source.name, problem: 'it is empty' });
  if (head.includes('\u0000'))
    throw new Refusal('import-bad-file', { file: source.name, problem: 'it holds binary data, not text' });
  const lastBreak = Math.max(head.lastIndexOf('\n'), head.lastIndexOf('\r'));
  return whole || lastBreak < 0 ? head : head.slice(0, lastBreak);
}

async function readHeadRows(
  source: ByteSource,
  dialect: { encoding: string; delimiter: string; headerRow: number },
  signal: CancelSignal,
) {
  const { columns, blocks } = await openTable(source, dialect, { signal });
  const rows: string[][] = [];
  for await (const block of blocksUntilBadRow(blocks)) {
    rows.push(...block.rows.slice(0, headRows - rows.length));
    if (rows.length >= headRows) break;
  }
  return { columns, rows };
}

function guessZone(
  mapping: ImportMapping,
  profiles: readonly ColumnProfile[],
  siteZone: string,
  doubts: ImportDoubt[],
): void {
  const time = profiles.find(({ name }) => name === mapping.columns['time']);
  if (!time?.withOffset) return;
  mapping.zone = 'in-text';
  const doubt = doubtLabelBesideOffset(profiles, time.name, siteZone);
  if (doubt) doubts.push(doubt);
}

function guessUnit(
  mapping: ImportMapping,
  kind: ImportKind,
  profiles: readonly ColumnProfile[],
  doubts: ImportDoubt[],
): void {
  if (kind === 'sessions') {
    const energy = profiles.find(({ name }) => name === mapping.columns['energy']);
    const stated = energy ? energyUnitInHeader(energy.name) : null;
    const sizes = (energy?.cells ?? [])
      .map((cell) => Number(cell.replace(',', '.')))
      .filter((size) => size > 0)
      .sort((a, b) => a - b);
    const median = sizes[sizes.length >> 1] ?? 0;
    mapping.unit = stated ?? (median > 500 ? 'Wh' : 'kWh');
    if (!stated)
      doubts.push({
        field: 'unit',
        why: energy
          ? `the unit of "${energy.name}" is not stated; half of the sessions exceed ${median}`
          : 'the unit of the energies is not stated',
        choices: ['kWh', 'Wh'],
      });
    return;
  }
  const value = mapping.columns['value'] ?? '';
  // "EUR/MWh" is no energy, whatever the file is taken for.
  const stated = kind !== 'price' && isPrice(value) ? null : unitInHeader(value, kind as SeriesKind);
  mapping.unit = stated ?? (kind === 'price' ? 'EUR/MWh' : 'MW');
  if (!stated)
    doubts.push({
      field: 'unit',
      why: `the unit of ${value === '' ? 'the values' : `"${value}"`} is not stated`,
      choices: [...new Set([mapping.unit, ...(kind === 'price' ? priceUnits : powerUnits)])],
    });
}

function doubtKind(kind: ImportKind, valueName: string, fileName: string, doubts: ImportDoubt[]): void {
  const forecast = /forecast|prognos|vorhersage/i.test(`${valueName} ${fileName}`);
  const actual = /actual|realisier|measured|gemessen/i.test(`${valueName} ${fileName}`);
  if (kind.endsWith('actual') && forecast && !actual)
    doubts.push({
      field: 'kind',
      why: 'the file calls itself a forecast',
      choices: [kind.replace('actual', 'forecast')],
    });
  if (kind.endsWith('forecast') && actual && !forecast)
    doubts.push({
      field: 'kind',
      why: 'the file calls itself actual values',
      choices: [kind.replace('forecast', 'actual')],
    });
}

const isPrice = (valueName: string): boolean => unitInHeader(valueName, 'price') !== null;

/** The column itself says that it holds something else. */
function doubtQuantity(kind: SeriesKind, valueName: string, doubts: ImportDoubt[]): void {
  if (kind !== 'price' && isPrice(valueName))
    doubts.push({ field: 'kind', why: `"${valueName}" is a price, not a power`, choices: ['price'] });
  else if (kind === 'price' && !isPrice(valueName) && unitInHeader(valueName, 'load-actual') !== null)
    doubts.push({
      field: 'kind',
      why: `"${valueName}" is a power, not a price`,
      choices: ['load-actual', 'wind-actual'],
    });
  else if (kind.startsWith('load') && /(?<![a-z])wind/i.test(valueName))
    doubts.push({ field: 'kind', why: `"${valueName}" speaks of wind`, choices: [kind.replace('load', 'wind')] });
  else if (kind.startsWith('wind') && /(?<![a-z])load(?![a-z])|netzlast|verbrauch/i.test(valueName))
    doubts.push({ field: 'kind', why: `"${valueName}" speaks of load`, choices: [kind.replace('wind', 'load')] });
}

function doubtCentury(mapping: ImportMapping, profiles: readonly ColumnProfile[], doubts: ImportDoubt[]): void {
  const time = profiles.find(({ name }) => name === (mapping.columns['date'] ?? mapping.columns['time']));
  const parsed = emptyTime();
  const lost = time?.cells.find((cell) => parseTime(cell.trim(), mapping.dateOrder, parsed) && parsed.lostCentury);
  if (lost !== undefined)
    doubts.push({
      field: 'dateOrder',
      why: `years are written without their century ("${lost}"); ${lost.trim().slice(0, 4)} is read as ${new Date((parseTime(lost.trim(), mapping.dateOrder, parsed), parsed.localMs)).getUTCFullYear()}`,
      choices: [mapping.dateOrder],
    });
}

/** A series is the same in every file of a source, so it is named by its column, not by its file. */
function nameSeries(kind: ImportKind, fileName: string, valueName: string, subtract: string): string {
  const bare = (name: string): string =>
    name
      .replace(/\[[^\]]*\]/g, '')
      .replace(/original resolutions|originalauflösungen/gi, '')
      .trim();
  if (kind === 'sessions' || valueName === '') return fileName.replace(/(\.(csv|txt|tsv|json|gz))+$/i, '');
  return subtract === '' ? bare(valueName) : `${bare(valueName)} − ${bare(subtract)}`;
}

function guessSource(columns: readonly string[], fileName: string): string {
  const smard = columns.some((name) => /original resolutions|originalauflösungen/i.test(name));
  return smard ? 'Bundesnetzagentur | SMARD.de' : fileName;
}
