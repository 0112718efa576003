import { describe, expect, it } from 'vitest';
import { Refusal } from '../base/errors.ts';
import { JobBoard, type JobState } from './jobs.ts';

const spec = {
  kind: 'plan' as const,
  title: 'Plan',
  phases: ['one', 'two'],
  budgetSeconds: 5,
  asked: { day: '2023-06-15' },
};

function board() {
  const seen: JobState[] = [];
  let now = 0;
  const recorded: unknown[] = [];
  const clock = { nowMs: () => (now += 100), nextTurn: () => Promise.resolve() };
  const recorder = { begin: (run: unknown) => (recorded.push(run), (end: unknown) => void recorded.push(end)) };
  return { seen, recorded, jobs: new JobBoard(clock, (job) => seen.push(job), recorder) };
}

describe('JobBoard', () => {
  it('tells of each phase and of the end, and keeps the result', async () => {
    const { jobs, seen } = board();
    const id = jobs.start(spec, async (job) => {
      job.enterPhase(1);
      job.report(0.5, 'half');
      return { planId: 'p' };
    });
    expect(await jobs.finished(id)).toMatchObject({ state: 'done', phase: 1, result: { planId: 'p' } });
    expect(seen.map((job) => job.state)).toContain('running');
    expect(seen.at(-1)).toMatchObject({ state: 'done', detail: 'half' });
  });
  it('ends a cancelled job as cancelled and a thrown error as failed with its report', async () => {
    const { jobs } = board();
    const slow = jobs.start(
      spec,
      (job) => new Promise((_, reject) => job.signal.onCancel(() => reject(new Refusal('cancelled', { what: 'it' })))),
    );
    jobs.cancel(slow);
    expect(await jobs.finished(slow)).toMatchObject({ state: 'cancelled' });
    const broken = jobs.start(spec, () => Promise.reject(new Error('boom')));
    expect(await jobs.finished(broken)).toMatchObject({ state: 'failed', error: { code: 'internal' } });
    expect(() => jobs.cancel('job-99')).toThrow(/no job/);
  });
  it('passes "use best so far" on without cancelling', async () => {
    const { jobs } = board();
    const id = jobs.start(spec, (job) => new Promise((resolve) => job.stopSignal.onCancel(() => resolve('best'))));
    jobs.useBest(id);
    expect(await jobs.finished(id)).toMatchObject({ state: 'done', result: 'best' });
  });
  it('has every job recorded: what was asked, and what came of it', async () => {
    const { jobs, recorded } = board();
    await jobs.finished(
      jobs.start(spec, async (_job, conclude) => {
        conclude('p', '2 EUR');
        return { planId: 'p' };
      }),
    );
    const { kind, title, asked } = spec;
    expect(recorded[0]).toEqual({ kind, title, asked, startedAtMs: 100 });
    expect(recorded[1]).toMatchObject({ outcome: 'done', result: 'p', said: '2 EUR', error: null });
    await jobs.finished(jobs.start(spec, () => Promise.reject(new Refusal('cancelled', { what: 'it' }))));
    expect(recorded[3]).toMatchObject({ outcome: 'cancelled', result: null, error: { code: 'cancelled' } });
    const { startedAtMs } = recorded[2] as { startedAtMs: number };
    expect((recorded[3] as { endedAtMs: number }).endedAtMs).toBeGreaterThan(startedAtMs);
  });
});
