import { expect, it } from 'vitest';
import { CancelSource } from '../../base/cancel.ts';
import { smallSms } from '../../models/sms/fixtures/small-sms.ts';
import { testSolver } from '../../robust/fixtures/test-solver.ts';
import { exactSolve } from '../exact-solve.ts';
import { usersAnswer } from './users-answer.ts';

const problem = smallSms(4);
problem.grids[0]!.windMw.fill(5);
const setting = { priceUsdPerMwh: [0, 1].map(() => [10, 10, 10, 10]), presence: [[0, 0, null, 1]] };

it('is whole when the search for decisions is to keep its best, and none when it is to be given up', async () => {
  const fired = new CancelSource();
  fired.cancel();
  const free = await usersAnswer(problem, setting, testSolver, exactSolve);
  expect(free).toMatchObject({ kind: 'answered' });
  expect(await usersAnswer(problem, setting, testSolver, { ...exactSolve, stopSignal: fired })).toEqual(free);
  expect(await usersAnswer(problem, setting, testSolver, { ...exactSolve, signal: fired })).toEqual({
    kind: 'cancelled',
  });
});
