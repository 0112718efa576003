import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { canonicalJson } from '../base/canonical-json.ts';
import type { SetRecord } from '../planning/ports.ts';
import type { ComponentSet } from '../uncertainty/types.ts';
import { loadDriver } from './driver.ts';
import { openAt, withStore } from './fixtures/open-at.ts';
import { setOf } from './fixtures/plan.ts';
import { scratchStore } from './fixtures/scratch.ts';

const share = { hits: 9, trials: 10, share: 0.9, lower: 0.5, upper: 0.99 };

function component(change: Partial<ComponentSet> = {}): ComponentSet {
  return {
    id: 'load',
    name: 'Load',
    kind: 'load',
    centreKw: [50, 55],
    biasKw: [0, 0.1],
    halfWidthKw: [2, 3],
    widening: [1, 1],
    bands: [{ share: 0.5, lowerKw: [-1, -2], upperKw: [1, 2] }],
    residuals: [
      { day: '2023-06-13', errorKw: [0.1, -0.3], usable: true },
      { day: '2023-06-14', errorKw: [1 / 3, 0], usable: false },
    ],
    heldOut: [{ day: '2023-06-14', promisedKw: [2.5, Infinity] }],
    coverage: {
      nominal: 0.9,
      days: ['2023-06-14'],
      perSlot: [share, { ...share, share: NaN }],
      pooled: share,
      wholeDay: share,
      verdict: 'too-few',
    },
    meanWidthKw: 5,
    lag1Autocorrelation: 0.4,
    ...change,
  };
}

const recordOf = (components: ComponentSet[], id = 'set-1'): SetRecord =>
  setOf({ id, set: { ...setOf().set, components } });

/** Rows of error days and bytes of packed content in a database file. */
function kept(file: string): { days: number; contentBytes: number } {
  const database = new (loadDriver())(file, { readonly: true });
  const days = database.prepare('SELECT count(*) FROM error_days').pluck().get() as number;
  const contentBytes = database.prepare('SELECT sum(length(content)) FROM sets').pluck().get() as number;
  database.close();
  return { days, contentBytes };
}

describe('a stored set', () => {
  it('comes back to the last bit, infinities and all', () => {
    const { store } = scratchStore();
    const record = recordOf([component(), component({ id: 'wind', name: 'Wind', kind: 'wind' })]);
    store.saveSet(record);
    expect(store.getSet('set-1')).toEqual(record);
  });

  it('comes back whatever its errors are', () => {
    const error = fc.double({ noNaN: true, noDefaultInfinity: true });
    const days = fc.array(fc.array(error, { minLength: 1, maxLength: 5 }), { maxLength: 6 });
    fc.assert(
      fc.property(days, (errors) =>
        withStore((store) => {
          const residuals = errors.map((errorKw, at) => ({ day: `day ${at}`, errorKw, usable: at % 2 === 0 }));
          const record = recordOf([component({ residuals })]);
          store.saveSet(record);
          expect(canonicalJson(store.getSet('set-1'))).toBe(canonicalJson(record));
        }),
      ),
      { numRuns: 25 },
    );
  });

  it('shares its error days with the sets that learnt from them too', () => {
    const { store, file } = scratchStore();
    const slots = Array.from({ length: 96 }, (_, slot) => slot);
    const residuals = Array.from({ length: 100 }, (_, day) => ({
      day: `day ${day}`,
      errorKw: slots.map((slot) => Math.sin(1 + day * 96 + slot) * 40),
      usable: true,
    }));
    store.saveSet(recordOf([component({ residuals })]));
    const first = kept(file);
    expect(first.days).toBe(100);
    expect(first.contentBytes).toBeLessThan(4000);
    const next = [...residuals.slice(1), { ...residuals[0]!, day: 'day 100', errorKw: slots.map(() => 0.25) }];
    store.saveSet(recordOf([component({ residuals: next, halfWidthKw: [4, 5] })], 'set-2'));
    expect(kept(file).days).toBe(101);
    expect(store.getSet('set-2')!.set.components[0]!.residuals).toEqual(next);
    expect(store.getSet('set-1')!.set.components[0]!.residuals).toEqual(residuals);
  });
});

/** Someone opens the file with another tool, takes the guards away and changes something. */
function tampered(change: string) {
  const { store, file } = scratchStore();
  store.saveSet(recordOf([component()]));
  store.close();
  const database = new (loadDriver())(file);
  database.pragma('foreign_keys = OFF');
  const guards = database.prepare(`SELECT name FROM sqlite_schema WHERE type = 'trigger'`).pluck().all() as string[];
  for (const guard of guards) database.exec(`DROP TRIGGER ${guard}`);
  expect(database.prepare(change).run().changes).toBe(1);
  database.close();
  const again = openAt(file);
  onTestFinished(() => again.close());
  return again;
}

describe('a set that is not what was stored', () => {
  it.each([
    ['an error', `UPDATE error_days SET errors = zeroblob(16) WHERE id = 1`],
    ['the number of errors', `UPDATE error_days SET errors = zeroblob(8) WHERE id = 1`],
    ['a lost error day', `DELETE FROM error_days WHERE id = 2`],
    ['its content', `UPDATE sets SET content = zeroblob(40)`],
    ['its hash', `UPDATE sets SET content_hash = 'aa'`],
    ['its summary', `UPDATE sets SET nominal = 0.5`],
  ])('is refused for %s', (_what, change) => {
    expect(() => tampered(change).getSet('set-1')).toThrow(/stored set set-1 was altered or damaged/);
  });

  it('is refused in words when it has another shape, and stays listed', () => {
    const store = tampered(`UPDATE sets SET schema_version = 77`);
    expect(() => store.getSet('set-1')).toThrow('The set set-1 is kept in format 77; this Surewatt reads format 2.');
    expect(store.listSets()).toHaveLength(1);
  });
});
