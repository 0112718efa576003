/** Databases for flows: made once per run through the command line, copied for each test. */
import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { builtMain } from './built.ts';

/**
 * 'demo': the bundled site and telemetry; 'planned': the same with a tested draft plan for the next day; 'small' and
 * 'small-planned': the same with the first aggregator and no services of the others, for flows that plan but need not all
 * cars; 'none': no file yet.
 */
export type DatabaseState = 'none' | 'demo' | 'planned' | 'small' | 'small-planned';

/** The environment variable by which the run tells its workers where the templates are. */
export const templatesVariable = 'SUREWATT_E2E_TEMPLATES';
const run = promisify(execFile);

/** What is taken from of the demo's site. */
interface SiteFile {
  aggregators: { id: string }[];
  network: { places: { id: string }[] };
  services?: unknown;
}

export async function makeTemplates(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'surewatt-e2e-'));
  const cli = (...args: string[]) =>
    run(process.execPath, [builtMain('cli'), ...args], { maxBuffer: 64 * 1024 * 1024 });
  const file = (state: DatabaseState) => join(folder, `${state}.db`);
  await cli('init', '--demo', '--db', file('demo'), '--json');
  await copyFile(file('demo'), file('planned'));
  await copyFile(file('demo'), file('small'));
  const makeSmall = async (): Promise<void> => {
    const { services: _, ...site } = JSON.parse((await cli('site', '--db', file('small'))).stdout) as SiteFile;
    const [first, ...gone] = site.aggregators;
    const places = site.network.places.filter(({ id }) => gone.every((one) => one.id !== id));
    const small = { ...site, aggregators: [first!], network: { ...site.network, places } };
    const definition = join(folder, 'small.json');
    await writeFile(definition, JSON.stringify(small));
    await cli('site', '--save', definition, '--db', file('small'));
    await copyFile(file('small'), file('small-planned'));
    await cli('plan', '--protection', '2', '--db', file('small-planned'), '--json');
  };
  await Promise.all([cli('plan', '--db', file('planned'), '--json'), makeSmall()]);
  return folder;
}

/** A database of its own for one test, in its own folder; `remove` deletes both. */
export async function freshDatabase(state: DatabaseState): Promise<{ file: string; remove(): Promise<void> }> {
  const templates = process.env[templatesVariable];
  if (templates === undefined) throw new Error('the global setup did not run');
  const folder = await mkdtemp(join(tmpdir(), 'surewatt-flow-'));
  const file = join(folder, 'data', 'surewatt.db');
  if (state !== 'none') {
    await mkdir(join(folder, 'data'));
    await copyFile(join(templates, `${state}.db`), file);
  }
  return { file, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }) };
}
