/** What every outcome of a solver is held against. */
import { expect } from 'vitest';
import type { LinearProgram } from '../../program/program.ts';
import { defaultSolveOptions, type SolveOptions, type SolveOutcome, type Solver } from '../solver.ts';

/** The adapter under test, made before its first test. */
export type Tested = () => Solver;

export const options = (changes: Partial<SolveOptions> = {}): SolveOptions => ({ ...defaultSolveOptions, ...changes });

type Kind = SolveOutcome['kind'];

/** The outcome, known to be of this kind. */
export function as<Wanted extends Kind>(
  outcome: SolveOutcome | undefined,
  kind: Wanted,
): Extract<SolveOutcome, { kind: Wanted }> {
  if (outcome?.kind !== kind) throw new Error(`expected ${kind}, got ${JSON.stringify(outcome).slice(0, 400)}`);
  return outcome as Extract<SolveOutcome, { kind: Wanted }>;
}

/** Every bound, row and integrality holds, and the objective is the one of these columns. */
export function expectFeasible(program: LinearProgram, outcome: SolveOutcome): void {
  if (!('solution' in outcome)) throw new Error(`no solution in ${outcome.kind}`);
  const { columns, rows, objective } = outcome.solution;
  const tolerance = 1e-6;
  const activity = new Float64Array(program.rowCount);
  let value = program.offset;
  columns.forEach((amount, column) => {
    value += program.cost[column]! * amount;
    expect(amount).toBeGreaterThanOrEqual(program.columnLower[column]! - tolerance);
    expect(amount).toBeLessThanOrEqual(program.columnUpper[column]! + tolerance);
    if (program.integrality[column] === 1) expect(Math.abs(amount - Math.round(amount))).toBeLessThan(1e-5);
    for (let at = program.starts[column]!; at < program.starts[column + 1]!; at++)
      activity[program.indices[at]!]! += program.values[at]! * amount;
  });
  activity.forEach((amount, row) => {
    expect(amount).toBeGreaterThanOrEqual(program.rowLower[row]! - 1e-5);
    expect(amount).toBeLessThanOrEqual(program.rowUpper[row]! + 1e-5);
    expect(rows[row]).toBeCloseTo(amount, 5);
  });
  expect(columns.length).toBe(program.columnCount);
  expect(objective).toBeCloseTo(value, 5);
}

/** Lagrangian value of the row duals: equals the optimum when they are right (strong duality, finite column bounds). */
export function dualObjective(program: LinearProgram, duals: Float64Array): number {
  let value = program.offset;
  duals.forEach((dual, row) => {
    if (Math.abs(dual) > 1e-9) value += dual * (dual > 0 ? program.rowLower[row]! : program.rowUpper[row]!);
  });
  for (let column = 0; column < program.columnCount; column++) {
    let reduced = program.cost[column]!;
    for (let at = program.starts[column]!; at < program.starts[column + 1]!; at++)
      reduced -= program.values[at]! * duals[program.indices[at]!]!;
    value += reduced * (reduced > 0 ? program.columnLower[column]! : program.columnUpper[column]!);
  }
  return value;
}
