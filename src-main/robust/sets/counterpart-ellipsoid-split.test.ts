import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ProgramBuilder } from '../../program/program.ts';
import type { EllipsoidSet } from '../../uncertainty/day-set.ts';
import { optimum } from '../fixtures/test-solver.ts';
import type { UncertainRow } from '../uncertain-row.ts';
import { numbers } from './conformance.ts';
import { addEllipsoidCounterpart } from './counterpart-ellipsoid.ts';
import { addSplitEllipsoidCounterpart } from './counterpart-ellipsoid-split.ts';

/** min ρ + costs · x with x in boxes that must sum to 4, and ρ at least the worst of Σ (constant_j + x_j) ξ_j. */
function state(costs: number[], constants: number[]) {
  const program = new ProgramBuilder('exposed');
  const x = costs.map((cost, j) => program.addColumn({ name: `x ${j + 1}`, lower: -5, upper: 5, cost }));
  const risk = program.addColumn({ name: 'risk', lower: 0, upper: Infinity, cost: 1 });
  program.addRow({ name: 'sum', lower: 4, upper: 4, terms: x.map((column) => [column, 1] as const) });
  const uncertain = x.map((column, j) => ({ terms: [[column, 1] as const], constant: constants[j]! }));
  const row: UncertainRow = { name: 'worst', terms: [[risk, -1]], uncertain, upper: 0 };
  return { program, row };
}

it('has the optimum of the cone in one piece', () =>
  fc.assert(
    fc.asyncProperty(
      numbers(4, -1, 1),
      numbers(4, -2, 2),
      fc.tuple(numbers(4, -0.2, 0.2), numbers(4, -1, 1), numbers(4, -1, 1), numbers(4, 0, 1)),
      async (costs, constants, [centre, first, second, spread]) => {
        const set: EllipsoidSet = { kind: 'ellipsoid', centre, factors: [first, second], spread, radius: 1.7 };
        const [whole, split] = [state(costs, constants), state(costs, constants)];
        addEllipsoidCounterpart(whole.program, whole.row, set);
        addSplitEllipsoidCounterpart(split.program, split.row, set);
        const one = await optimum(whole.program.compile());
        expect((await optimum(split.program.compile())).objective).toBeCloseTo(one.objective, 4);
      },
    ),
    { numRuns: 30, seed: 20171101 },
  ));
