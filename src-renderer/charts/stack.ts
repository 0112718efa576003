import type { Values } from './paths.ts';

export interface Layer {
  lower: Float64Array;
  upper: Float64Array;
}

/** Piles rows on one another from zero: upwards for 'up', downwards (charging, export) for 'down'. Missing values count as none. */
export function stack(rows: readonly Values[], direction: 'up' | 'down'): Layer[] {
  const sign = direction === 'up' ? 1 : -1;
  let base = new Float64Array(rows[0]?.length ?? 0);
  return rows.map((row) => {
    const next = base.map((from, slot) => from + sign * Math.max(0, row[slot] || 0));
    const layer = { lower: base, upper: next };
    base = next;
    return layer;
  });
}
