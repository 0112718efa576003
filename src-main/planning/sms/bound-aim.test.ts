import { describe, expect, it } from 'vitest';
import { BoundAim } from './bound-aim.ts';

describe('BoundAim', () => {
  it('falls from a wide gap to the gap wished, by half of what is open', () => {
    const aim = new BoundAim(() => 1000, 1e-4, 'several');
    const aims = [aim.usd];
    for (let boundUsd = 1008; aim.lower(boundUsd); boundUsd = aim.usd) aims.push(aim.usd);
    expect(aims.map((usd) => Number(usd.toFixed(3)))).toEqual([1010, 1004, 1002, 1001, 1000.5, 1000.1]);
    expect(aim.isMet(1000.1)).toBe(true);
    expect(aim.isEnough(1000.2)).toBe(false);
  });

  it('rises with the best profit, and is nothing before there is one', () => {
    let best = -Infinity;
    const aim = new BoundAim(() => best, 0, 'several');
    expect(aim.usd).toBe(-Infinity);
    expect(aim.isMet(-1e9)).toBe(false);
    best = -200;
    expect(aim.usd).toBeCloseTo(-198, 9);
    expect(aim.isEnough(-199)).toBe(false);
    best = -199;
    expect(aim.isEnough(-199)).toBe(true);
  });

  it('is the gap wished from the start where that is wide, or where there is one stage', () => {
    const wide = new BoundAim(() => 100, 0.05, 'several');
    expect(wide.usd).toBe(105);
    expect(wide.lower(104)).toBe(false);
    expect(new BoundAim(() => 100, 1e-3, 'one').usd).toBeCloseTo(100.1, 9);
  });
});
