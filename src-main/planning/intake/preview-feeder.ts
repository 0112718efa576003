/** How the files of a feeder would be read and what they then make: shown before anything is stored. */
import { neverCancelled } from '../../base/cancel.ts';
import { Refusal, type ErrorReport } from '../../base/errors.ts';
import { guessFeederTables } from '../../telemetry/feeders/feeder-mapping.ts';
import { meshOf } from '../network/mesh-of.ts';
import { headOf } from './header-of.ts';
import {
  countsOf,
  judgeFeeder,
  readFeeder,
  type FeederFiles,
  type FeederFlow,
  type FeederMapping,
  type Topology,
} from './import-feeder.ts';
import { meshSight } from './mesh-sight.ts';

export interface FeederReading {
  topology: Topology;
  buses: number;
  branches: number;
  ties: number;
  baseKv: number;
  loadKw: number;
  loadKvar: number;
  /** Buses with a place in a drawing. */
  placed: number;
  /** First branches as read. */
  rows: { from: string; to: string; rOhm: number; xOhm: number; state: 'closed' | 'open' }[];
  /** AC power flow of the loads in the file: a first sight of whether units were read rightly. Null: there is no solution, or the network is meshed. */
  flow: FeederFlow | null;
  notes: string[];
}

export interface FeederPreview extends FeederReading {
  mapping: FeederMapping;
  /** Sentences about what the files do not say; units then stand at what is usual. */
  doubts: string[];
  busColumns: string[];
  branchColumns: string[];
}

/** As `FeederPreview`, with a refusal as a value: the mapping that led to it can then be corrected. */
export type FeederLook = Pick<FeederPreview, 'mapping' | 'doubts' | 'busColumns' | 'branchColumns'> &
  ({ reading: FeederReading; refused: null } | { reading: null; refused: ErrorReport });

const shownRows = 8;

/** Nothing is stored. @throws Refusal `import-bad-row`, `import-column-missing`, `bad-feeder` */
export async function previewFeeder(files: FeederFiles, given: FeederMapping | null): Promise<FeederPreview> {
  const guess = await guessOf(files, given);
  return { ...guess, ...(await readingOf(files, guess.mapping)) };
}

/** Nothing is stored. @throws Refusal `import-bad-file` for a file that is no text. */
export async function lookAtFeeder(files: FeederFiles, given: FeederMapping | null): Promise<FeederLook> {
  const guess = await guessOf(files, given);
  try {
    return { ...guess, reading: await readingOf(files, guess.mapping), refused: null };
  } catch (thrown) {
    if (thrown instanceof Refusal) return { ...guess, reading: null, refused: thrown.report };
    throw thrown;
  }
}

async function guessOf(
  files: FeederFiles,
  given: FeederMapping | null,
): Promise<Pick<FeederPreview, 'mapping' | 'doubts' | 'busColumns' | 'branchColumns'>> {
  if (files.branches === null)
    return { mapping: given ?? { format: 'matpower' }, doubts: [], busColumns: [], branchColumns: [] };
  const delimiter = given?.format === 'csv' ? given.delimiter : null;
  const buses = await headOf(files.buses, delimiter);
  const branches = await headOf(files.branches, delimiter);
  const guess = guessFeederTables(buses.columns, branches.columns);
  const { delimiter: found, decimalMark } = branches;
  return {
    mapping: given ?? { format: 'csv', ...guess.mapping, delimiter: found, decimalMark },
    doubts: given ? [] : guess.doubts,
    busColumns: buses.columns,
    branchColumns: branches.columns,
  };
}

async function readingOf(files: FeederFiles, mapping: FeederMapping): Promise<FeederReading> {
  const { data, notes } = await readFeeder(files, mapping, neverCancelled);
  const { network, baseKv, flow } = judgeFeeder(files.buses.name, data, mapping.topology);
  return {
    ...countsOf(network, baseKv),
    placed: network.buses.filter(({ x, y }) => x !== null && y !== null).length,
    rows: data.branches.slice(0, shownRows).map(({ from, to, rOhm, xOhm, state }) => ({ from, to, rOhm, xOhm, state })),
    flow,
    notes: [
      network.topology === 'meshed'
        ? meshSight(meshOf({ name: files.buses.name, network }), network.buses)
        : flow
          ? `With the loads of the file it loses ${flow.lossKw.toFixed(2)} kW and is lowest at bus ${flow.lowestBus} with ${flow.lowestPu.toFixed(4)} pu.`
          : 'With the loads of the file the power flow has no solution; check the units.',
      ...notes,
    ],
  };
}
