import { describe, expect, it } from 'vitest';
import { ProgramBuilder } from '../program/program.ts';
import { boxSet, budgetAdversary, budgetContains } from './budget-set.ts';
import { describeSet } from './conformance.ts';
import { addBudgetCounterpart } from './counterpart-budget.ts';
import { optimum } from './fixtures/test-solver.ts';

describeSet({ describe, it }, 'budget', {
  solve: optimum,
  at: (halfWidths, protection) => {
    const set = { halfWidths, protection };
    return {
      adversary: (coefficients) => budgetAdversary(set, coefficients),
      contains: (realisation) => budgetContains(set, realisation),
      addCounterpart: (program, row) => addBudgetCounterpart(program, row, set),
    };
  },
});

describe('addBudgetCounterpart', () => {
  it('solves a row whose answer is known by hand', async () => {
    // 10 units of x bring (1 − ξ) each, |ξ| ≤ 0.2; with full protection 12 are needed at 0.8 each for a demand of 9.6.
    const build = (protection: number) => {
      const program = new ProgramBuilder('yield');
      const x = program.addColumn({ name: 'x', lower: 0, upper: 100, cost: 1 });
      addBudgetCounterpart(
        program,
        { name: 'yield', terms: [[x, -1]], uncertain: [{ terms: [[x, 1]], constant: 0 }], upper: -9.6 },
        { halfWidths: [0.2], protection },
      );
      return program.compile();
    };
    expect((await optimum(build(1))).objective).toBeCloseTo(12, 7);
    expect((await optimum(build(0.5))).objective).toBeCloseTo(9.6 / 0.9, 7);
    expect((await optimum(build(0))).objective).toBeCloseTo(9.6, 7);
  });
  it('refuses a set of another size', () => {
    const program = new ProgramBuilder('mismatch');
    const row = { name: 'r', terms: [], uncertain: [{ terms: [], constant: 1 }], upper: 0 };
    expect(() => addBudgetCounterpart(program, row, boxSet([1, 2]))).toThrow(/set of 2/);
  });
});
