import { describe, expect, it } from 'vitest';
import { parseStrategy } from './strategy.ts';

describe('parseStrategy', () => {
  it('reads every name', () => {
    const affine = { kind: 'budget', slotProtection: undefined, recourse: 'affine' };
    expect(parseStrategy('nominal')).toEqual({ ...affine, protection: 0 });
    expect(parseStrategy('budget:2.5')).toEqual({ ...affine, protection: 2.5 });
    expect(parseStrategy('budget:4/12')).toEqual({ ...affine, protection: 4, slotProtection: 12 });
    expect(parseStrategy('static:4')).toEqual({ ...affine, protection: 4, recourse: 'static' });
    expect(parseStrategy('factor')).toEqual({ kind: 'set', set: 'factor' });
    expect(parseStrategy('dial:20')).toEqual({ kind: 'dial', days: 20, set: 'budget' });
    expect(parseStrategy('dial:20/factor')).toEqual({ kind: 'dial', days: 20, set: 'factor' });
    expect(parseStrategy('dial:20/wasserstein-exact')).toEqual({ kind: 'dial', days: 20, set: 'wasserstein-exact' });
    expect(parseStrategy('without-v2g:4')).toEqual({ kind: 'without-v2g', protection: 4 });
    expect(parseStrategy('perfect')).toEqual({ kind: 'perfect' });
  });

  it('refuses what is none, naming it', () => {
    for (const name of ['', 'budget', 'budget:', 'budget:-1', 'dial:1', 'dial:2.5', 'Nominal', 'budget:4/'])
      expect(() => parseStrategy(name)).toThrow(`"${name}" is no strategy`);
  });
});
