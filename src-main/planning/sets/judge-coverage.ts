/**
 * What measured coverage says of a set's promise, and how loudly: the one rule behind every screen and list.
 *
 * The promise is "at least the nominal share of occasions lies inside". It is broken only when the whole interval of the measured
 * share lies below the nominal one; chance alone then does not explain it, and the set must be mended (level 1). A set whose whole
 * interval lies above keeps its promise and is wider than needed: money, not danger (level 3). Otherwise measured and nominal agree.
 */
import type { Coverage } from '../../uncertainty/types.ts';

export interface CoverageJudgement {
  state: 'kept' | 'broken' | 'wider' | 'untold';
  /** As of an exception; null where there is nothing to decide or note. */
  level: 1 | 3 | null;
}

export function judgeCoverage({
  verdict,
  pooled,
  nominal,
}: Pick<Coverage, 'verdict' | 'pooled' | 'nominal'>): CoverageJudgement {
  if (verdict === 'too-few') return { state: 'untold', level: null };
  if (pooled.upper < nominal) return { state: 'broken', level: 1 };
  if (pooled.lower > nominal) return { state: 'wider', level: 3 };
  return { state: 'kept', level: null };
}
