import fc from 'fast-check';
import { expect, it } from 'vitest';
import { optimum } from '../robust/fixtures/test-solver.ts';
import { withDistances } from './distances.ts';
import { ProgramBuilder } from './program.ts';

it('pays for the way from given values, and without a price leaves a program what it was', async () => {
  const within = fc.double({ min: -5, max: 5, noNaN: true });
  await fc.assert(
    fc.asyncProperty(within, within, async (wanted, from) => {
      const builder = new ProgramBuilder('a level');
      const up = builder.addColumn({ name: 'up', lower: 0, upper: 10, cost: 1 });
      const down = builder.addColumn({ name: 'down', lower: 0, upper: 10, cost: 1 });
      const level = [[up, 1] as const, [down, -1] as const];
      builder.addRow({ name: 'level', lower: wanted, upper: Infinity, terms: level });
      const program = builder.compile();
      const priced = async (price: number) =>
        (await optimum(withDistances(program, [{ terms: level, from }], price))).objective;
      // Going a unit from zero costs 1, being a unit off a half: the cheapest level stands, and its way is paid.
      const cheapest = Math.max(0, wanted);
      expect(await priced(0)).toBeCloseTo(cheapest, 6);
      expect(await priced(0.5)).toBeCloseTo(cheapest + 0.5 * Math.abs(cheapest - from), 6);
    }),
    { numRuns: 40 },
  );
});
