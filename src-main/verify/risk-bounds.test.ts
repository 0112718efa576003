import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { riskBounds } from './risk-bounds.ts';

describe('riskBounds', () => {
  it.each([
    [0, 1, 0.656],
    [1, 0.92, 0.5],
    [2, 0.717, 0.344],
    [3, 0.472, 0.227],
    [4, 0.264, 0.109],
    [5, 0.125, 0.063],
    [6, 0.05, 0.016],
  ])('gives the published pair for six components at protection %d', (protection, exponential, binomial) => {
    const bounds = riskBounds(6, protection);
    expect(Math.abs(bounds.exponential - exponential)).toBeLessThanOrEqual(5.01e-4);
    expect(Math.abs(bounds.binomial - binomial)).toBeLessThanOrEqual(5.01e-4);
  });
  it('is 1 − e⁻³ below one at full protection of six', () => {
    expect(1 - riskBounds(6, 6).exponential).toBeCloseTo(0.950213, 6);
  });
  it('falls with protection, and stays at its end beyond the number of components', () => {
    const count = fc.integer({ min: 1, max: 40 });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(count, share, share, (components, a, b) => {
        const [less, more] = [Math.min(a, b) * components, Math.max(a, b) * components] as [number, number];
        const [weak, strong] = [riskBounds(components, less), riskBounds(components, more)];
        expect(strong.binomial).toBeLessThanOrEqual(weak.binomial + 1e-12);
        expect(strong.exponential).toBeLessThanOrEqual(weak.exponential + 1e-12);
      }),
    );
    expect(riskBounds(6, 9)).toEqual(riskBounds(6, 6));
    expect(riskBounds(0, 0)).toEqual({ exponential: 1, binomial: 1 });
  });
});
