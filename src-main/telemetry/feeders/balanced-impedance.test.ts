import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { balancedImpedance } from './balanced-impedance.ts';

interface Complex {
  re: number;
  im: number;
}
const times = (a: Complex, b: Complex): Complex => ({ re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re });
const plus = (a: Complex, b: Complex): Complex => ({ re: a.re + b.re, im: a.im + b.im });
const turned = (degrees: number): Complex => ({
  re: Math.cos((degrees * Math.PI) / 180),
  im: Math.sin((degrees * Math.PI) / 180),
});

const part = fc.double({ min: 0.01, max: 1, noNaN: true });
const lines = fc.integer({ min: 1, max: 3 }).chain((phases) =>
  fc.record({
    r: fc.tuple(...Array.from({ length: phases }, (_, i) => fc.array(part, { minLength: i + 1, maxLength: i + 1 }))),
    x: fc.tuple(...Array.from({ length: phases }, (_, i) => fc.array(part, { minLength: i + 1, maxLength: i + 1 }))),
  }),
);

describe('balancedImpedance', () => {
  it('is self less mutual for three phases, and three wires in parallel for one', () => {
    expect(balancedImpedance([[0.3], [0.1, 0.36], [0.13, 0.07, 0.24]])).toBeCloseTo(0.3 - 0.1, 12);
    expect(balancedImpedance([[0.25]])).toBeCloseTo(0.75, 12);
  });

  it('loses what the phases lose with currents 120° apart, and drops their mean voltage', () => {
    fc.assert(
      fc.property(lines, ({ r, x }) => {
        const n = r.length;
        const z = (i: number, k: number): Complex => ({
          re: r[Math.max(i, k)]![Math.min(i, k)]!,
          im: x[Math.max(i, k)]![Math.min(i, k)]!,
        });
        // Three units of current in all: 3/n in each phase of the line, one in each of the equivalent.
        let power: Complex = { re: 0, im: 0 };
        let drop: Complex = { re: 0, im: 0 };
        for (let i = 0; i < n; i++)
          for (let k = 0; k < n; k++) {
            const current = times({ re: 3 / n, im: 0 }, turned(-120 * k));
            const fall = times(z(i, k), current);
            power = plus(power, times(fall, times({ re: 3 / n, im: 0 }, turned(120 * i))));
            drop = plus(drop, times(fall, { re: turned(120 * i).re / n, im: turned(120 * i).im / n }));
          }
        expect(power.re).toBeCloseTo(3 * balancedImpedance(r), 9);
        expect(power.im).toBeCloseTo(3 * balancedImpedance(x), 9);
        expect(drop.re).toBeCloseTo(balancedImpedance(r), 9);
        expect(drop.im).toBeCloseTo(balancedImpedance(x), 9);
      }),
      { numRuns: 60 },
    );
  });
});
