/**
 * A feeder from tables read out of an OpenDSS case, brought to its balanced positive-sequence equivalent: lines with the matrices of their
 * line codes (balanced-impedance.ts), loads and capacitors of all phases of a bus summed, what has no row in the table of
 * lines (regulators at ratio 1, transformers referred to the feeder's voltage) as short links. Loads are taken as constant power whatever
 * their model; the capacitance of lines is left out.
 */
import { neverCancelled, type CancelSignal } from '../../base/cancel.ts';
import { Refusal } from '../../base/errors.ts';
import { badRow } from '../bad-row.ts';
import { amountOf, idOf, type CellPlace } from '../roads/road-cells.ts';
import type { ByteSource } from '../source.ts';
import { balancedImpedance, type LowerTriangle } from './balanced-impedance.ts';
import { eachRow, type Row } from './each-row.ts';
import type { FeederBranchData, FeederBusData, FeederData } from './feeder-data.ts';

export interface OpenDssFiles {
  /** `line, from_bus, to_bus, phases, linecode, length_kft`, or `r1, x1` in ohms per kft where there is no code. */
  lines: ByteSource;
  /** `linecode, phases, rmatrix_ohm_per_kft, xmatrix_ohm_per_kft`: lower triangles "a | b c | d e f". */
  lineCodes: ByteSource;
  /** `bus, kw, kvar`, one row per load. */
  loads: ByteSource;
  /** `bus, x, y`. */
  places: ByteSource;
}

export interface OpenDssFeeder {
  substation: string;
  baseKv: number;
  slackVoltagePu: number;
  voltageMinPu: number;
  voltageMaxPu: number;
  /** Buses joined by what the table of lines does not hold. */
  links: readonly (readonly [from: string, to: string])[];
  /** Least resistance of a branch, ohms: that of links, and of switches whose own is smaller; no model then sees a way without loss. */
  linkOhm: number;
  /** Given at 1 pu, kvar. */
  capacitors: readonly { bus: string; kvar: number }[];
  /** What the name of a bus ends in behind a switch that is normally open. */
  openEnding: string;
}

/** A branch with where it comes from. */
export interface OpenDssBranch extends FeederBranchData {
  line: string;
  phases: number;
}

export type OpenDssFeederData = Omit<FeederData, 'branches'> & { branches: OpenDssBranch[] };

const dialect = { encoding: 'utf-8', delimiter: ',' };
const named = <Name extends string>(...names: readonly Name[]) =>
  Object.fromEntries(names.map((name) => [name, name])) as Record<Name, Name>;

/**
 * @throws Refusal `import-column-missing`; `import-bad-row` for what is no number, no matrix of its phases, or names a line code or bus that
 *   is not there; `bad-feeder` for a capacitor at no bus.
 */
export async function readOpenDssTables(
  files: OpenDssFiles,
  feeder: OpenDssFeeder,
  signal: CancelSignal = neverCancelled,
): Promise<OpenDssFeederData> {
  const codes = await readLineCodes(files.lineCodes, signal);
  const { linkOhm, openEnding } = feeder;
  const branches: OpenDssBranch[] = [];
  const lineColumns = named('line', 'from_bus', 'to_bus', 'phases', 'linecode', 'length_kft', 'r1', 'x1');
  await eachRow(files.lines, dialect, lineColumns, Object.keys(lineColumns), signal, (row) => {
    const ends = [textAt(files.lines, row, 'from_bus'), textAt(files.lines, row, 'to_bus')];
    const open = ends.some((bus) => bus.endsWith(openEnding));
    const [from, to] = ends.map((bus) => (bus.endsWith(openEnding) ? bus.slice(0, -openEnding.length) : bus));
    const kft = amountAt(files.lines, row, 'length_kft');
    const { r, x } = perKft(files.lines, row, codes);
    branches.push({
      line: textAt(files.lines, row, 'line'),
      phases: amountAt(files.lines, row, 'phases'),
      from: from!,
      to: to!,
      rOhm: Math.max(linkOhm, r * kft),
      xOhm: x * kft,
      limitMva: null,
      state: open ? 'open' : 'closed',
    });
  });
  for (const [from, to] of feeder.links)
    branches.push({ line: 'link', phases: 3, from, to, rOhm: linkOhm, xOhm: 0, limitMva: null, state: 'closed' });
  return { slackVoltagePu: feeder.slackVoltagePu, buses: await readBuses(files, feeder, branches, signal), branches };
}

interface LineCode {
  phases: number;
  r: number;
  x: number;
}

async function readLineCodes(source: ByteSource, signal: CancelSignal): Promise<Map<string, LineCode>> {
  const codes = new Map<string, LineCode>();
  const columns = named('linecode', 'phases', 'rmatrix_ohm_per_kft', 'xmatrix_ohm_per_kft');
  await eachRow(source, dialect, columns, Object.keys(columns), signal, (row) => {
    const phases = amountAt(source, row, 'phases');
    const part = (field: 'rmatrix_ohm_per_kft' | 'xmatrix_ohm_per_kft'): number => {
      const { cell, place } = at(source, row, field);
      return balancedImpedance(triangleOf(cell, place, phases));
    };
    codes.set(textAt(source, row, 'linecode'), {
      phases,
      r: part('rmatrix_ohm_per_kft'),
      x: part('xmatrix_ohm_per_kft'),
    });
  });
  return codes;
}

function triangleOf(cell: string, place: CellPlace, phases: number): LowerTriangle {
  const rows = cell.split('|').map((part) => part.trim().split(/\s+/).map(Number));
  if (rows.length !== phases || rows.some((row, i) => row.length !== i + 1 || !row.every(Number.isFinite)))
    throw badRow(
      place.file,
      place.row,
      place.column,
      cell,
      `it is not the lower triangle of a matrix of ${phases} phases`,
    );
  return rows;
}

function perKft(source: ByteSource, row: Row, codes: ReadonlyMap<string, LineCode>): { r: number; x: number } {
  const { cell, place } = at(source, row, 'linecode');
  if (cell.trim() === '') return { r: amountAt(source, row, 'r1'), x: amountAt(source, row, 'x1') };
  const code = codes.get(cell.trim());
  if (!code) throw badRow(place.file, place.row, place.column, cell, 'the table of line codes does not have it');
  const phases = amountAt(source, row, 'phases');
  if (code.phases !== phases)
    throw badRow(
      place.file,
      place.row,
      place.column,
      cell,
      `the line has ${phases} phases, the line code ${code.phases}`,
    );
  return code;
}

async function readBuses(
  { loads, places }: OpenDssFiles,
  { substation, capacitors, ...limits }: OpenDssFeeder,
  branches: readonly OpenDssBranch[],
  signal: CancelSignal,
): Promise<FeederBusData[]> {
  const { baseKv, voltageMinPu, voltageMaxPu } = limits;
  const buses = new Map<string, FeederBusData>();
  for (const id of [substation, ...branches.flatMap(({ from, to }) => [from, to])])
    buses.set(id, {
      id,
      kind: id === substation ? 'substation' : 'load',
      loadKw: 0,
      loadKvar: 0,
      baseKv,
      voltageMinPu,
      voltageMaxPu,
      x: NaN,
      y: NaN,
    });
  const loadColumns = named('bus', 'kw', 'kvar');
  await eachRow(loads, dialect, loadColumns, Object.keys(loadColumns), signal, (row) => {
    const { cell, place } = at(loads, row, 'bus');
    const bus = buses.get(idOf(cell, place));
    if (!bus) throw badRow(place.file, place.row, place.column, cell, 'no line leads to it');
    bus.loadKw += amountAt(loads, row, 'kw');
    bus.loadKvar += amountAt(loads, row, 'kvar');
  });
  for (const { bus, kvar } of capacitors) {
    const at = buses.get(bus);
    if (!at)
      throw new Refusal('bad-feeder', {
        feeder: loads.name,
        problem: `a capacitor stands at bus ${bus}, which no line leads to`,
      });
    at.capacitorKvar = (at.capacitorKvar ?? 0) + kvar;
  }
  const placeColumns = named('bus', 'x', 'y');
  await eachRow(places, dialect, placeColumns, Object.keys(placeColumns), signal, (row) => {
    const bus = buses.get(textAt(places, row, 'bus'));
    if (!bus) return;
    bus.x = amountAt(places, row, 'x');
    bus.y = amountAt(places, row, 'y');
  });
  return [...buses.values()];
}

function at(source: ByteSource, row: Row, field: string): { cell: string; place: CellPlace } {
  const { cell, column, row: number } = row(field);
  return { cell, place: { file: source.name, row: number, column } };
}
function textAt(source: ByteSource, row: Row, field: string): string {
  const { cell, place } = at(source, row, field);
  return idOf(cell, place);
}
function amountAt(source: ByteSource, row: Row, field: string): number {
  const { cell, place } = at(source, row, field);
  return amountOf(cell, place, field === 'x' || field === 'y' ? -Infinity : 0);
}
