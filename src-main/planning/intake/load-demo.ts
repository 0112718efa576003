/**
 * Fills an empty database with the bundled demo: a site, half a year of load, feed-in and prices, charging sessions, a road network and
 * the trucks on it, and the feeder the site hangs on.
 */
import { canonicalJson } from '../../base/canonical-json.ts';
import { Refusal } from '../../base/errors.ts';
import type { ByteSource } from '../../telemetry/source.ts';
import type { ImportKind } from '../../telemetry/types.ts';
import { importFile } from './import-telemetry.ts';
import type { JobHandle } from '../jobs.ts';
import { importFeeder, type FeederWish } from './import-feeder.ts';
import { importRoads, type RoadsWish } from './import-roads.ts';
import type { MobileStorage } from '../sms/mobile-storage.ts';
import { saveMobileStorage } from '../sms/save-mobile-storage.ts';
import type { Site } from '../site.ts';
import { operatorOf, type PlanTools } from '../tools.ts';

/** One bundled file and how it is read; a mapping because the demo may not depend on a guess. */
export interface DemoFile {
  kind: ImportKind;
  file: string;
  mapping: unknown;
}

export interface DemoRoads extends Omit<RoadsWish, 'files'> {
  nodes: string;
  links: string;
}

export interface DemoFeeder extends Omit<FeederWish, 'files'> {
  buses: string;
  branches: string;
}

export interface DemoBundle {
  site: Site;
  files: DemoFile[];
  roads: DemoRoads;
  mobileStorage: MobileStorage;
  feeder: DemoFeeder;
  open(file: string): Promise<ByteSource>;
}

/**
 * Can be run again after a load that did not end.
 * @throws Refusal `bad-request` when the database holds telemetry, or a site that is not the demo's
 */
export async function loadDemo(tools: PlanTools, bundle: DemoBundle, job: JobHandle): Promise<{ files: number }> {
  const { store } = tools;
  const site = store.getSite();
  const problem =
    site === null
      ? null
      : store.listBatches().length > 0
        ? 'this database already holds a site and telemetry'
        : canonicalJson(site) === canonicalJson(bundle.site)
          ? null
          : `this database already holds a site, ${site.name}`;
  if (problem !== null) throw new Refusal('bad-request', { call: 'desk.loadDemo', problem });
  await store.whenWritable();
  store.saveSite(bundle.site, operatorOf(store));
  for (const [index, file] of bundle.files.entries()) {
    const part = {
      signal: job.signal,
      enterPhase: () => undefined,
      report: (share: number | null, detail: string) =>
        job.report((index + (share ?? 1)) / bundle.files.length, `${file.kind}: ${detail}`),
    };
    await importFile(tools, await bundle.open(file.file), file.kind, file.mapping, part);
  }
  const { nodes, links, ...about } = bundle.roads;
  const files = { nodes: await bundle.open(nodes), links: await bundle.open(links) };
  await importRoads(tools, { ...about, files }, job.signal);
  await saveMobileStorage(store, bundle.mobileStorage);
  const { buses, branches, ...feeder } = bundle.feeder;
  const tables = { buses: await bundle.open(buses), branches: await bundle.open(branches) };
  await importFeeder(tools, { ...feeder, files: tables }, job.signal);
  return { files: bundle.files.length + 4 };
}
