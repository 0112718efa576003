import { expect, it } from 'vitest';
import { optimum } from '../robust/fixtures/test-solver.ts';
import { programAlongPath } from './along-path.ts';
import { ProgramBuilder, type LinearProgram } from './program.ts';

/** x + y = demand, x ≤ most, y within bounds. */
function supply(demand: number, most: number, held: [number, number] = [0, 5], coefficient = 1): LinearProgram {
  const builder = new ProgramBuilder('supply');
  const x = builder.addColumn({ name: 'x', lower: 0, upper: most, cost: 7 });
  const y = builder.addColumn({ name: 'y', lower: held[0], upper: held[1] });
  builder.addRow({
    name: 'demand',
    lower: demand,
    upper: demand,
    terms: [
      [x, coefficient],
      [y, 1],
    ],
  });
  builder.addRow({ name: 'both', lower: -100, upper: 2 * demand, terms: [[x, 1]] });
  return builder.compile();
}
const stepOf = async (from: LinearProgram, to: LinearProgram): Promise<number> =>
  (await optimum(programAlongPath(from, to))).objective;

it('goes no further than needed along a bound of a column: 20 asked, 5 beside, so 15 of 10 … 30', async () => {
  expect(await stepOf(supply(20, 10), supply(20, 30))).toBeCloseTo(0.25, 8);
});

it('moves both sides of an equality, and a bound that is held, together', async () => {
  expect(await stepOf(supply(20, 10), supply(12, 10))).toBeCloseTo(5 / 8, 8);
  expect(await stepOf(supply(20, 10, [2, 2]), supply(20, 10, [18, 18]))).toBeCloseTo(0.5, 8);
});

it('stays where it is when there is a solution already, and finds none where the end has none', async () => {
  expect(await stepOf(supply(15, 10), supply(15, 30))).toBeCloseTo(0, 8);
  await expect(stepOf(supply(20, 10), supply(20, 14))).rejects.toThrow(/infeasible/);
});

it('refuses a path on which a coefficient moves', () => {
  expect(() => programAlongPath(supply(20, 10), supply(20, 10, [0, 5], 2))).toThrow(/matrix/);
});
