import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProgramBuilder } from '../../program/program.ts';
import { optimum } from '../fixtures/test-solver.ts';
import { expectation, sortStates, type Ambiguity } from './ambiguity.ts';
import { bestDual, divergence } from './fixtures/row-duals.ts';
import { worstLaw } from './worst-law.ts';

interface Row {
  nominal: number[];
  values: number[];
}

/** Rows of 2 to 6 states; some states never seen, some values equal. */
const rows: fc.Arbitrary<Row> = fc.integer({ min: 2, max: 6 }).chain((states) =>
  fc
    .record({
      weights: fc.array(fc.constantFrom<number>(0, 1, 2, 3, 5, 8), { minLength: states, maxLength: states }),
      values: fc.array(fc.integer({ min: -20, max: 20 }), { minLength: states, maxLength: states }),
    })
    .filter(({ weights }) => weights.some((weight) => weight > 0))
    .map(({ weights, values }) => {
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      return { nominal: weights.map((weight) => weight / total), values };
    }),
);
const radii = fc.double({ min: 0.001, max: 2, noNaN: true });
const curved = ['likelihood', 'entropy', 'ellipsoid'] as const;
const withRadius = ['interval', 'l1', ...curved] as const;

function ask(ambiguity: Ambiguity, { nominal, values }: Row): { value: number; law: Float64Array } {
  const law = new Float64Array(values.length);
  const order = sortStates(values, new Uint16Array(values.length));
  return { value: worstLaw(ambiguity, { nominal, values, order }, law), law };
}

/** min Σ p v over the set, as a linear program. */
async function linearWorst(kind: 'interval' | 'l1', radius: number, { nominal, values }: Row): Promise<number> {
  const builder = new ProgramBuilder(`${kind} row`);
  const law = values.map((cost, j) => builder.addColumn({ name: `p${j}`, lower: 0, upper: 1, cost }));
  builder.addRow({ name: 'mass', lower: 1, upper: 1, terms: law.map((column) => [column, 1]) });
  const off = values.map((_, j) => builder.addColumn({ name: `off${j}`, lower: 0, upper: 2, cost: 0 }));
  nominal.forEach((share, j) => {
    builder.addRow({
      name: `over${j}`,
      lower: -Infinity,
      upper: share,
      terms: [
        [law[j]!, 1],
        [off[j]!, -1],
      ],
    });
    builder.addRow({
      name: `under${j}`,
      lower: share,
      upper: Infinity,
      terms: [
        [law[j]!, 1],
        [off[j]!, 1],
      ],
    });
    if (kind === 'interval') builder.addRow({ name: `within${j}`, lower: 0, upper: radius, terms: [[off[j]!, 1]] });
  });
  if (kind === 'l1') builder.addRow({ name: 'all', lower: 0, upper: radius, terms: off.map((column) => [column, 1]) });
  return (await optimum(builder.compile())).objective;
}

describe('worstLaw', () => {
  it.each(['interval', 'l1'] as const)('of %s equals the linear program', async (kind) => {
    await fc.assert(
      fc.asyncProperty(rows, radii, async (row, radius) => {
        expect(ask({ kind, radius }, row).value).toBeCloseTo(await linearWorst(kind, radius, row), 9);
      }),
      { numRuns: 60 },
    );
  });

  it.each(curved)('of %s reaches the bound of its dual, and stays in its set', (kind) => {
    fc.assert(
      fc.property(rows, radii, (row, radius) => {
        const { value, law } = ask({ kind, radius }, row);
        expect(divergence(kind, row.nominal, law)).toBeLessThanOrEqual(radius * (1 + 1e-9));
        expect(value).toBeGreaterThanOrEqual(bestDual(kind, radius, row) - 1e-9 * 20);
        expect(value).toBeLessThanOrEqual(bestDual(kind, radius, row) + 1e-6 * 20);
      }),
      { numRuns: 150 },
    );
  });

  it.each(withRadius)('of %s is a law, and a wider set is never kinder', (kind) => {
    fc.assert(
      fc.property(rows, radii, radii, (row, a, b) => {
        const narrow = ask({ kind, radius: Math.min(a, b) }, row);
        const wide = ask({ kind, radius: Math.max(a, b) }, row);
        for (const { law } of [narrow, wide]) {
          expect(law.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
          expect(Math.min(...law)).toBeGreaterThanOrEqual(0);
        }
        expect(wide.value).toBeLessThanOrEqual(narrow.value + 1e-9);
        expect(narrow.value).toBeLessThanOrEqual(expectation(row.nominal, row.values) + 1e-9);
      }),
    );
  });

  it.each(withRadius)('of %s with radius 0 believes the estimate', (kind) => {
    fc.assert(
      fc.property(rows, (row) => {
        expect(ask({ kind, radius: 0 }, row).value).toBeCloseTo(expectation(row.nominal, row.values), 9);
      }),
    );
  });

  it('moves likelihood mass to a state never seen when that is cheaper, and entropy mass never', () => {
    const row = { nominal: [0, 0.5, 0.5], values: [-10, 1, 2] };
    const { law } = ask({ kind: 'likelihood', radius: 0.3 }, row);
    expect(law[0]).toBeCloseTo(1 - Math.exp(-0.3 + divergence('likelihood', row.nominal, [0, 12 / 23, 11 / 23])), 9);
    expect(ask({ kind: 'entropy', radius: 0.3 }, row).law[0]).toBe(0);
  });

  it('ends on the lowest value seen when a state never seen lies below it', () => {
    // The masses of the two lowest do not add up to their mean exactly.
    const row = { nominal: [1 / 3, 2 / 15, 0, 0, 1 / 5, 1 / 3], values: [-3, 19, -10, 17, 10, -3] };
    const { value, law } = ask({ kind: 'ellipsoid', radius: 1.8480952319805628 }, row);
    expect(value).toBeCloseTo(-3, 12);
    expect(law[2]).toBe(0);
  });

  it('takes the worst scenario named, or the estimate when none is worse', () => {
    const row = { nominal: [0.5, 0.5], values: [0, 10] };
    expect(ask({ kind: 'scenario', mix: 0.2, states: [0, 1] }, row).value).toBeCloseTo(4, 12);
    expect(ask({ kind: 'scenario', mix: 0.2, states: [1] }, row).value).toBeCloseTo(5, 12);
  });
});
