/** Risk curves put together as they arrive. */
import type { SweepPayload, SweepPointPayload } from '../../src-main/contract/risk-curve.ts';
import type { SetKindPayload } from '../../src-main/contract/uncertainty.ts';

/**
 * One curve for each kind: the later ones over the earlier. Points of the earlier stay where both are of the same set under the same settings.
 */
export function joinCurves(earlier: readonly SweepPayload[], later: readonly SweepPayload[]): SweepPayload[] {
  const byKind = new Map(earlier.map((curve) => [curve.scale.kind, curve]));
  for (const curve of later) {
    const before = byKind.get(curve.scale.kind);
    byKind.set(curve.scale.kind, before && isOfSame(before, curve) ? joined(before, curve) : curve);
  }
  return [...byKind.values()];
}

const isOfSame = (a: SweepPayload, b: SweepPayload): boolean =>
  a.setId === b.setId && a.day === b.day && JSON.stringify(a.asked) === JSON.stringify(b.asked);

function joined(before: SweepPayload, after: SweepPayload): SweepPayload {
  const wanted = [...new Set([...before.wanted, ...after.wanted])].sort((a, b) => a - b);
  return { ...after, wanted, points: [...before.points, ...after.points].reduce(placed, []) };
}

/** The point taken into the curve of its kind; a point of a kind without one is left out. */
export const withPoint = (
  curves: readonly SweepPayload[],
  kind: SetKindPayload,
  point: SweepPointPayload,
): SweepPayload[] =>
  curves.map((curve) => (curve.scale.kind === kind ? { ...curve, points: placed(curve.points, point) } : curve));

const placed = (points: readonly SweepPointPayload[], point: SweepPointPayload): SweepPointPayload[] =>
  [...points.filter(({ size }) => size !== point.size), point].sort((a, b) => a.size - b.size);
