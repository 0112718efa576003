/** A site file named on the command line. */
import { readFile } from 'node:fs/promises';
import { Refusal } from '../../base/errors.ts';
import { readSite } from '../../contract/read-site.ts';
import type { SitePayload } from '../../contract/site.ts';

/** @throws Refusal `not-found`; `bad-site` with every problem and its place */
export async function siteFile(file: string): Promise<SitePayload> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Refusal('not-found', { what: 'file', id: file });
  });
  const reading = readSite(text);
  if (reading.kind === 'site') return reading.site;
  const { problems } = reading;
  const [first, ...more] = problems;
  throw new Refusal('bad-site', {
    path: first?.path,
    problem: [first?.message, ...more.map(({ path, message }) => `${path} ${message}`)].join('; '),
    problems,
  });
}
