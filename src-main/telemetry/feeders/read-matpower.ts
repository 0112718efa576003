/**
 * A feeder from the text of a MATPOWER case: the tables mpc.bus, mpc.branch and mpc.gen. The distribution cases keep loads in kW and
 * impedances in ohms and convert them in code at the end of the file; that code is recognised, not run.
 */
import { neverCancelled, type CancelSignal } from '../../base/cancel.ts';
import { Refusal } from '../../base/errors.ts';
import type { ByteSource } from '../source.ts';
import { readText } from '../text/records.ts';
import type { FeederBranchData, FeederBusData, FeederData } from './feeder-data.ts';
import type { BusPlace } from './read-bus-places.ts';
import { requireBaseVoltage } from './require-base-voltage.ts';

const largestText = 16_000_000;

/**
 * @param ratios of transformers: 'refused', or 'in-reactance': what a DC power flow makes of them, x times the ratio; phase shifters are refused.
 * @throws Refusal `bad-feeder` for what cannot be read, with table and row; `cancelled`.
 */
export async function readMatpower(
  source: ByteSource,
  signal: CancelSignal = neverCancelled,
  ratios: 'refused' | 'in-reactance' = 'refused',
): Promise<FeederData> {
  const file = source.name;
  let text = '';
  for await (const part of readText(source, { encoding: 'utf-8', signal })) {
    text += part;
    if (text.length > largestText)
      throw new Refusal('bad-feeder', { feeder: file, problem: 'the case is longer than 16 MB' });
  }
  const code = text.replaceAll(/%[^\n]*/g, '');
  const baseMva = Number(/mpc\.baseMVA\s*=\s*([\d.eE+-]+)/.exec(code)?.[1] ?? 100);
  const kilo = /\[\s*PD\s*,?\s*QD\s*\]\s*\)\s*\/\s*1e3/i.test(code) ? 1 : 1000;
  const inOhms = /BR_R\s*,?\s*BR_X\s*\]\s*\)\s*\/\s*\(?\s*Vbase/i.test(code);
  const gens = tableOf(file, code, 'gen', 6);
  const places = placesOf(file, code);
  const buses = tableOf(file, code, 'bus', 13).map((row): FeederBusData => {
    const id = String(row[0]);
    return {
      id,
      kind: row[1] === 3 ? 'substation' : 'load',
      loadKw: kilo * row[2]!,
      loadKvar: kilo * row[3]!,
      ...shuntOf(file, id, row[5]!),
      baseKv: requireBaseVoltage(file, id, row[9]!),
      voltageMaxPu: row[11]!,
      voltageMinPu: row[12]!,
      ...(places.get(id) ?? { x: NaN, y: NaN }),
    };
  });
  const kvOf = new Map(buses.map(({ id, baseKv }) => [id, baseKv]));
  const branches = tableOf(file, code, 'branch', 11).map((row): FeederBranchData => {
    const [from, to] = [String(row[0]), String(row[1])];
    const unknown = [from, to].find((bus) => !kvOf.has(bus));
    if (unknown !== undefined)
      throw new Refusal('bad-feeder', {
        feeder: file,
        problem: `branch ${from}–${to} names bus ${unknown}, which mpc.bus does not have`,
      });
    const ratio = row[8] === 0 ? 1 : row[8]!;
    if (row[9] !== 0)
      throw new Refusal('bad-feeder', {
        feeder: file,
        problem: `branch ${from}–${to} shifts the phase by ${row[9]}°`,
        next: 'Set its shift to 0; phase shifters are not modelled.',
      });
    if (ratio !== 1 && ratios === 'refused')
      throw new Refusal('bad-feeder', {
        feeder: file,
        problem: `branch ${from}–${to} is a transformer with ratio ${ratio}`,
        next: 'Refer its impedance to one side and set the ratio to 0 or 1.',
      });
    const ohms = inOhms ? 1 : kvOf.get(from)! ** 2 / baseMva;
    return {
      from,
      to,
      rOhm: ohms * row[2]!,
      xOhm: ohms * row[3]! * ratio,
      limitMva: row[5] === 0 ? null : row[5]!,
      state: row[10] === 0 ? 'open' : 'closed',
    };
  });
  const slack = buses.find(({ kind }) => kind === 'substation')?.id;
  return { slackVoltagePu: gens.find((row) => String(row[0]) === slack)?.[5] ?? 1, buses, branches };
}

/** The format itself knows no places; cases that carry them do so in a table of bus, x and y beside the others. */
function placesOf(file: string, code: string): ReadonlyMap<string, BusPlace> {
  const name = ['bus_coords', 'bus_coordinates', 'buscoords'].find((one) => new RegExp(`mpc\\.${one}\\s*=`).test(code));
  if (name === undefined) return new Map();
  return new Map(tableOf(file, code, name, 3).map(([bus, x, y]) => [String(bus), { x: x!, y: y! }]));
}

/** Bs, Mvar given at 1 pu. */
function shuntOf(feeder: string, bus: string, mvar: number): Pick<FeederBusData, 'capacitorKvar'> {
  if (mvar < 0)
    throw new Refusal('bad-feeder', {
      feeder,
      problem: `bus ${bus} has a shunt reactor of ${-mvar} Mvar`,
      next: 'Add what it takes to the reactive load of the bus and set its Bs to 0.',
    });
  return mvar > 0 ? { capacitorKvar: 1000 * mvar } : {};
}

function tableOf(feeder: string, code: string, name: string, width: number): number[][] {
  const body = new RegExp(`mpc\\.${name}\\s*=\\s*\\[([^\\]]*)\\]`).exec(code)?.[1];
  if (body === undefined)
    throw new Refusal('bad-feeder', {
      feeder,
      problem: `it has no table mpc.${name}`,
      next: 'Choose a MATPOWER case.',
    });
  return body
    .split(/[;\n]/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line, index) => {
      const row = line.split(/[\s,]+/).map(Number);
      if (row.length < width || row.slice(0, width).some(Number.isNaN))
        throw new Refusal('bad-feeder', {
          feeder,
          problem: `row ${index + 1} of mpc.${name} ("${line.slice(0, 60)}") does not hold ${width} numbers`,
        });
      return row;
    });
}
