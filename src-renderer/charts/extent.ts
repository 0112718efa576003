import type { Values } from './paths.ts';

/** Smallest and largest finite value of all rows together with `include`; [0, 1] when there is none. */
export function extent(rows: readonly Values[], include: readonly number[] = []): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const row of [...rows, include])
    for (let i = 0; i < row.length; i++) {
      const value = row[i]!;
      if (!Number.isFinite(value)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  if (low > high) return [0, 1];
  return low === high ? [low - 0.5, high + 0.5] : [low, high];
}

/** Largest finite value of all rows; 0 when there is none above it. */
export function largest(rows: readonly Values[]): number {
  let high = 0;
  for (const row of rows)
    for (let i = 0; i < row.length; i++) if (row[i]! > high && Number.isFinite(row[i])) high = row[i]!;
  return high;
}
