import { describe, expect, it } from 'vitest';
import { impliedBounds } from './implied-bounds.ts';
import { ProgramBuilder } from './program.ts';

describe('bounds that a row implies', () => {
  it('come from the bounds of all other columns of an equality, and of no other row', () => {
    const program = new ProgramBuilder('bounds');
    const a = program.addColumn({ name: 'a', lower: -1, upper: 2 });
    const b = program.addColumn({ name: 'b', lower: 0, upper: 3 });
    const sum = program.addColumn({ name: 'sum', lower: -Infinity, upper: Infinity });
    const open = program.addColumn({ name: 'open', lower: -Infinity, upper: 5 });
    program.addRow({ name: 'sum', lower: 0, upper: 0, terms: [[a, 1], [b, -2], [sum, -1]] }); // prettier-ignore
    program.addRow({ name: 'most', lower: -Infinity, upper: 1, terms: [[sum, 1], [open, 1]] }); // prettier-ignore
    const bounds = impliedBounds(program.compile(), [a, sum, open]);
    expect(bounds.get(sum)).toEqual({ lower: -7, upper: 2 });
    // What is free lets it go anywhere.
    expect(bounds.get(a)).toEqual({ lower: -1, upper: 2 });
    expect(bounds.get(open)).toEqual({ lower: -Infinity, upper: 5 });
  });
});
