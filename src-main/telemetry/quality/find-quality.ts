/** All quality rules over one series. */
import { flagBits, type RegularSeries } from '../types.ts';
import { findDuplicates } from './find-duplicates.ts';
import { findFrozen } from './find-frozen.ts';
import { findGaps } from './find-gaps.ts';
import { findImpossible } from './find-impossible.ts';
import { findSpikes } from './find-spikes.ts';
import type { Finding, RuleInput } from './finding.ts';
import { noteClockChanges } from './note-clock-changes.ts';

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

const kept = flagBits.operatorBad | flagBits.operatorGood | flagBits.filled;
const rules = [findGaps, findDuplicates, findImpossible, findSpikes, findFrozen, noteClockChanges];

/** Changes nothing in `series`; its `flags` are read for what the import and the operator said. */
export function findQuality(series: RegularSeries, context: QualityContext): Quality {
  const flags = series.flags.map((bits) => bits & kept);
  const input: RuleInput = { series, flags, other: context.other ?? null, zone: context.zone };
  const ranges = rules.flatMap((rule) => rule(input));
  return { ranges: ranges.sort((a, b) => a.fromUtcMs - b.fromUtcMs || a.toUtcMs - b.toUtcMs), flags };
}
