/** Findings per series and kind, for the command line and reports. */
import type { Store } from '../ports.ts';

export interface QualitySummary {
  series: string;
  kind: string;
  values: number;
  findings: { finding: string; ranges: number; values: number; example: string }[];
}

export function qualitySummary(store: Store): QualitySummary[] {
  return store.listSeries().map((series) => {
    const { ranges } = store.listFlags({ seriesId: series.id, offset: 0, limit: Number.MAX_SAFE_INTEGER });
    const byKind = new Map<string, { ranges: number; values: number; example: string }>();
    for (const range of ranges) {
      const entry = byKind.get(range.kind) ?? { ranges: 0, values: 0, example: range.detail };
      byKind.set(range.kind, { ...entry, ranges: entry.ranges + 1, values: entry.values + range.count });
    }
    return {
      series: series.name,
      kind: series.kind,
      values: series.valueCount,
      findings: [...byKind].map(([finding, entry]) => ({ finding, ...entry })),
    };
  });
}
