/**
 * The least protection whose measured chance of a violation meets a target, by quartering: five points from 0 to L, then three inside the
 * first stretch that ends below the target, until it is short. Three points are solved at once; bisection would ask them one after another.
 *
 * The measured chance need not fall with every step of protection, so the answer is the least of the points tried that meets the target, and
 * no point tried below it does.
 */
export interface Measured {
  protection: number;
  /** Measured chance; NaN where the point could not be solved, which counts as not meeting the target. */
  share: number;
}

/** A stretch shorter than L over this is not divided further. */
const resolution = 64;

/**
 * @param most L, the number of uncertain components.
 * @param measure solves and tests several protections at once, in any order.
 * @returns the least protection tried that meets the target, null when none does.
 */
export async function leastProtection<Point extends Measured>(
  most: number,
  target: number,
  measure: (protections: readonly number[]) => Promise<Point[]>,
): Promise<{ chosen: Point | null; points: Point[] }> {
  const points: Point[] = [];
  const meets = ({ share }: Point): boolean => share <= target;
  let wanted = [0, 0.25, 0.5, 0.75, 1].map((part) => part * most);
  for (;;) {
    points.push(...(await measure(wanted)));
    points.sort((a, b) => a.protection - b.protection);
    const first = points.findIndex(meets);
    if (first <= 0) return { chosen: points[first] ?? null, points };
    const [from, to] = [points[first - 1]!.protection, points[first]!.protection];
    if (to - from <= most / resolution) return { chosen: points[first]!, points };
    wanted = [0.25, 0.5, 0.75].map((part) => from + part * (to - from));
  }
}
