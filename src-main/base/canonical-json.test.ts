import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, parseCanonicalJson } from './canonical-json.ts';

describe('canonicalJson', () => {
  it('is the same text whatever the order of keys', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: true })).toBe('{"a":true,"b":[1,{"c":"x","d":null}]}');
    expect(canonicalJson({ a: true, b: [1, { c: 'x', d: null }] })).toBe(
      canonicalJson({ b: [1, { d: null, c: 'x' }], a: true }),
    );
  });
  it('leaves out undefined properties and writes minus zero as zero', () => {
    expect(canonicalJson({ a: undefined, b: -0 })).toBe('{"b":0}');
  });
  it('keeps NaN and infinities', () => {
    const value = { low: -Infinity, middle: [NaN, 1], high: Infinity };
    expect(canonicalJson(value)).toBe(
      '{"high":{"$number":"Infinity"},"low":{"$number":"-Infinity"},"middle":[{"$number":"NaN"},1]}',
    );
    expect(parseCanonicalJson(canonicalJson(value))).toEqual(value);
  });
  it.each([
    ['a typed array', { plan: { loadKw: new Float64Array(2) } }, /\$\.plan\.loadKw is a Float64Array/],
    ['a date', [new Date(0)], /\$\[0\] is a Date/],
    ['a map', new Map(), /\$ is a Map/],
    ['a function', { run: () => 1 }, /\$\.run is of type function/],
    ['a big integer', 1n, /\$ is of type bigint/],
    ['undefined in a list', [1, undefined], /\$\[1\] is of type undefined/],
    ['a hole', new Array(1), /\$\[0\] is of type undefined/],
    ['the reserved key', { $number: 'NaN' }, /reserved key/],
  ])('refuses %s with its path', (_what, value, problem) => {
    expect(() => canonicalJson(value)).toThrow(problem);
  });
  it('returns every plain value from its text, and the same text from the returned value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(parseCanonicalJson(text))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
