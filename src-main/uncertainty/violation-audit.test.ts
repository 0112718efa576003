import { describe, expect, it } from 'vitest';
import { seededRandom } from '../base/random.ts';
import { normalQuantile } from '../base/statistics.ts';
import { addDays } from '../base/zone.ts';
import { auditViolations, type MarginRule } from './violation-audit.ts';
import type { ErrorHistory } from './moments.ts';

function history(days: number, errorAt: (draw: number, day: number) => number, seed = 1): ErrorHistory {
  const random = seededRandom(seed);
  const residuals = Array.from({ length: days }, (_, d) => ({
    day: addDays('2023-01-01', d),
    errorKw: Array.from({ length: 4 }, () => errorAt(random.normal(), d)),
    usable: true,
  }));
  return { id: 'wind', residuals };
}
const byFactor = (name: string, factor: number): MarginRule => ({
  name,
  marginKw: ({ mean, deviation }) => -mean + factor * deviation,
});
const gaussian = byFactor('gaussian', -normalQuantile(0.1));
const cantelli = byFactor('cantelli', 3);

describe('auditViolations', () => {
  it('measures the risk taken on normal errors by the normal margin, and a small one by Cantelli', () => {
    const [normal, safe] = auditViolations(
      history(900, (draw) => 3 + 10 * draw),
      [gaussian, cantelli],
      0.1,
    );
    expect(normal!.days).toHaveLength(300);
    expect(normal!.days[0]).toBe(addDays('2023-01-01', 600));
    expect(normal!.pooled.share).toBeCloseTo(0.1, 1);
    expect(normal!.pooled.lower).toBeLessThan(0.1);
    expect(normal!.verdict).not.toBe('breaks');
    expect(normal!.meanMarginKw).toBeCloseTo(-3 + 12.8, 0);
    expect(safe!.pooled.share).toBeLessThan(0.01);
    expect(safe!.verdict).toBe('keeps');
    expect(safe!.anySlot.hits).toBeGreaterThanOrEqual(Math.max(...safe!.perSlot.map(({ hits }) => hits)));
  });

  it('says when a promise is broken, and learns from earlier days alone', () => {
    // Calm for two thirds, then errors three times as large: no margin of the past can know.
    const changed = history(300, (draw, day) => (day < 200 ? 1 : 3) * 10 * draw);
    const seen: number[] = [];
    const watched: MarginRule = {
      name: 'watched',
      marginKw: ({ samples, deviation }) => {
        seen.push(samples.length);
        return 1.2816 * deviation;
      },
    };
    const [audit] = auditViolations(changed, [watched], 0.1);
    expect(audit!.verdict).toBe('breaks');
    expect(audit!.pooled.lower).toBeGreaterThan(0.1);
    expect(seen[0]).toBe(199);
    expect(new Set(seen).size).toBe(12);
  });

  it('counts a violation only beyond the margin, never at it', () => {
    const flat = history(60, () => -7);
    const at = (marginKw: number) => auditViolations(flat, [{ name: 'fixed', marginKw: () => marginKw }], 0.1)[0]!;
    expect(at(7).pooled.hits).toBe(0);
    expect(at(6.999).pooled).toMatchObject({ hits: 80, trials: 80 });
  });

  it('refuses too few days and an impossible risk', () => {
    expect(() =>
      auditViolations(
        history(20, (draw) => draw),
        [gaussian],
        0.1,
      ),
    ).toThrow(/Only 20 usable days/);
    expect(() =>
      auditViolations(
        history(60, (draw) => draw),
        [gaussian],
        0,
      ),
    ).toThrow(/accepted risk cannot be 0/);
  });
});
