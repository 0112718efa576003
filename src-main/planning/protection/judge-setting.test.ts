import { describe, expect, it } from 'vitest';
import { judgeSetting } from './judge-setting.ts';

const point = (size: number, totalCost: number, share: number) => ({
  size,
  state: 'solved' as const,
  totalCost,
  anyViolation: { hits: 0, trials: 100, share, lower: 0, upper: 1 },
});
const points = [
  point(0, 1000, 0.6),
  point(1, 1020, 0.04),
  point(1.5, 1030, 0.04),
  point(2, 1035, 0.02),
  point(4, 1090, 0),
];
const at = (size: number) => judgeSetting(points, points[1]!, { size, target: 0.05, gap: 1e-4 });

describe('judgeSetting', () => {
  it('knows too small, fair, dear and absurd', () => {
    expect(at(0)).toMatchObject({ verdict: 'short', extraCost: -20 });
    expect(at(1)).toEqual({ size: 1, verdict: 'fair', extraCost: 0 });
    expect(at(1.5)).toMatchObject({ verdict: 'dear', extraCost: 10 });
    expect(at(2)).toMatchObject({ verdict: 'fair', extraCost: 15 });
    // 90 more than nothing, where 20 keep the target.
    expect(at(4)).toMatchObject({ verdict: 'absurd', extraCost: 70 });
  });
  it('calls nothing absurd that costs next to nothing, and says nothing of what was not solved', () => {
    const flat = [point(0, 1000, 0.01), point(4, 1004, 0)];
    expect(judgeSetting(flat, flat[0]!, { size: 4, target: 0.05, gap: 1e-4 }).verdict).toBe('fair');
    const dearer = [point(0, 1000, 0.01), point(4, 1006, 0)];
    expect(judgeSetting(dearer, dearer[0]!, { size: 4, target: 0.05, gap: 1e-4 }).verdict).toBe('absurd');
    expect(at(3).verdict).toBe('untold');
    expect(judgeSetting(points, null, { size: 4, target: 0.05, gap: 1e-4 }).verdict).toBe('untold');
  });
});
