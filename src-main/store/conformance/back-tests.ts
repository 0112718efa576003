/** What every store keeps of back-tests. */
import { expect, it } from 'vitest';
import type { StoreUnderTest } from './store-under-test.ts';

export function keepsBackTests({ fresh }: StoreUnderTest): void {
  const failed = (day: string, strategy: string, problem = 'no data') =>
    ({ state: 'failed', day, strategy, code: 'no-telemetry', problem }) as const;

  it('outcomes by settings, day and strategy, the newest of each', () => {
    const store = fresh();
    store.saveStrategyDay('key', failed('2023-05-02', 'nominal'));
    store.saveStrategyDay('key', failed('2023-05-01', 'perfect'));
    store.saveStrategyDay('key', failed('2023-05-01', 'nominal'));
    store.saveStrategyDay('other', failed('2023-05-01', 'nominal'));
    store.saveStrategyDay('key', failed('2023-05-01', 'nominal', 'still no data'));
    expect(store.listStrategyDays('key', '2023-05-01', '2023-05-02')).toEqual([
      failed('2023-05-01', 'nominal', 'still no data'),
      failed('2023-05-01', 'perfect'),
      failed('2023-05-02', 'nominal'),
    ]);
    expect(store.listStrategyDays('key', '2023-05-02', '2023-05-09')).toHaveLength(1);
    expect(store.listStrategyDays('none', '2023-05-01', '2023-05-02')).toEqual([]);
  });

  it('questions by id, the one asked last first', () => {
    const store = fresh();
    const record = (id: string, createdAtMs: number) => ({
      id,
      settingsKey: 'key',
      currency: 'EUR',
      createdAtMs,
      asked: {
        from: '2023-05-01',
        to: '2023-05-09',
        every: 2,
        strategies: ['nominal'],
        fit: { method: 'conformal', shape: 'level', nominal: 0.95, windowDays: 90 } as const,
        settlement: { spread: 0.5, unservedPerKwh: 5 },
        timeLimitSeconds: 30,
      },
    });
    store.saveBackTest(record('one', 1));
    store.saveBackTest(record('two', 2));
    expect(store.listBackTests()).toEqual([record('two', 2), record('one', 1)]);
    store.saveBackTest(record('one', 3));
    expect(store.listBackTests()).toEqual([record('one', 3), record('two', 2)]);
    expect(store.getBackTest('two')).toEqual(record('two', 2));
    expect(store.getBackTest('three')).toBeNull();
  });
}
