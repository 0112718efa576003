import { describe, expect, it } from 'vitest';
import { differences } from './patch.ts';
import { ProgramBuilder } from './program.ts';

const build = (coefficient: number, demand: number) => {
  const program = new ProgramBuilder('small');
  const x = program.addColumn({ name: 'x', lower: 0, upper: 10, cost: 2 });
  const y = program.addColumn({ name: 'y', lower: 0, upper: 10, cost: 3 });
  program.addRow({
    name: 'demand',
    lower: demand,
    upper: Infinity,
    terms: [
      [x, 1],
      [y, coefficient],
      [x, 1],
    ],
  });
  return program.compile();
};

describe('ProgramBuilder', () => {
  it('merges repeated terms and compiles to CSC', () => {
    const program = build(4, 7);
    expect([...program.starts]).toEqual([0, 1, 2]);
    expect([...program.values]).toEqual([2, 4]);
    expect(program.integrality.length).toBe(0);
  });
  it('refuses repeated names, crossed bounds and NaN', () => {
    const program = new ProgramBuilder('bad');
    const x = program.addColumn({ name: 'x', lower: 0, upper: 1 });
    expect(() => program.addColumn({ name: 'x', lower: 0, upper: 1 })).toThrow(/twice/);
    expect(() => program.addColumn({ name: 'z', lower: 2, upper: 1 })).toThrow(/bounds/);
    expect(() => program.addRow({ name: 'r', lower: 0, upper: 1, terms: [[x, NaN]] })).toThrow(/coefficient NaN/);
  });
});

describe('differences', () => {
  it('lists exactly what moved, explicit zeros included', () => {
    expect(differences(build(4, 7), build(0, 9))).toEqual({
      rowBounds: [[0, 9, Infinity]],
      columnBounds: [],
      costs: [],
      coefficients: [[0, 1, 0]],
    });
  });
  it('refuses programs of different shape', () => {
    const other = new ProgramBuilder('other');
    other.addColumn({ name: 'x', lower: 0, upper: 1 });
    expect(() => differences(build(1, 1), other.compile())).toThrow(/shape/);
  });
});
