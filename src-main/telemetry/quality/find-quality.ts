/** All quality rules over a series that is in memory. */
import type { RegularSeries } from '../types.ts';
import type { Finding } from './finding.ts';
import { sourceOf } from './quality-source.ts';
import { scanQuality } from './scan-quality.ts';

export interface QualityContext {
  /** Forecast beside the actual, or the reverse. */
  other?: RegularSeries;
  /** IANA zone of the site, for clock changes. */
  zone: string;
}

export interface Quality {
  /** In order of time. */
  ranges: Finding[];
  /** New bits for every value; the operator's own are kept. */
  flags: Uint16Array;
}

/** Changes nothing in `series`; its `flags` are read for what the import and the operator said. */
export function findQuality(series: RegularSeries, { other, zone }: QualityContext): Quality {
  const ranges: Finding[] = [];
  const flags = new Uint16Array(series.values.length);
  let filled = 0;
  for (const piece of scanQuality(sourceOf(series, other ?? null), zone)) {
    for (const range of piece.ranges) ranges.push(range);
    flags.set(piece.flags, filled);
    filled += piece.flags.length;
  }
  return { ranges: ranges.sort((a, b) => a.fromUtcMs - b.fromUtcMs || a.toUtcMs - b.toUtcMs), flags };
}
