/** Classes of equal width over the values that are there. */
export interface Classes {
  edges: number[];
  counts: number[];
}

/** @param wanted about how many classes; edges fall on round numbers */
export function histogramOf(values: Float64Array, wanted = 40): Classes {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return { edges: [], counts: [] };
  const width = roundWidth((high - low) / wanted || Math.abs(high) / wanted || 1);
  const first = Math.floor(low / width);
  const classes = Math.floor(high / width) - first + 1;
  const counts = new Array<number>(classes).fill(0);
  for (const value of values) if (!Number.isNaN(value)) counts[Math.floor(value / width) - first]! += 1;
  return { edges: Array.from({ length: classes + 1 }, (_, index) => (first + index) * width), counts };
}

/** The next of 1, 2, 5 × 10ⁿ. */
function roundWidth(width: number): number {
  const decade = 10 ** Math.floor(Math.log10(width));
  return ([1, 2, 5, 10].find((step) => step * decade >= width * (1 - 1e-12)) ?? 10) * decade;
}
