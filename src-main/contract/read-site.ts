/** A site from the text an operator wrote: the site, or everything that is wrong with it, each with its place. */
import { site, type SitePayload } from './site.ts';

export interface SiteProblem {
  /** Where: "gas[0].maxKw"; "definition" when it concerns the whole. */
  path: string;
  /** What is wrong there: "must be at least minKw (120), not 100". */
  message: string;
}

export type SiteReading = { kind: 'site'; site: SitePayload } | { kind: 'problems'; problems: SiteProblem[] };

const whole = 'definition';

export function readSite(text: string): SiteReading {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    return { kind: 'problems', problems: [{ path: whole, message: `is not JSON: ${why}` }] };
  }
  const parsed = site.safeParse(value);
  if (parsed.success) return { kind: 'site', site: parsed.data };
  return {
    kind: 'problems',
    problems: parsed.error.issues.map(({ path, message }) => ({ path: pathText(path), message })),
  };
}

function pathText(path: readonly PropertyKey[]): string {
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return text.replace(/^\./, '') || whole;
}

/** The text of a site, its fields in the order they are described in. */
export function siteText(value: SitePayload): string {
  return `${JSON.stringify(site.safeParse(value).data ?? value, null, 2)}\n`;
}
