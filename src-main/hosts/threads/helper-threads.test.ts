import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { CancelSource } from '../../base/cancel.ts';
import { smallSms, smallTruck } from '../../models/sms/fixtures/small-sms.ts';
import type { SmsProblem } from '../../models/sms/problem.ts';
import { exactSolve } from '../../planning/exact-solve.ts';
import { describeHelpers } from '../../planning/helpers/conformance.ts';
import type { Helper, Helpers } from '../../planning/helpers/helpers.ts';
import { sameThread } from '../../planning/helpers/same-thread.ts';
import { solveSms } from '../../planning/sms/solve-sms.ts';
import { testSolver } from '../../robust/fixtures/test-solver.ts';
import { checkSmsPlan } from '../../verify/check-sms-plan.ts';
import { createHelperThreads } from './helper-threads.ts';

const helperUrl = new URL('./helper-entry.ts', import.meta.url);
const threads = (): Helpers => createHelperThreads({ helperUrl, threads: 2 });

describeHelpers('threads', threads);

/** Two trucks and any price: more than the first mixture answers, so that helpers have something to do. */
function day(): SmsProblem {
  const { priceMenuUsdPerMwh: _, ...small } = smallSms(6, {
    trucks: ['a', 'b'].map((id) => smallTruck(id, { finalMinMwh: 1 })),
  });
  const grids = small.grids.map((grid, g) => ({
    ...grid,
    importUsdPerMwh: grid.importUsdPerMwh.map((usd, t) => usd + ((37 * t + 23 * g) % 50)),
    activityFeeUsd: 0,
  }));
  return {
    ...small,
    grids,
    priceMenuUsdPerMwh: [],
    priceCapUsdPerMwh: grids.map(({ loadMw }) => loadMw.map(() => 200)),
  };
}

/** The same, and which helpers are still open. */
function watched(helpers: Helpers): { helpers: Helpers; opened: () => number; left: () => number } {
  let [opened, closed] = [0, 0];
  return {
    helpers: {
      threads: helpers.threads,
      open(trade, known) {
        opened++;
        const helper = helpers.open(trade, known);
        const close = async (): Promise<void> => {
          await helper.close();
          closed++;
        };
        return { ask: (request) => helper.ask(request), close } as Helper<typeof trade>;
      },
    },
    opened: () => opened,
    left: () => opened - closed,
  };
}

describe('the search for prices and routes with helpers', () => {
  it.each([
    ['in threads', threads],
    ['in the same thread', () => sameThread],
  ])('proves the same best plan and leaves no helper behind: %s', async (_, create) => {
    const watch = watched(create());
    const problem = day();
    const answer = await solveSms(problem, testSolver, exactSolve, undefined, { helpers: watch.helpers });
    if (answer.kind !== 'optimal') throw new Error(`the answer is ${answer.kind}`);
    expect(checkSmsPlan(problem, answer.plan).breaches).toEqual([]);
    // Proven, so that both must find the same.
    expect(answer.plan.ownerProfitUsd).toBeCloseTo(91.472, 2);
    expect([watch.opened() > 0, watch.left()]).toEqual([true, 0]);
  });

  it('ends with the best plan at once when it is cancelled while a helper works', async () => {
    const watch = watched(threads());
    const signal = new CancelSource();
    const endless: Helpers = {
      threads: 2,
      open: (trade, known) => {
        const helper = watch.helpers.open(trade, known);
        // A request that no test waits for.
        const ask = (request: { from: null; steps: number }) => helper.ask({ ...request, steps: 1e9 });
        return { ...helper, ask, close: () => helper.close() } as Helper<typeof trade>;
      },
    };
    const problem = day();
    const onRound = (): void => signal.cancel();
    const answer = await solveSms(problem, testSolver, { ...exactSolve, signal }, onRound, { helpers: endless });
    if (answer.kind !== 'feasible') throw new Error(`the answer is ${answer.kind}`);
    expect(checkSmsPlan(problem, answer.plan).breaches).toEqual([]);
    expect(watch.left()).toBe(0);
  });

  it('says so when a helper breaks', async () => {
    const broken: Helpers = {
      threads: 1,
      open: () => ({
        ask: () => Promise.resolve({ kind: 'failed', problem: 'out of memory' }),
        close: () => Promise.resolve(),
      }),
    };
    expect(await solveSms(day(), testSolver, exactSolve, undefined, { helpers: broken })).toMatchObject({
      kind: 'failed',
      problem: expect.stringContaining('out of memory'),
    });
  });
});

describe('helper threads', () => {
  it('close in the midst of a request, which is then answered as closed', async () => {
    const problem = day();
    const curves = problem.grids.map(() =>
      Array.from({ length: problem.slots }, () => ({ netMw: [-5, 5], costUsd: [50, -50] })),
    );
    const helper = threads().open('sms-fleets', { problem, curves, seed: 1 });
    const endless = helper.ask({ steps: 1e9, from: null });
    const waiting = helper.ask({ steps: 1, from: null });
    await helper.close();
    expect(await Promise.all([endless, waiting])).toEqual([{ kind: 'closed' }, { kind: 'closed' }]);
  });
  it('say so when their entry is not there', async () => {
    const helpers = createHelperThreads({ helperUrl: new URL('./no-such-entry.ts', import.meta.url), threads: 1 });
    const problem = day();
    const helper = helpers.open('sms-fleets', { problem, curves: [], seed: 1 });
    expect(await helper.ask({ steps: 1, from: null })).toMatchObject({
      kind: 'failed',
      problem: expect.stringContaining('no-such-entry'),
    });
  });
  it('do not keep a program alive that forgot one', async () => {
    const fixture = fileURLToPath(new URL('./fixtures/leaves-helper.ts', import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, [fixture]);
    expect(stdout).toBe('done');
  });
  it('are none where no processor is spare', () => {
    expect(createHelperThreads({ helperUrl, threads: 0 }).threads).toBe(0);
  });
});
