import { describe, expect, it } from 'vitest';
import { defaultSolveOptions } from '../solver/solver.ts';
import { testSolver } from '../robust/fixtures/test-solver.ts';
import { appendRows, basisWithRows } from './append-rows.ts';
import { ProgramBuilder } from './program.ts';

/** Most of 2x + y with x + y ≤ 10, told as least of its negative. */
function stated(rows: 'alone' | 'with cap') {
  const program = new ProgramBuilder('rows');
  const x = program.addColumn({ name: 'x', lower: 0, upper: Infinity, cost: -2 });
  const y = program.addColumn({ name: 'y', lower: 0, upper: Infinity, cost: -1 });
  const row = (name: string, upper: number, a: number, b: number): void => {
    program.addRow({ name, lower: -Infinity, upper, terms: [[x, a], [y, b]] }); // prettier-ignore
  };
  row('together', 10, 1, 1);
  if (rows === 'with cap') row('cap', 6, 1, -0.5);
  return { program: program.compile(), terms: [[x, 1] as const, [y, -0.5] as const] };
}

describe('rows added to a program', () => {
  it('are what they would be if stated in it', () => {
    const { program, terms } = stated('alone');
    const added = appendRows(program, [{ name: 'cap', lower: -Infinity, upper: 6, terms }]);
    expect(added).toEqual(stated('with cap').program);
    expect(appendRows(program, [])).toBe(program);
  });

  it('are slack in the basis that is carried on, from which the optimum is found again', async () => {
    const { program, terms } = stated('alone');
    const options = { ...defaultSolveOptions, warm: { from: null, by: 'dual' as const } };
    const before = await testSolver.solve(program, options);
    if (before.kind !== 'optimal') throw new Error(before.kind);
    const added = appendRows(program, [{ name: 'cap', lower: -Infinity, upper: 6, terms }]);
    const from = basisWithRows(before.solution.basis!, added.rowCount);
    expect([...from.rows].slice(program.rowCount)).toEqual([1]);
    const after = await testSolver.solve(added, { ...options, warm: { from, by: 'dual' } });
    expect('solution' in after && after.solution.objective).toBeCloseTo(-(2 * 22 + 8) / 3, 9);
  });
});
