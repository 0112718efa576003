import { describe, expect, it } from 'vitest';
import { setKind } from '../../../src-main/contract/uncertainty.ts';
import { methodFormula } from './method-formula.ts';

const learnt = { method: 'conformal', shape: 'level' } as const;

describe('the method in symbols', () => {
  it.each(setKind.options)('states the set of %s last and names no symbol twice', (kind) => {
    const { lines, symbols } = methodFormula(learnt, kind);
    expect(lines.at(-1)).toMatch(/^U(\(α\))? = \{ .+ \}( ,  P\(.+\) ≤ ε for each .+)?$/);
    const names = symbols.map(({ symbol }) => symbol);
    expect(new Set(names).size).toBe(names.length);
  });

  it('explains every Greek letter and every big letter that its lines use', () => {
    for (const kind of setKind.options)
      for (const method of ['conformal', 'prediction-normal'] as const) {
        const { lines, symbols } = methodFormula({ method, shape: 'level' }, kind);
        const explained = symbols.map(({ symbol, meaning }) => symbol + meaning).join(' ');
        const used = new Set(lines.join(' ').match(/[ανδεμξρσFDBN]/g));
        for (const letter of used) expect(explained, `${letter} of ${kind}`).toContain(letter);
      }
  });

  it('differs by method and width', () => {
    const perSlot = methodFormula({ method: 'prediction-normal', shape: 'per-slot' }, 'budget');
    expect(perSlot.lines[0]).toBe('eₜ = actual − forecast');
    expect(perSlot.symbols.some(({ symbol }) => symbol === 'σ')).toBe(false);
    expect(methodFormula(learnt, 'budget').lines[0]).toContain('σ');
  });
});
