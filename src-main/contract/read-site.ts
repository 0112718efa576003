/** A site from the text an operator wrote: the site, or everything that is wrong with it, each with its place. */
import { readDefinition, type DefinitionProblem } from './read-definition.ts';
import { site, type SitePayload } from './site.ts';

export type SiteProblem = DefinitionProblem;
export type SiteReading = { kind: 'site'; site: SitePayload } | { kind: 'problems'; problems: SiteProblem[] };

export function readSite(text: string): SiteReading {
  const reading = readDefinition(text, site);
  return reading.kind === 'problems' ? reading : { kind: 'site', site: reading.value };
}

/** The text of a site, its fields in the order they are described in. */
export function siteText(value: SitePayload): string {
  return `${JSON.stringify(site.safeParse(value).data ?? value, null, 2)}\n`;
}
