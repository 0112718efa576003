/** A feeder from a table of buses and one of branches. */
import { neverCancelled, type CancelSignal } from '../../base/cancel.ts';
import { badRow } from '../bad-row.ts';
import { amountOf, idOf } from '../roads/road-cells.ts';
import type { ByteSource } from '../source.ts';
import { isMissing } from '../text/cells.ts';
import { eachRow, type Row } from './each-row.ts';
import type { FeederBranchData, FeederBusData, FeederData } from './feeder-data.ts';
import type { FeederTables } from './feeder-mapping.ts';
import { requireBaseVoltage } from './require-base-voltage.ts';

/** Limits of EN 50160, where the file states none. */
const usualLimitsPu = { least: 0.9, most: 1.1 };

/**
 * @throws Refusal `import-column-missing`; `import-bad-row` for what is no number, a bus that occurs twice or a branch that
 *   names none; `bad-feeder` for a bus without a base voltage; `cancelled`.
 */
export async function readFeederTables(
  files: { buses: ByteSource; branches: ByteSource },
  mapping: FeederTables,
  signal: CancelSignal = neverCancelled,
): Promise<FeederData> {
  const buses: FeederBusData[] = [];
  const seen = new Set<string>();
  await eachRow(files.buses, mapping, mapping.buses, ['id'], signal, (row) => {
    const bus = readBus(files.buses.name, mapping, row);
    if (seen.has(bus.id)) {
      const { cell, column, row: number } = row('id');
      throw badRow(files.buses.name, number, column, cell, `bus ${bus.id} occurs twice`);
    }
    seen.add(bus.id);
    buses.push(bus);
  });
  const kvOf = new Map(buses.map(({ id, baseKv }) => [id, baseKv]));
  const branches: FeederBranchData[] = [];
  const needed = ['from', 'to', 'resistance', 'reactance'];
  await eachRow(files.branches, mapping, mapping.branches, needed, signal, (row) =>
    branches.push(readBranch(files.branches.name, mapping, row, kvOf)),
  );
  return { slackVoltagePu: mapping.slackVoltagePu, buses, branches };
}

function readBus(file: string, { loadUnit, baseKv, decimalMark }: FeederTables, row: Row): FeederBusData {
  const amount = (field: string, least: number, otherwise: number): number => {
    const { cell, column, row: number } = row(field);
    return column === '' || isMissing(cell)
      ? otherwise
      : amountOf(cell, { file, row: number, column }, least, decimalMark);
  };
  const place = row('id');
  const id = idOf(place.cell, { file, row: place.row, column: place.column });
  const kilo = loadUnit === 'MW' ? 1000 : 1;
  const kv = requireBaseVoltage(file, id, amount('baseKv', -Infinity, baseKv ?? NaN));
  return {
    id,
    kind: amount('type', 0, 1) === 3 ? 'substation' : 'load',
    loadKw: kilo * amount('load', -Infinity, 0),
    loadKvar: kilo * amount('reactive', -Infinity, 0),
    ...capacitorOf(kilo * amount('capacitor', 0, 0)),
    baseKv: kv,
    voltageMinPu: amount('voltageMin', 0, usualLimitsPu.least),
    voltageMaxPu: amount('voltageMax', 0, usualLimitsPu.most),
    x: amount('x', -Infinity, NaN),
    y: amount('y', -Infinity, NaN),
  };
}

/** Left out where there is none, so that a feeder without capacitors is the one it was. */
const capacitorOf = (kvar: number): Pick<FeederBusData, 'capacitorKvar'> => (kvar > 0 ? { capacitorKvar: kvar } : {});

function readBranch(
  file: string,
  { impedanceUnit, baseMva, decimalMark }: FeederTables,
  row: Row,
  kvOf: ReadonlyMap<string, number>,
): FeederBranchData {
  const at = (field: string) => {
    const { cell, column, row: number } = row(field);
    return { cell, place: { file, row: number, column } };
  };
  const bus = (field: string): string => {
    const { cell, place } = at(field);
    const id = idOf(cell, place);
    if (!kvOf.has(id)) throw badRow(file, place.row, place.column, cell, 'no row of the table of buses names it');
    return id;
  };
  const from = bus('from');
  const to = bus('to');
  const ohms = impedanceUnit === 'ohm' ? 1 : kvOf.get(from)! ** 2 / baseMva;
  const impedance = (field: string): number => {
    const { cell, place } = at(field);
    return ohms * amountOf(cell, place, -Infinity, decimalMark);
  };
  const optional = (field: string, otherwise: number): number => {
    const { cell, place } = at(field);
    return place.column === '' || isMissing(cell) ? otherwise : amountOf(cell, place, 0, decimalMark);
  };
  const limit = optional('limit', 0);
  return {
    from,
    to,
    rOhm: impedance('resistance'),
    xOhm: impedance('reactance'),
    limitMva: limit === 0 ? null : limit,
    state: optional('status', 1) === 0 ? 'open' : 'closed',
  };
}
