/** Freezing the set on the screen under a name, and what is frozen with a word on whether it can stand for a day. */
import { everyDay, type DayFilter } from '../../base/day-filter.ts';
import { Refusal } from '../../base/errors.ts';
import { dayHorizon } from '../../base/horizon.ts';
import { mismatch } from '../../uncertainty/recentre-set.ts';
import type { FittedSet } from '../../uncertainty/types.ts';
import type { FrozenSet, PlanStore, SetRecord, Store } from '../ports.ts';
import type { Site } from '../site.ts';
import { operatorOf } from '../tools.ts';

/** @throws Refusal `bad-request`, `name-taken`, `not-found` */
export async function freezeSet(
  store: Store,
  { setId, name, note }: { setId: string; name: string; note: string },
): Promise<FrozenSet> {
  const wanted = name.trim();
  if (wanted === '') throw new Refusal('bad-request', { call: 'freeze', problem: 'the set needs a name' });
  const known = store.getSet(setId);
  if (known?.set.frozen)
    throw new Refusal('bad-request', {
      call: 'freeze',
      problem: `this is "${known.set.frozen.name}" brought to ${known.day}, and frozen already`,
    });
  await store.whenWritable();
  return store.freezeSet({ setId, name: wanted, note: note.trim(), operator: operatorOf(store) });
}

/** By name or id. @throws Refusal `not-found` */
export function frozenRecord(store: PlanStore, nameOrId: string): { frozen: FrozenSet; record: SetRecord } {
  const frozen = store
    .listFrozen()
    .find(({ name, setId }) => setId === nameOrId || name.toLowerCase() === nameOrId.toLowerCase());
  const record = frozen && store.getSet(frozen.setId);
  if (!frozen || !record) throw new Refusal('not-found', { what: 'frozen set', id: nameOrId });
  return { frozen, record };
}

/** What a frozen set was learnt from. */
type Learnt = Pick<FittedSet, 'method' | 'shape' | 'nominal' | 'windowDays'> & {
  /** The day it was fitted for. */
  day: string;
  days: DayFilter;
  components: { id: string; name: string }[];
  /** Usable days of the component with the fewest. */
  learntDays: number;
};

export interface ListedFrozenSet extends FrozenSet {
  /** Null when the set is damaged or of another format: `whyNot` says which, and the others stay listed. */
  learnt: Learnt | null;
  /** Why it cannot stand for the day, null when it can. */
  whyNot: string | null;
}

/** Newest first. */
export function frozenSets(store: PlanStore, site: Site, day: string): ListedFrozenSet[] {
  return store.listFrozen().map((frozen) => {
    try {
      const record = store.getSet(frozen.setId);
      if (!record) throw new Refusal('not-found', { what: 'set', id: frozen.setId });
      return { ...frozen, learnt: learntBy(record), whyNot: whyNot(record.set, site, day) };
    } catch (thrown) {
      if (!(thrown instanceof Refusal)) throw thrown;
      return { ...frozen, learnt: null, whyNot: thrown.report.message.replace(/\.$/, '') };
    }
  });
}

function learntBy({ day, set }: SetRecord): Learnt {
  const { method, shape, nominal, windowDays, days, components } = set;
  return {
    day,
    method,
    shape,
    nominal,
    windowDays,
    days: days ?? everyDay,
    components: components.map(({ id, name }) => ({ id, name })),
    learntDays: Math.min(...components.map(({ residuals }) => residuals.filter(({ usable }) => usable).length)),
  };
}

function whyNot(set: FittedSet, site: Site, day: string): string | null {
  const centreKw = { length: dayHorizon(day, site.zone, site.slotMinutes).slots };
  return mismatch(set, [
    { id: 'load', name: 'Load', kind: 'load', centreKw },
    ...(site.wind.length > 0 ? [{ id: 'wind', name: 'Wind', kind: 'wind', centreKw }] : []),
    ...site.aggregators.map(({ id, name }) => ({ id, name, kind: 'aggregator', centreKw })),
  ]);
}
