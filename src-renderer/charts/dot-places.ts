/** Piles dots that would overlap: each takes the lowest level at which none within `spacing` lies. Positions ascending. */
export function dotPlaces(positions: readonly number[], spacing: number): { x: number; level: number }[] {
  const placed: { x: number; level: number }[] = [];
  for (const x of positions) {
    const taken = new Set(placed.filter((dot) => Math.abs(dot.x - x) < spacing).map((dot) => dot.level));
    let level = 0;
    while (taken.has(level)) level++;
    placed.push({ x, level });
  }
  return placed;
}
