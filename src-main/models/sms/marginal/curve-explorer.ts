/**
 * Finds every kink of a convex piecewise linear function from its values and slopes alone: where the tangents of two known points cross,
 * the function either has that kink, or lies above and gives a new tangent. Two evaluations per piece at most, and exact.
 */
import type { CostCurve } from './cost-curve.ts';

export interface CurvePoint {
  netMw: number;
  costUsd: number;
  /** Any subgradient of f there, USD per MW. */
  slope: number;
}

export class CurveExplorer {
  readonly #points: CurvePoint[] = [];
  readonly #waiting: number[];

  constructor(fromMw: number, toMw: number) {
    this.#waiting = [fromMw, toMw];
  }

  /** Where the function is to be evaluated next; null when it is known. */
  next(): number | null {
    return this.#waiting[0] ?? null;
  }

  record(point: CurvePoint): void {
    this.#waiting.shift();
    const at = this.#points.findIndex(({ netMw }) => netMw > point.netMw);
    const index = at < 0 ? this.#points.length : at;
    this.#points.splice(index, 0, point);
    if (this.#points.length < 2) return;
    for (const left of [index - 1, index]) {
      const [a, b] = [this.#points[left], this.#points[left + 1]];
      const kink = a && b ? crossing(a, b) : null;
      if (kink !== null) this.#waiting.push(kink);
    }
  }

  curve(): CostCurve {
    const kept: CurvePoint[] = [];
    for (const point of this.#points) {
      const [first, last] = [kept.at(-2), kept.at(-1)];
      // A point between two of the same line says nothing.
      if (first && last && Math.abs(steepness(first, last) - steepness(last, point)) <= slopeTolerance(first, point))
        kept.pop();
      kept.push(point);
    }
    return { netMw: kept.map(({ netMw }) => netMw), costUsd: kept.map(({ costUsd }) => costUsd) };
  }
}

const steepness = (a: CurvePoint, b: CurvePoint): number => (b.costUsd - a.costUsd) / (b.netMw - a.netMw);

const slopeTolerance = (a: CurvePoint, b: CurvePoint): number =>
  1e-7 * Math.max(1, Math.abs(a.slope), Math.abs(b.slope));

/** Where the tangents cross strictly between the points; null when one of them is the function there. */
function crossing(a: CurvePoint, b: CurvePoint): number | null {
  const width = b.netMw - a.netMw;
  const rise = b.costUsd - a.costUsd;
  const tolerance = 1e-7 * Math.max(1, Math.abs(a.costUsd), Math.abs(b.costUsd));
  if (rise - a.slope * width <= tolerance || b.slope * width - rise <= tolerance) return null;
  return a.netMw + (b.slope * width - rise) / (b.slope - a.slope);
}
