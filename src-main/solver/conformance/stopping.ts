/** Time limits, stops, cancels and progress. */
import { expect, it } from 'vitest';
import { CancelSource } from '../../base/cancel.ts';
import { covering, marketSplit, twoColumns } from '../fixtures/programs.ts';
import type { SolveProgress } from '../solver.ts';
import { as, expectFeasible, options, type Tested } from './expect-outcome.ts';

export function describeStopping(solver: Tested): void {
  it('stops at the time limit with the best solution and its gap', async () => {
    const program = marketSplit();
    const seen: SolveProgress[] = [];
    const outcome = as(
      await solver().solve(program, options({ timeLimitSeconds: 0.7, onProgress: (progress) => seen.push(progress) })),
      'feasible',
    );
    expect(outcome.why).toBe('time-limit');
    expectFeasible(program, outcome);
    expect(outcome.bound).toBeGreaterThanOrEqual(1000 - 1e-6);
    expect(outcome.gap).toBeCloseTo((outcome.solution.objective - outcome.bound) / outcome.solution.objective, 9);
    expect(outcome.gap).toBeGreaterThan(0);
    const last = seen.filter(({ phase }) => phase === 'search').at(-1);
    expect(last?.incumbent).toBeGreaterThanOrEqual(outcome.solution.objective - 1e-6);
    expect(last?.bound).toBeLessThanOrEqual(outcome.bound + 1e-6);
    expect(seen.length).toBeLessThanOrEqual(12);
  });

  it('says so when time runs out before a first solution', async () => {
    const outcome = await solver().solve(
      covering(800, 1600, 5),
      options({ timeLimitSeconds: 1e-4, method: 'simplex' }),
    );
    expect(as(outcome, 'failed').problem).toMatch(/time/);
  });

  it.each(['signal', 'stopSignal'] as const)(
    'answers %s with the best so far, before its time is over',
    async (kind) => {
      const source = new CancelSource();
      const outcome = await solver().solve(
        marketSplit(),
        options({
          [kind]: source,
          onProgress: ({ incumbent }) => {
            if (!Number.isNaN(incumbent)) source.cancel();
          },
        }),
      );
      expect(as(outcome, 'feasible').why).toBe('cancelled');
      expectFeasible(marketSplit(), outcome);
    },
  );

  it('a stop before the first solution waits for it, a cancel does not', async () => {
    const source = new CancelSource();
    source.cancel();
    const kept = as(await solver().solve(marketSplit(), options({ stopSignal: source })), 'feasible');
    expect(kept.why).toBe('cancelled');
    expect((await solver().solve(marketSplit(), options({ signal: source }))).kind).toBe('cancelled');
  });

  it('ends a long linear program on a cancel, without an answer', async () => {
    const source = new CancelSource();
    const seen: SolveProgress[] = [];
    const onProgress = (progress: SolveProgress): void => {
      seen.push(progress);
      source.cancel();
    };
    const program = covering(2000, 5000, 6);
    const outcome = await solver().solve(program, options({ signal: source, method: 'simplex', onProgress }));
    expect(outcome.kind).toBe('cancelled');
    expect(seen.length).toBeGreaterThan(0);
  });

  it('reports the progress of a large linear program', async () => {
    const seen: SolveProgress[] = [];
    const program = covering(400, 20_000, 2);
    const outcome = await solver().solve(program, options({ onProgress: (progress) => seen.push(progress) }));
    expect(outcome.kind).toBe('optimal');
    expect(seen.some(({ phase, iterations }) => phase === 'linear' && iterations > 0)).toBe(true);
  });

  it('serves the next program after a cancel', async () => {
    expect((await solver().solve(twoColumns(), options())).kind).toBe('optimal');
  });
}
