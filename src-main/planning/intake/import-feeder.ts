/** Takes the files of a feeder in: how they would be read, what is wrong with the network, and the network stored as a version of its own. */
import { neverCancelled, type CancelSignal } from '../../base/cancel.ts';
import { canonicalJson } from '../../base/canonical-json.ts';
import { Refusal } from '../../base/errors.ts';
import { feederTree } from '../../models/feeder/feeder-tree.ts';
import type { FeederBusData, FeederData } from '../../telemetry/feeders/feeder-data.ts';
import { guessFeederTables, type FeederTables } from '../../telemetry/feeders/feeder-mapping.ts';
import { readFeederTables } from '../../telemetry/feeders/read-feeder-tables.ts';
import { readMatpower } from '../../telemetry/feeders/read-matpower.ts';
import type { ByteSource } from '../../telemetry/source.ts';
import { powerFlow } from '../../verify/power-flow.ts';
import { feederOf } from '../network/feeder-of.ts';
import type { FeederRecord } from '../network/network-ports.ts';
import type { PlanTools } from '../tools.ts';
import { headerOf } from './header-of.ts';

export type FeederMapping = { format: 'matpower' } | ({ format: 'csv' } & FeederTables);

export interface FeederFiles {
  /** The table of buses, or a whole MATPOWER case. */
  buses: ByteSource;
  /** Null with a MATPOWER case. */
  branches: ByteSource | null;
}

export interface FeederPreview {
  mapping: FeederMapping;
  doubts: string[];
  busColumns: string[];
  branchColumns: string[];
  buses: number;
  branches: number;
  ties: number;
  baseKv: number;
  loadKw: number;
  loadKvar: number;
  rows: { from: string; to: string; rOhm: number; xOhm: number; state: 'closed' | 'open' }[];
  notes: string[];
}

const shownRows = 8;

/** Nothing is stored. @throws Refusal `import-bad-row`, `import-column-missing`, `bad-feeder` */
export async function previewFeeder(files: FeederFiles, given: FeederMapping | null): Promise<FeederPreview> {
  const matpower = files.branches === null;
  const busColumns = matpower ? [] : await headerOf(files.buses);
  const branchColumns = files.branches === null ? [] : await headerOf(files.branches);
  const guess = guessFeederTables(busColumns, branchColumns);
  const mapping: FeederMapping = given ?? (matpower ? { format: 'matpower' } : { format: 'csv', ...guess.mapping });
  const data = await readFeeder(files, mapping, neverCancelled);
  const record = judgeFeeder(files.buses.name, data);
  return {
    mapping,
    doubts: given || matpower ? [] : guess.doubts,
    busColumns,
    branchColumns,
    ...countsOf(record.network, record.baseKv),
    rows: data.branches.slice(0, shownRows).map(({ from, to, rOhm, xOhm, state }) => ({ from, to, rOhm, xOhm, state })),
    notes: record.notes,
  };
}

export interface FeederWish {
  files: FeederFiles;
  mapping: FeederMapping;
  name: string;
  source: string;
  licence: string;
  attribution: string;
}

/** Named by content: the same feeder twice is one. @throws as `previewFeeder`, and `cancelled`. */
export async function importFeeder(
  { store, clock, hash }: Pick<PlanTools, 'store' | 'clock' | 'hash'>,
  { files, mapping, ...about }: FeederWish,
  signal: CancelSignal = neverCancelled,
): Promise<FeederRecord> {
  const { network, baseKv } = judgeFeeder(files.buses.name, await readFeeder(files, mapping, signal));
  const sources = files.branches === null ? [files.buses] : [files.buses, files.branches];
  const record: FeederRecord = {
    ...about,
    id: `feeder-${hash(canonicalJson({ ...about, network })).slice(0, 8)}`,
    ...countsOf(network, baseKv),
    importedAtMs: clock.nowMs(),
    files: await Promise.all(sources.map(async (file) => ({ name: file.name, hash: await file.hash() }))),
    network,
  };
  if (signal.cancelled) throw new Refusal('cancelled', { what: `The import of ${files.buses.name}` });
  await store.whenWritable();
  store.saveFeeder(record);
  return record;
}

async function readFeeder(files: FeederFiles, mapping: FeederMapping, signal: CancelSignal): Promise<FeederData> {
  if (mapping.format === 'matpower') return readMatpower(files.buses, signal);
  if (files.branches === null)
    throw new Refusal('bad-feeder', {
      feeder: files.buses.name,
      problem: 'there is no table of branches',
      next: 'Choose the table of branches as well, or a MATPOWER case.',
    });
  return readFeederTables({ buses: files.buses, branches: files.branches }, mapping, signal);
}

/** Everything a feeder must be before anything is planned on it. @throws Refusal `bad-feeder` with the bus or branch named. */
function judgeFeeder(
  feeder: string,
  { slackVoltagePu, buses, branches }: FeederData,
): { network: FeederRecord['network']; baseKv: number; notes: string[] } {
  const refuse = (problem: string, next: string): never => {
    throw new Refusal('bad-feeder', { feeder, problem, next });
  };
  const substations = buses.filter(({ kind }) => kind === 'substation').map(({ id }) => id);
  const [slackBus, second] = substations;
  if (slackBus === undefined)
    return refuse('no bus is marked as the substation', 'Give the bus that the grid above feeds the type 3.');
  if (second !== undefined)
    refuse(
      `buses ${substations.join(' and ')} are both marked as substation`,
      'Leave type 3 to the one that feeds the others.',
    );
  const kvOf = new Map(buses.map(({ id, baseKv }) => [id, baseKv]));
  const baseKv = kvOf.get(slackBus)!;
  const other = buses.find((bus) => bus.baseKv !== baseKv);
  if (other)
    refuse(
      `bus ${other.id} has a base voltage of ${other.baseKv} kV, the substation ${slackBus} of ${baseKv} kV`,
      'Refer the part behind the transformer to the voltage of the substation, or import it as a feeder of its own.',
    );
  const touched = new Set(branches.flatMap(({ from, to }) => [from, to]));
  const alone = buses.find(({ id }) => !touched.has(id));
  if (alone)
    refuse(`bus ${alone.id} has no branch`, `Add the branch that feeds bus ${alone.id}, or leave the bus out.`);
  const tied = buses.filter(
    ({ id }) => !branches.some(({ state, from, to }) => state === 'closed' && (from === id || to === id)),
  );
  if (tied.length > 0)
    refuse(
      `bus ${tied[0]!.id} hangs on an open tie switch only`,
      `Close the branch that feeds bus ${tied[0]!.id} (status 1).`,
    );
  const network = {
    slackBus,
    slackVoltagePu,
    buses: buses.map(({ x, y, ...bus }) => ({ ...bus, x: placed(x), y: placed(y) })),
    branches,
  };
  const model = feederOf({ name: feeder, baseKv, network });
  const tree = feederTree(model);
  return { network, baseKv, notes: notesOf(tree, model.slackVoltagePu, buses) };
}

/** What the feeder does with the loads of its own file, as a first sight of whether it was read rightly. */
function notesOf(
  tree: ReturnType<typeof feederTree>,
  slackVoltagePu: number,
  buses: readonly FeederBusData[],
): string[] {
  const byId = new Map(buses.map((bus) => [bus.id, bus]));
  const flow = powerFlow(tree, slackVoltagePu, {
    pMw: tree.buses.map((id) => byId.get(id)!.loadKw / 1000),
    qMvar: tree.buses.map((id) => byId.get(id)!.loadKvar / 1000),
  });
  if (!flow.converged) return ['With the loads of the file the power flow has no solution; check the units.'];
  const lowest = Math.min(...flow.voltagePu);
  const bus = tree.buses[flow.voltagePu.indexOf(lowest)]!;
  return [
    `With the loads of the file it loses ${(1000 * flow.lossMw).toFixed(2)} kW and is lowest at bus ${bus} with ${lowest.toFixed(4)} pu.`,
  ];
}

function countsOf({ buses, branches }: FeederRecord['network'], baseKv: number) {
  const closed = branches.filter(({ state }) => state === 'closed').length;
  return {
    buses: buses.length,
    branches: closed,
    ties: branches.length - closed,
    baseKv,
    loadKw: buses.reduce((sum, { loadKw }) => sum + loadKw, 0),
    loadKvar: buses.reduce((sum, { loadKvar }) => sum + loadKvar, 0),
  };
}

const placed = (value: number): number | null => (Number.isFinite(value) ? value : null);
