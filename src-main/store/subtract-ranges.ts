export interface Range {
  fromMs: number;
  toMs: number;
}

/** What is left of [fromMs, toMs) when the others are taken out, in order. */
export function subtractRanges(range: Range, others: readonly Range[]): Range[] {
  const left: Range[] = [];
  let fromMs = range.fromMs;
  for (const other of [...others].sort((a, b) => a.fromMs - b.fromMs)) {
    if (other.toMs <= fromMs) continue;
    if (other.fromMs >= range.toMs) break;
    if (other.fromMs > fromMs) left.push({ fromMs, toMs: other.fromMs });
    fromMs = other.toMs;
  }
  if (fromMs < range.toMs) left.push({ fromMs, toMs: range.toMs });
  return left;
}
