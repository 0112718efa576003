import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { neverCancelled } from '../../base/cancel.ts';
import { canonicalJson } from '../../base/canonical-json.ts';
import { addDays } from '../../base/zone.ts';
import type { Request, Response } from '../../contract/calls.ts';
import type { Core } from '../../hosts/compose.ts';
import type { RegularSeries } from '../../telemetry/types.ts';
import { asker } from '../fixtures/asker.ts';
import { buildProblem } from '../plan/build-problem.ts';
import type { Store } from '../ports.ts';
import { knownDay, prepare } from './back-test-day.ts';
import { openSmallDesk } from './fixtures/small-desk.ts';
import { unhurriedSeconds } from '../fixtures/unhurried.ts';

let core: Core;
beforeAll(async () => {
  core = await openSmallDesk();
});
afterAll(() => core.close());
const { ask } = asker(() => core);

const day = '2023-05-10';
const wish = {
  fit: { method: 'conformal', shape: 'per-slot', nominal: 0.9, windowDays: 60 },
  settlement: { spread: 0.5, unservedPerKwh: 3 },
  timeLimitSeconds: unhurriedSeconds,
} as const;

async function run(request: Request<'backtest.run'>): Promise<Response<'backtest.get'>> {
  const { jobId } = await ask('backtest.run', request);
  const ended = await core.jobs.finished(jobId);
  expect(ended.error).toBeNull();
  return ask('backtest.get', ended.result as { backTestId: string });
}

/** The same store with every value from an instant on changed, and every session that ends after it gone. */
function alteredFrom(store: Store, fromUtcMs: (kind: RegularSeries['kind']) => number): Store {
  const gate = fromUtcMs('load-actual');
  return {
    ...store,
    readSeries: (id, from, to) => {
      const series = store.readSeries(id, from, to);
      const limit = fromUtcMs(series.kind);
      const values = series.values.map((value, index) =>
        series.startUtcMs + index * series.stepMinutes * 60_000 >= limit ? 3 * value + 17 : value,
      );
      return { ...series, values };
    },
    readSessions: (from, to) => store.readSessions(from, to).filter(({ departureUtcMs }) => departureUtcMs <= gate),
    sessionStations: () => store.sessionStations().map((station) => ({ ...station, toUtcMs: gate })),
    listSeries: () => store.listSeries().map((info) => ({ ...info, toUtcMs: info.toUtcMs + 9e8, valueCount: 1 })),
  };
}

/** Everything a plan of the day is made from, as one text. */
async function madeFrom(store: Store): Promise<string> {
  const { inputs, fitted } = await knownDay({ ...core.tools, store }, wish, day, neverCancelled);
  return canonicalJson({ problem: buildProblem(inputs, { set: 'interval' }), set: inputs.set, hash: fitted.dataHash });
}

const noonBefore = Date.parse(`${addDays(day, -1)}T12:00:00Z`);
const endOfDay = Date.parse(`${addDays(day, 1)}T00:00:00Z`);

describe('what a day is planned from', () => {
  it('is not moved by anything after the gate: actual values, sessions, later forecasts and prices', async () => {
    const { store } = core.tools;
    const altered = alteredFrom(store, (kind) => (kind.endsWith('-actual') ? noonBefore : endOfDay));
    expect(await madeFrom(altered)).toBe(await madeFrom(store));
  });

  it('is moved by what was known: an hour before the gate, or the prices of the day', async () => {
    const { store } = core.tools;
    const plain = await madeFrom(store);
    const hour = 3_600_000;
    const before = alteredFrom(store, (kind) => (kind.endsWith('-actual') ? noonBefore - hour : endOfDay));
    expect(await madeFrom(before)).not.toBe(plain);
    const price = alteredFrom(store, (kind) => (kind.endsWith('-actual') ? noonBefore : endOfDay - hour));
    expect(await madeFrom(price)).not.toBe(plain);
  });

  it('meets a real day that deviates by the error of its own forecast', async () => {
    const { planned, real } = await prepare(core.tools, wish, day, neverCancelled);
    const later = await knownDay(core.tools, wish, addDays(day, 2), neverCancelled);
    const load = later.inputs.set.components.find(({ kind }) => kind === 'load')!;
    const error = load.residuals.find((past) => past.day === day)!.errorKw;
    const expected = planned.inputs.set.components.find(({ kind }) => kind === 'load')!.centreKw;
    real.loadKw.forEach((kw, slot) => expect(kw - expected[slot]!).toBeCloseTo(error[slot]!, 6));
  });
});

describe('a back-test', () => {
  const strategies = ['nominal', 'budget:2', 'static:2', 'interval', 'scenarios', 'dial:4', 'without-v2g:2', 'perfect'];
  const asked = { ...wish, from: '2023-05-09', to: '2023-05-14', every: 1, strategies };

  it('realises every strategy, none cheaper than perfect foresight by more than the gap', async () => {
    const view = await run(asked);
    expect(view.days).toHaveLength(6);
    for (const { realised, failed, open } of view.strategies) expect([realised, failed, open]).toEqual([6, 0, 0]);
    for (const of of view.days) {
      const results = view.results.filter((result) => result.day === of);
      const cost = (strategy: string): number => {
        const found = results.find((result) => result.strategy === strategy);
        return found?.state === 'realised' ? found.realisedCost : NaN;
      };
      const least = cost('perfect');
      expect(least).toBeGreaterThan(0);
      for (const strategy of strategies) expect(cost(strategy)).toBeGreaterThanOrEqual(least * (1 - 2e-4));
    }
    const nominal = view.strategies[0]!;
    const box = view.strategies.find(({ strategy }) => strategy === 'interval')!;
    expect(box.shortKwh).toBeLessThan(nominal.shortKwh);
    expect(box.plannedCost).toBeGreaterThan(nominal.plannedCost);
    expect(nominal.against).toBeNull();
    expect(box.against!.shortKwh).toMatchObject({ days: 6, weeks: 1, verdict: 'too-few' });
    expect(box.cumulativeCost.at(-1)).toBeCloseTo(box.realisedCost - nominal.realisedCost, 6);
    for (const result of view.results)
      if (result.state === 'realised') {
        if (result.strategy === 'dial:4') expect(result.dial?.verdict).toMatch(/^(met|not-binding|not-reached)$/);
        else expect(result.dial).toBeNull();
      }
    const { text } = await ask('backtest.export', { backTestId: view.id });
    expect(text.trim().split('\r\n')).toHaveLength(1 + 6 * strategies.length);
  });

  it('goes on where it was cancelled, and does nothing twice', async () => {
    const narrow = { ...asked, from: '2023-05-16', to: '2023-05-21', strategies: ['nominal', 'perfect'] };
    const started: Promise<Response<'backtest.run'>> = ask('backtest.run', narrow);
    const stop = core.onEvent((event) => {
      if (event.name === 'changed' && event.payload.what === 'backtests')
        void started.then(({ jobId }) => core.dispatch('jobs.cancel', { jobId }));
    });
    const { jobId } = await started;
    expect((await core.jobs.finished(jobId)).state).toBe('cancelled');
    stop();
    const { id } = (await ask('backtest.list', {}))[0]!;
    const before = await ask('backtest.get', { backTestId: id });
    expect(before.results.length).toBeGreaterThan(0);
    expect(before.results.length).toBeLessThan(12);
    const after = await run(narrow);
    expect(after.id).toBe(id);
    expect(after.results).toHaveLength(12);
    for (const result of before.results) expect(after.results).toContainEqual(result);
    // Asked again everything is known: no result is made anew, seconds included.
    expect((await run(narrow)).results).toEqual(after.results);
  });

  it('tells why a day or a strategy failed; the others stand', async () => {
    const view = await run({ ...asked, from: '2023-05-29', to: '2023-06-01', strategies: ['nominal', 'budget:2'] });
    expect(view.results.filter(({ state }) => state === 'realised')).toHaveLength(4);
    // The last session ends before the midnight of the 31st, so whether more cars came is not known.
    const failures = view.results.flatMap((result) => (result.state === 'failed' ? [result] : []));
    expect(new Set(failures.map(({ day: of }) => of))).toEqual(new Set(['2023-05-31', '2023-06-01']));
    for (const { code, problem } of failures) {
      expect(code).toBe('no-telemetry');
      expect(problem).not.toBe('');
    }
    const wide = await run({ ...asked, from: '2023-05-30', to: '2023-05-30', strategies: ['nominal', 'budget:9'] });
    expect(wide.results.map(({ state }) => state)).toEqual(['realised', 'failed']);
  });

  it('refuses strategies that are none, and too many days', async () => {
    const codeOf = async (request: Request<'backtest.run'>) => {
      const { jobId } = await ask('backtest.run', request);
      return (await core.jobs.finished(jobId)).error?.code;
    };
    expect(await codeOf({ ...asked, strategies: ['best'] })).toBe('bad-request');
    expect(await codeOf({ ...asked, from: '2020-01-01' })).toBe('out-of-range');
  });
});
