/** Takes the files of a feeder in: how they would be read, what is wrong with the network, and the network stored as a version of its own. */
import { neverCancelled, type CancelSignal } from '../../base/cancel.ts';
import { canonicalJson } from '../../base/canonical-json.ts';
import { Refusal } from '../../base/errors.ts';
import { feederTree } from '../../models/feeder/feeder-tree.ts';
import { meshBuses } from '../../models/mesh/mesh-buses.ts';
import type { FeederBusData, FeederData } from '../../telemetry/feeders/feeder-data.ts';
import type { FeederTables } from '../../telemetry/feeders/feeder-mapping.ts';
import { placeBuses } from '../../telemetry/feeders/place-buses.ts';
import { readBusPlaces } from '../../telemetry/feeders/read-bus-places.ts';
import { readFeederTables } from '../../telemetry/feeders/read-feeder-tables.ts';
import { readMatpower } from '../../telemetry/feeders/read-matpower.ts';
import type { ByteSource } from '../../telemetry/source.ts';
import { powerFlow } from '../../verify/power-flow.ts';
import { feederOf } from '../network/feeder-of.ts';
import { meshOf } from '../network/mesh-of.ts';
import type { FeederRecord } from '../network/network-ports.ts';
import { operatorOf, type PlanTools } from '../tools.ts';

/** A radial feeder is a tree, its voltages count; a meshed network has loops, its line flows count. */
export type Topology = 'radial' | 'meshed';
/** Radial where it is not said. */
export type FeederMapping = ({ format: 'matpower' } | ({ format: 'csv' } & FeederTables)) & {
  topology?: Topology | undefined;
};

export interface FeederFiles {
  /** The table of buses, or a whole MATPOWER case. */
  buses: ByteSource;
  /** Null with a MATPOWER case. */
  branches: ByteSource | null;
  /** A list of bus, x and y beside them; what the tables say of a place gives way to it. */
  coordinates?: ByteSource | null | undefined;
}

/** What an AC power flow of the loads in the file gives. */
export interface FeederFlow {
  lossKw: number;
  lowestPu: number;
  lowestBus: string;
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
  const { data } = await readFeeder(files, mapping, signal);
  const { network, baseKv } = judgeFeeder(files.buses.name, data, mapping.topology);
  const sources = [files.buses, files.branches, files.coordinates ?? null].filter((file) => file !== null);
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
  store.saveFeeder(record, operatorOf(store));
  return record;
}

/** What the files say, places joined. `notes`: what of the list of places does not fit the buses. @throws as `previewFeeder` */
export async function readFeeder(
  files: FeederFiles,
  mapping: FeederMapping,
  signal: CancelSignal,
): Promise<{ data: FeederData; notes: string[] }> {
  const data = await readNetwork(files, mapping, signal);
  if (!files.coordinates) return { data, notes: [] };
  return placeBuses(data, await readBusPlaces(files.coordinates, signal));
}

async function readNetwork(files: FeederFiles, mapping: FeederMapping, signal: CancelSignal): Promise<FeederData> {
  if (mapping.format === 'matpower')
    return readMatpower(files.buses, signal, mapping.topology === 'meshed' ? 'in-reactance' : 'refused');
  if (files.branches === null)
    throw new Refusal('bad-feeder', {
      feeder: files.buses.name,
      problem: 'there is no table of branches',
      next: 'Choose the table of branches as well, or a MATPOWER case.',
    });
  return readFeederTables({ buses: files.buses, branches: files.branches }, mapping, signal);
}

/** Everything a feeder must be before anything is planned on it. @throws Refusal `bad-feeder` with the bus or branch named. */
export function judgeFeeder(
  feeder: string,
  { slackVoltagePu, buses, branches }: FeederData,
  topology: Topology = 'radial',
): { network: FeederRecord['network']; baseKv: number; flow: FeederFlow | null } {
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
  // The reactance of a transformer is that of a line; its ohms are those of the bus it comes from.
  if (other && topology === 'radial')
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
    ...(topology === 'meshed' ? { topology } : {}),
    slackBus,
    slackVoltagePu,
    buses: buses.map(({ x, y, ...bus }) => ({ ...bus, x: placed(x), y: placed(y) })),
    branches,
  };
  if (topology === 'meshed') {
    meshBuses(meshOf({ name: feeder, network }));
    return { network, baseKv, flow: null };
  }
  const model = feederOf({ name: feeder, baseKv, network });
  const tree = feederTree(model);
  return { network, baseKv, flow: flowOf(tree, model.slackVoltagePu, buses) };
}

/** What the feeder does with the loads of its own file, as a first sight of whether it was read rightly. */
function flowOf(
  tree: ReturnType<typeof feederTree>,
  slackVoltagePu: number,
  buses: readonly FeederBusData[],
): FeederFlow | null {
  const byId = new Map(buses.map((bus) => [bus.id, bus]));
  const flow = powerFlow(tree, slackVoltagePu, {
    pMw: tree.buses.map((id) => byId.get(id)!.loadKw / 1000),
    qMvar: tree.buses.map((id) => byId.get(id)!.loadKvar / 1000),
  });
  if (!flow.converged) return null;
  const lowestPu = Math.min(...flow.voltagePu);
  return { lossKw: 1000 * flow.lossMw, lowestPu, lowestBus: tree.buses[flow.voltagePu.indexOf(lowestPu)]! };
}

export function countsOf({ topology, buses, branches }: FeederRecord['network'], baseKv: number) {
  const closed = branches.filter(({ state }) => state === 'closed').length;
  return {
    topology: topology ?? ('radial' as const),
    buses: buses.length,
    branches: closed,
    ties: branches.length - closed,
    baseKv,
    loadKw: buses.reduce((sum, { loadKw }) => sum + loadKw, 0),
    loadKvar: buses.reduce((sum, { loadKvar }) => sum + loadKvar, 0),
  };
}

const placed = (value: number): number | null => (Number.isFinite(value) ? value : null);
