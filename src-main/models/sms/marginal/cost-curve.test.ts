import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { costAt, revenuePieces, worthAt, worthOfPieces } from './cost-curve.ts';
import { CurveExplorer } from './curve-explorer.ts';

const line = fc.record({ slope: fc.integer({ min: -300, max: 300 }), offset: fc.integer({ min: -500, max: 500 }) });

describe('CurveExplorer', () => {
  it('finds a convex piecewise linear function from values and slopes', () => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 8 }), (lines) => {
        const at = (n: number) =>
          lines.reduce((best, own) => (own.slope * n + own.offset > best.slope * n + best.offset ? own : best));
        const explorer = new CurveExplorer(-3, 3);
        let evaluations = 0;
        for (let n = explorer.next(); n !== null; n = explorer.next()) {
          const { slope, offset } = at(n);
          explorer.record({ netMw: n, costUsd: slope * n + offset, slope });
          evaluations++;
        }
        const curve = explorer.curve();
        for (let n = -3; n <= 3; n += 0.05) {
          const { slope, offset } = at(n);
          expect(costAt(curve, n)).toBeCloseTo(slope * n + offset, 4);
        }
        expect(evaluations).toBeLessThanOrEqual(2 * lines.length + 1);
        expect(curve.netMw.length - 1).toBeLessThanOrEqual(lines.length);
      }),
      { seed: 3 },
    );
  });
});

describe('marginal revenue', () => {
  /** λ = 100 up to −1, 60 up to 2, 20 beyond. */
  const curve = { netMw: [-2, -1, 2, 3], costUsd: [300, 200, 20, 0] };
  it('takes the worth of each side of a kink', () => {
    expect(worthOfPieces(curve)).toEqual([100, 60, 20]);
    expect(worthAt(curve, 2, 1e-9)).toEqual({ least: 20, most: 60 });
    expect(worthAt(curve, 0.5, 1e-9)).toEqual({ least: 60, most: 60 });
    expect(worthAt(curve, 5, 1e-9)).toEqual({ least: 20, most: 20 });
  });
  it('cuts the curve where power changes its sign', () => {
    expect(revenuePieces(curve).map(({ fromMw, toMw, costUsd }) => [fromMw, toMw, costUsd])).toEqual([
      [-2, -1, 300],
      [-1, 0, 200],
      [0, 2, 140],
      [2, 3, 20],
    ]);
  });
});
