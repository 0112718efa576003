/**
 * The least size of a set whose measured chance of a violation meets a target, by quartering: five sizes from 0 to the most and the fitted one, then
 * three inside the first stretch that ends below the target, until it is short. Several are solved at once; bisection would ask them one
 * after another.
 *
 * The measured chance need not fall with every step, so the answer is the least of the sizes tried that meets the target, and no size tried
 * below it does.
 */
import { onScale, type SizeScale } from '../../uncertainty/set-size.ts';

export interface Measured {
  size: number;
  /** Measured chance; NaN where the point could not be solved, which counts as not meeting the target. */
  share: number;
}

/** A stretch shorter than the whole over this is not divided further. */
const resolution = 64;

/**
 * @param measure solves and tests several sizes at once, in any order.
 * @param also sizes that are of interest whatever comes out, such as the one in force.
 * @returns the least size tried that meets the target, null when none does; every size tried, ascending.
 */
export async function leastSize<Point extends Measured>(
  scale: SizeScale,
  target: number,
  measure: (sizes: readonly number[]) => Promise<Point[]>,
  also: readonly number[] = [],
): Promise<{ chosen: Point | null; points: Point[] }> {
  const points: Point[] = [];
  const meets = ({ share }: Point): boolean => share <= target;
  const fresh = (sizes: readonly number[]): number[] => {
    const tried = new Set(points.map(({ size }) => size));
    return [...new Set(sizes.map((size) => onScale(scale, size)))].filter((size) => !tried.has(size));
  };
  let wanted = fresh([...[0, 0.25, 0.5, 0.75, 1].map((part) => part * scale.most), scale.fitted, ...also]);
  for (;;) {
    points.push(...(await measure(wanted)));
    points.sort((a, b) => a.size - b.size);
    const first = points.findIndex(meets);
    if (first <= 0) return { chosen: points[first] ?? null, points };
    const [from, to] = [points[first - 1]!.size, points[first]!.size];
    wanted =
      to - from <= scale.most / resolution ? [] : fresh([0.25, 0.5, 0.75].map((part) => from + part * (to - from)));
    if (wanted.length === 0) return { chosen: points[first]!, points };
  }
}
