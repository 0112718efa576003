/**
 * The back-test: real days planned one after the other as they were known then, several at a time, each result kept as it comes. What was
 * known before is not done again, so a back-test that was cancelled or cut off goes on where it stopped; what failed is tried again.
 */
import { canonicalJson } from '../../base/canonical-json.ts';
import { Refusal } from '../../base/errors.ts';
import { addDays } from '../../base/zone.ts';
import type { JobHandle } from '../jobs.ts';
import { siteOf, type PlanTools } from '../tools.ts';
import { backTestDay } from './back-test-day.ts';
import type { BackTestRecord, BackTestWish } from './back-test-ports.ts';
import { settingsKey } from './settings-key.ts';
import { parseStrategy } from './strategy.ts';

export const backTestPhases = ['Plan and realise days'];

/** Days under way at once: one is fitted on this thread while the solver's threads work on the others. */
const lanes = 3;
const mostDays = 1100;

/**
 * `onDay` is called as each day is done. @throws Refusal: `out-of-range`, `bad-request`, `no-site`, `bad-day`; `cancelled`, with
 * everything kept that was known by then
 */
export async function runBackTest(
  tools: PlanTools,
  wish: BackTestWish,
  job: JobHandle,
  onDay: (day: string) => void,
): Promise<BackTestRecord> {
  const { store, clock, hash } = tools;
  job.enterPhase(0);
  const days = daysOf(wish);
  wish.strategies.forEach(parseStrategy);
  const key = settingsKey(tools, wish);
  const record: BackTestRecord = {
    id: `${wish.from}-${wish.to}-${hash(canonicalJson({ key, wish })).slice(0, 8)}`,
    settingsKey: key,
    asked: wish,
    currency: siteOf(store).currency,
    createdAtMs: clock.nowMs(),
  };
  await store.whenWritable();
  store.saveBackTest(record);
  const known = new Set(
    store
      .listStrategyDays(key, wish.from, wish.to)
      .filter(({ state }) => state === 'realised')
      .map(({ day, strategy }) => `${day} ${strategy}`),
  );
  const open = days.filter((day) => wish.strategies.some((strategy) => !known.has(`${day} ${strategy}`)));
  let done = days.length - open.length;
  const report = (): void => job.report(done / days.length, `${done} of ${days.length} days`);
  report();

  const queue = [...open];
  const lane = async (): Promise<void> => {
    for (let day = queue.shift(); day !== undefined; day = queue.shift()) {
      if (job.signal.cancelled) throw new Refusal('cancelled', { what: 'The back-test' });
      const missing = wish.strategies.filter((strategy) => !known.has(`${day} ${strategy}`));
      await backTestDay(tools, wish, day, missing, job.signal, async (result) => {
        await store.whenWritable();
        store.saveStrategyDay(key, result);
      });
      done++;
      report();
      onDay(day);
    }
  };
  // All lanes are waited for, so that nothing is written after the job has ended.
  const ended = await Promise.allSettled(Array.from({ length: lanes }, lane));
  const broken = ended.find((end) => end.status === 'rejected');
  if (broken) throw broken.reason;
  return record;
}

/** @throws Refusal `out-of-range` */
export function daysOf({ from, to, every }: Pick<BackTestWish, 'from' | 'to' | 'every'>): string[] {
  const days: string[] = [];
  for (let day = from; day <= to && days.length <= mostDays; day = addDays(day, every)) days.push(day);
  if (days.length === 0 || days.length > mostDays)
    throw new Refusal('out-of-range', {
      what: 'The number of days',
      value: days.length === 0 ? `${from} to ${to}` : `more than ${mostDays}`,
      range: `1 to ${mostDays.toLocaleString('en-US')}`,
    });
  return days;
}
