import { describe, expect, it } from 'vitest';
import { withFixedIntegers } from './fix-integers.ts';
import { ProgramBuilder } from './program.ts';

describe('withFixedIntegers', () => {
  it('fixes integer columns at whole values, leaves the others, and does not touch the original', () => {
    const builder = new ProgramBuilder('mixed');
    builder.addColumn({ name: 'on', lower: 0, upper: 1, kind: 'integer' });
    builder.addColumn({ name: 'power', lower: 0, upper: 9 });
    const program = builder.compile();
    const fixed = withFixedIntegers(program, Float64Array.of(0.9999999, 4));
    expect([...fixed.columnLower]).toEqual([1, 0]);
    expect([...fixed.columnUpper]).toEqual([1, 9]);
    expect(fixed.integrality).toHaveLength(0);
    expect([...program.columnLower]).toEqual([0, 0]);
    expect(program.integrality).toHaveLength(2);
  });
});
