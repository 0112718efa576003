import { afterEach, describe, expect, it } from 'vitest';
import { CancelSource } from '../base/cancel.ts';
import { silentLog } from '../base/log.ts';
import type { LinearProgram } from '../program/program.ts';
import { describeSolver } from './conformance.ts';
import { as } from './conformance/expect-outcome.ts';
import { covering, marketSplit, twoColumns } from './fixtures/programs.ts';
import { loadHighsEngine } from './highs-engine.ts';
import { highsVersion } from './highs-version.ts';
import { createSolverPool } from './pool.ts';
import { smallestSubset } from './smallest-subset.ts';
import { defaultSolveOptions, type Solver } from './solver.ts';

const workerUrl = new URL('./worker.ts', import.meta.url);

describeSolver('HiGHS pool', () => createSolverPool({ workerUrl, size: 2 }));

describe('solver pool', () => {
  const pools: Solver[] = [];
  const open = (file: string, size = 1): Solver => {
    const pool = createSolverPool({ workerUrl: new URL(file, import.meta.url), size, graceSeconds: 0.3 });
    pools.push(pool);
    return pool;
  };
  afterEach(() => Promise.all(pools.splice(0).map((pool) => pool.dispose())));
  const options = { ...defaultSolveOptions, timeLimitSeconds: 0.1 };
  const named = (name: string): LinearProgram => ({ ...twoColumns(), name });

  it('kills a thread that ignores its time limit and returns the best it had shipped', async () => {
    const outcome = as(await open('./fixtures/hanging-worker.ts').solve(twoColumns(), options), 'feasible');
    expect(outcome.why).toBe('time-limit');
    expect([...outcome.solution.columns]).toEqual([4, 50]);
    expect([...outcome.solution.rows]).toEqual([54]);
    expect(outcome.solution.objective).toBe(40);
    expect(outcome.bound).toBe(25);
    expect(outcome.gap).toBeCloseTo(15 / 40);
  });

  it('kills a thread that ignores a cancel, long before its time limit', async () => {
    const source = new CancelSource();
    const pool = open('./fixtures/hanging-worker.ts');
    const onProgress = (): void => source.cancel();
    const outcome = as(
      await pool.solve(twoColumns(), { ...options, timeLimitSeconds: 3600, signal: source, onProgress }),
      'feasible',
    );
    // Its time limit is an hour away: only the kill can have ended it.
    expect(outcome.why).toBe('cancelled');
  });

  it('fails when a silent thread had shipped nothing, and replaces it for the next job', async () => {
    const pool = open('./fixtures/hanging-worker.ts');
    const [silent, next] = await Promise.all([pool.solve(named('silent'), options), pool.solve(twoColumns(), options)]);
    expect(as(silent, 'failed').problem).toMatch(/time limit of 0.1 s/);
    expect(next.kind).toBe('feasible');
  });

  it.each([
    ['throws', 'broken'],
    ['exits', 'the solver thread ended with code 3'],
  ])('fails in one short line when a thread dies (%s)', async (name, problem) => {
    const outcome = as(await open('./fixtures/dying-worker.ts').solve(named(name), options), 'failed');
    expect(outcome.problem).toBe(problem);
  });

  it('fails when there is no worker at that address', async () => {
    expect(as(await open('./fixtures/absent.ts').solve(twoColumns(), options), 'failed').problem).toMatch(/absent/);
  });

  it('replaces a thread whose solver refused its input', async () => {
    const pool = open('./worker.ts');
    const broken = { ...twoColumns(), cost: Float64Array.of(NaN, 1) };
    expect(as(await pool.solve(broken, options), 'failed').problem).toMatch(/colCost/);
    expect((await pool.solve(twoColumns(), defaultSolveOptions)).kind).toBe('optimal');
  });

  it('queues beyond its size and drops a queued job at once', async () => {
    const pool = open('./worker.ts');
    const source = new CancelSource();
    const first = pool.solve(marketSplit(), { ...options, timeLimitSeconds: 1 });
    const second = pool.solve(twoColumns(), { ...options, signal: source });
    source.cancel();
    const order: string[] = [];
    await Promise.all([first.then(() => order.push('first')), second.then(({ kind }) => order.push(kind))]);
    expect(order).toEqual(['cancelled', 'first']);
  });

  it('keeps the calling thread free', async () => {
    let ticks = 0;
    const ticking = setInterval(() => ticks++, 5);
    await open('./worker.ts').solve(marketSplit(), { ...options, timeLimitSeconds: 0.8 });
    clearInterval(ticking);
    expect(ticks).toBeGreaterThan(5);
  });

  it('solves side by side on several threads', async () => {
    const pool = open('./worker.ts', 2);
    const outcomes = await Promise.all(
      [1, 1.5, 2].map((scale) => pool.solve(covering(40, 80, 4, scale), defaultSolveOptions)),
    );
    const objectives = outcomes.map((outcome) => as(outcome, 'optimal').solution.objective);
    expect(objectives[0]).toBeLessThan(objectives[1]!);
    expect(objectives[1]).toBeLessThan(objectives[2]!);
  });

  it('closes a thread without work, and opens another when there is some', async () => {
    let closed = 0;
    const log = { ...silentLog, debug: () => void closed++ };
    const pool = createSolverPool({ workerUrl, size: 1, idleSeconds: 0.02, log });
    pools.push(pool);
    expect((await pool.solve(twoColumns(), defaultSolveOptions)).kind).toBe('optimal');
    await expect.poll(() => closed).toBe(1);
    expect((await pool.solve(twoColumns(), defaultSolveOptions)).kind).toBe('optimal');
  });

  it('hands an error of the caller’s own callback back to the caller, and lives on', async () => {
    const pool = open('./worker.ts');
    const fails = (): never => {
      throw new Error('caller');
    };
    await expect(pool.solveSequence([twoColumns(), marketSplit()], defaultSolveOptions, fails)).rejects.toThrow(
      'caller',
    );
    await expect(pool.solve(marketSplit(), { ...defaultSolveOptions, onProgress: fails })).rejects.toThrow('caller');
    expect((await pool.solve(twoColumns(), defaultSolveOptions)).kind).toBe('optimal');
  });

  it('cancels what is open when disposed, and refuses work afterwards', async () => {
    const pool = open('./worker.ts');
    const running = pool.solve(marketSplit(), defaultSolveOptions);
    const queued = pool.solve(marketSplit(), defaultSolveOptions);
    await pool.dispose();
    expect([(await running).kind, (await queued).kind]).toEqual(['cancelled', 'cancelled']);
    await expect(pool.solve(twoColumns(), options)).rejects.toThrow(/disposed/);
  });
});

it('the version written into plans is the one of the library', async () => {
  expect((await loadHighsEngine()).version).toBe(highsVersion);
});

describe('smallestSubset', () => {
  it.each([[[]], [[0]], [[9]], [[2, 7]], [[1, 4, 5, 8]]])('finds the planted subset %j', (planted) => {
    const asked: number[] = [];
    const found = smallestSubset(10, (members) => {
      asked.push(members.length);
      return planted.every((member) => members.includes(member));
    });
    expect(found).toEqual(planted);
    expect(asked.length).toBeLessThan(25);
  });
});
