/**
 * Where places stand on a stringline: at their road distance from one of them. A truck on its way from i to j gains no more distance
 * from the origin than it drives, so no line is steeper than the truck is fast:
 *
 *   |d(o, i) − d(o, j)| ≤ d(i, j)          with d the shortest of all known ways, in either direction
 */
import type { Values } from './paths.ts';
import type { DriveLeg } from './road-shape.ts';

/** Shortest way between every two places, km, from the distances by the quickest way and the trips driven; both directions alike. */
export function shortestWays(distanceKm: readonly Values[], driven: readonly DriveLeg[]): number[][] {
  const count = distanceKm.length;
  const ways = distanceKm.map((row, i) =>
    Array.from(row, (km, j) => (i === j ? 0 : Math.min(known(km), known(distanceKm[j]?.[i])))),
  );
  for (const { from, to, lengthKm } of driven) ways[from]![to] = ways[to]![from] = Math.min(ways[from]![to]!, lengthKm);
  for (let via = 0; via < count; via++)
    for (let i = 0; i < count; i++)
      for (let j = 0; j < count; j++) ways[i]![j] = Math.min(ways[i]![j]!, ways[i]![via]! + ways[via]![j]!);
  return ways;
}

/** The place from which the others stand farthest apart from each other: the smallest gap between neighbours is largest. */
export function clearestOrigin(ways: readonly (readonly number[])[]): number {
  const gaps = ways.map((row) => {
    const sorted = row.filter(Number.isFinite).toSorted((a, b) => a - b);
    return Math.min(...sorted.slice(1).map((km, i) => km - sorted[i]!), Infinity);
  });
  return gaps.reduce((best, gap, i) => (gap > gaps[best]! ? i : best), 0);
}

const known = (km: number | undefined): number => (km === undefined || Number.isNaN(km) ? Infinity : km);

/**
 * Names that stand too close are moved apart, in their order, around where they belong.
 * @param wanted ascending, pixels @returns at least `gap` apart, within [low, high] where there is room
 */
export function spreadOut(wanted: readonly number[], gap: number, low: number, high: number): number[] {
  const places = [...wanted];
  for (let i = 0; i < places.length; i++) places[i] = Math.max(places[i]!, i === 0 ? low : places[i - 1]! + gap);
  for (let i = places.length - 1; i >= 0; i--)
    places[i] = Math.min(places[i]!, i === places.length - 1 ? high : places[i + 1]! - gap);
  return places;
}
