/** Second-order cones, alone, with integers and along a sequence. */
import { expect, it } from 'vitest';
import { ProgramBuilder } from '../../program/program.ts';
import { disc, missedDisc } from '../fixtures/programs.ts';
import { as, options, type Tested } from './expect-outcome.ts';

export function describeCones(solver: Tested): void {
  it('meets a cone that alone bounds the program', async () => {
    const outcome = as(await solver().solve(disc(10), options()), 'optimal');
    expect(outcome.solution.objective).toBeCloseTo(-10 * Math.SQRT2, 6);
    expect(Math.hypot(...outcome.solution.columns)).toBeLessThanOrEqual(10 + 1e-7);
    expect(outcome.solution.rows.length).toBe(1);
    expect(outcome.statistics.cones!.tangents).toBeGreaterThan(0);
    expect(outcome.statistics.cones!.largestViolation).toBeLessThanOrEqual(1e-7);
  });

  it('meets a cone with an integer column', async () => {
    const outcome = as(await solver().solve(disc(10, 'integer'), options()), 'optimal');
    expect(outcome.solution.objective).toBeCloseTo(-7 - Math.sqrt(51), 5);
  });

  it('meets cones with integer columns at the best of all choices of the integers', async () => {
    // min −x·c − y·k with ‖x‖ ≤ Σ y_i r_i and at most two of four y: the optimum by hand for every choice of y.
    const [gains, radii, prices] = [
      [3, 1, 2],
      [1, 2.5, 3, 4.2],
      [1.2, 4.8, 7.9, 13.1],
    ];
    const program = new ProgramBuilder('choose two');
    const x = gains!.map((gain, i) => program.addColumn({ name: `x ${i}`, lower: -9, upper: 9, cost: -gain }));
    const y = prices!.map((cost, i) =>
      program.addColumn({ name: `y ${i}`, lower: 0, upper: 1, cost, kind: 'integer' }),
    );
    program.addRow({ name: 'two', lower: -Infinity, upper: 2, terms: y.map((column) => [column, 1] as const) });
    program.addCone({
      name: 'reach',
      norm: x.map((column) => ({ terms: [[column, 1] as const], constant: 0 })),
      bound: { terms: y.map((column, i) => [column, radii![i]!] as const), constant: 0.5 },
      tolerance: 1e-7,
    });
    let best = Infinity;
    for (let choice = 0; choice < 16; choice++) {
      const taken = radii!.map((_, i) => (choice >> i) & 1);
      if (taken.reduce((sum, one) => sum + one, 0) > 2) continue;
      const reach = 0.5 + taken.reduce((sum, one, i) => sum + one * radii![i]!, 0);
      best = Math.min(best, taken.reduce((sum, one, i) => sum + one * prices![i]!, 0) - reach * Math.hypot(...gains!));
    }
    const outcome = as(await solver().solve(program.compile(), options()), 'optimal');
    expect(outcome.solution.objective).toBeCloseTo(best, 5);
    expect(outcome.bound).toBeLessThanOrEqual(outcome.solution.objective + 1e-6);
    expect(Number.isSafeInteger(outcome.statistics.nodes)).toBe(true);
    expect(outcome.statistics.nodes).toBeLessThan(1e6);
  });

  it('says that nothing lies where the cone is missed', async () => {
    expect((await solver().solve(missedDisc(10, 11), options())).kind).toBe('infeasible');
  });

  it('follows a cone along a sequence', async () => {
    const outcomes = await solver().solveSequence([disc(10), disc(10), disc(3)], options());
    expect(outcomes.map((outcome) => +as(outcome, 'optimal').solution.objective.toFixed(5))).toEqual([
      -14.14214, -14.14214, -4.24264,
    ]);
  });
}
