import { describe, expect, it } from 'vitest';
import { silentLog } from '../base/log.ts';
import { describeError } from '../base/errors.ts';
import { loadFile, quarters } from '../store/fixtures/samples.ts';
import { scratchStore } from '../store/fixtures/scratch.ts';
import { StoreRunRecorder } from './run-recorder.ts';

const asked = { kind: 'import', title: 'Import load.csv', asked: { file: 'load.csv' }, startedAtMs: 5 };
const done = { outcome: 'done' as const, said: '3 rows', result: '1', error: null, endedAtMs: 9 };

function recording() {
  const { store } = scratchStore();
  let ends = 0;
  const warnings: unknown[] = [];
  const log = { ...silentLog, warn: (_message: string, data: unknown) => warnings.push(data) };
  const recorder = new StoreRunRecorder(store, log, () => ends++);
  const runs = () => store.listRuns({ offset: 0, limit: 9 }).runs;
  return { store, recorder, runs, warnings, ends: () => ends };
}

describe('StoreRunRecorder', () => {
  it('keeps what was asked by whom and what came of it', async () => {
    const { store, recorder, runs, ends } = recording();
    store.setSetting('operator', 'ann');
    const end = recorder.begin(asked);
    await recorder.settled();
    expect(runs()).toMatchObject([{ ...asked, operator: 'ann', outcome: null, endedAtMs: null }]);
    expect(ends()).toBe(0);
    end(done);
    await recorder.settled();
    expect(runs()).toMatchObject([{ ...asked, ...done }]);
    expect(ends()).toBe(1);
  });

  it('records an import that holds the database itself: before it and after it', async () => {
    const { store, recorder, runs } = recording();
    const end = recorder.begin(asked);
    await store.whenWritable();
    const writer = store.beginImport(loadFile());
    writer.addSamples(quarters([1, 2]));
    expect(runs()).toMatchObject([{ outcome: null }]);
    const during = recorder.begin({ ...asked, title: 'Plan' });
    during(done);
    writer.commit({ rowCount: 2 });
    end(done);
    await recorder.settled();
    expect(runs()).toMatchObject([
      { title: 'Plan', outcome: 'done' },
      { title: 'Import load.csv', outcome: 'done' },
    ]);
  });

  it('writes the whole of a run whose beginning could not be written', async () => {
    const { store, recorder, runs, warnings } = recording();
    const { startRun } = store;
    let calls = 0;
    store.startRun = (run) => {
      if (calls++ === 0) throw new Error('disk full');
      return startRun(run);
    };
    recorder.begin(asked)(done);
    await recorder.settled();
    expect(warnings).toMatchObject([{ code: 'internal' }]);
    expect(runs()).toMatchObject([{ ...asked, ...done }]);
  });

  it('fails no work for want of a record, and says so', async () => {
    const { store, recorder, runs, warnings, ends } = recording();
    store.startRun = () => {
      throw new Error('disk full');
    };
    recorder.begin(asked)(done);
    await recorder.settled();
    expect(warnings).toHaveLength(2);
    expect([runs(), ends()]).toEqual([[], 0]);
  });

  it('keeps the words of an error, and of its details only what is small', async () => {
    const { recorder, runs } = recording();
    const error = describeError('internal', { problem: 'x', preview: 'y'.repeat(9000) });
    recorder.begin(asked)({ ...done, outcome: 'failed', result: null, error });
    await recorder.settled();
    expect(runs()[0]!.error).toEqual({ ...error, details: {} });
  });
});
