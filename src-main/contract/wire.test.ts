import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeWire, encodeWire } from './wire.ts';

describe('the wire', () => {
  it('carries typed arrays, NaN and infinities through text unchanged', () => {
    const value = {
      a: Float64Array.of(1.5, NaN, -Infinity),
      b: Uint16Array.of(0, 65535),
      c: [NaN, 1, 'x', null],
      d: { e: Infinity },
    };
    expect(decodeWire(encodeWire(value))).toEqual(value);
  });
  it('holds for any array', () => {
    fc.assert(
      fc.property(fc.array(fc.double()), (values) => {
        const sent = Float64Array.from(values);
        expect(decodeWire(encodeWire(sent))).toEqual(sent);
      }),
    );
  });
});
