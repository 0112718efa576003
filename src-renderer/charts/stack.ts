import type { Values } from './paths.ts';

export interface Layer {
  lower: Float64Array;
  upper: Float64Array;
  /** The upper edge where there is something beneath it, NaN elsewhere: what is stroked. */
  edge: Float64Array;
}

/**
 * Piles rows on one another from zero: upwards for 'up', downwards (charging, export) for 'down'. Missing and negative values
 * count as none. `dust` is the height below which an edge is not worth a line.
 */
export function stack(rows: readonly Values[], direction: 'up' | 'down', dust = 0): Layer[] {
  const sign = direction === 'up' ? 1 : -1;
  let base = new Float64Array(rows[0]?.length ?? 0);
  return rows.map((row) => {
    const upper = base.map((from, slot) => from + sign * Math.max(0, row[slot] || 0));
    const edge = upper.map((to, slot) => (Math.abs(to - base[slot]!) > dust ? to : NaN));
    const layer = { lower: base, upper, edge };
    base = upper;
    return layer;
  });
}
