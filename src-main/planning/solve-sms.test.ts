import fc from 'fast-check';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bestByEnumeration } from '../models/sms/fixtures/enumerate.ts';
import { anySms, type SmsSize } from '../models/sms/fixtures/small-sms.ts';
import { testSolver } from '../robust/fixtures/test-solver.ts';
import { exactSolve } from './exact-solve.ts';
import { solveSms } from './solve-sms.ts';

describe('the decomposition against enumeration of routes, prices and patterns', () => {
  const sizes: [SmsSize, number][] = [
    [{ slots: 3, trucks: 'one', levels: 2 }, 12],
    [{ slots: 2, trucks: 'two', levels: 2 }, 8],
    [{ slots: 2, trucks: 'twins', levels: 3 }, 6],
  ];
  it.each(sizes)('%o', async (size, numRuns) => {
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(anySms(size), async (problem) => {
        const wanted = await bestByEnumeration(problem);
        const answer = await solveSms(problem, testSolver, exactSolve);
        if (wanted === null) return expect(answer.kind).toBe('infeasible');
        if (answer.kind !== 'optimal') throw new Error(`the answer is ${answer.kind}`);
        answered++;
        expect(Math.abs(answer.plan.ownerProfitUsd - wanted)).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(wanted)));
        expect(answer.upperBoundUsd).toBeGreaterThanOrEqual(wanted - 1e-6 * Math.max(1, Math.abs(wanted)));
      }),
      { numRuns, seed: 5 },
    );
    expect(answered).toBeGreaterThan(numRuns / 2);
  });
});
