import { expect, it } from 'vitest';
import { mostInRows } from './most-in-rows.ts';
import { ProgramBuilder } from './program.ts';

it('raises a column until a row with a least activity stops it, or its own bound', () => {
  const program = new ProgramBuilder('rows');
  const [x, y, z] = ['x', 'y', 'z'].map((name) =>
    program.addColumn({ name, lower: 0, upper: name === 'y' ? 5 : Infinity }),
  );
  program.addRow({ name: 'x and z', lower: 1, upper: Infinity, terms: [[z!, 1], [x!, -2]] }); // prettier-ignore
  program.addRow({ name: 'at most', lower: -Infinity, upper: 3, terms: [[x!, 1], [z!, 1]] }); // prettier-ignore
  const most = mostInRows(program.compile(), [1, 2, 7]);
  expect(most(x!)).toBe(3);
  expect(most(y!)).toBe(5);
  expect(most(z!)).toBe(Infinity);
});
