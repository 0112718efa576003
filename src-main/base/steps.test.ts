import { describe, expect, it } from 'vitest';
import { runInTurns, runThrough, type Steps } from './steps.ts';

function* sumTo(last: number): Steps<number> {
  let sum = 0;
  for (let i = 1; i <= last; i++) {
    sum += i;
    yield;
  }
  return sum;
}

describe('steps', () => {
  it('give the same result at once and in turns', async () => {
    let turns = 0;
    expect(runThrough(sumTo(4))).toBe(10);
    expect(await runInTurns(sumTo(4), () => Promise.resolve(void turns++))).toBe(10);
    expect(turns).toBe(4);
  });
  it('end when a turn throws', async () => {
    const stop = () => Promise.reject(new Error('enough'));
    await expect(runInTurns(sumTo(4), stop)).rejects.toThrow('enough');
  });
});
