/** Sets: fitted, frozen, tried. Names are matched, jobs started, records become views; nothing is decided here. */
import { readPlan } from '../../planning/plan/approve-plan.ts';
import { exportSet } from '../../planning/sets/export-set.ts';
import { fitDay, fitView } from '../../planning/sets/fit-day.ts';
import { freezeSet, frozenSets } from '../../planning/sets/frozen-sets.ts';
import { hypotheticalDay } from '../../planning/sets/hypothetical-day.ts';
import { siteOf } from '../../planning/tools.ts';
import { changedIn, type HandlerParts, type HandlersOf } from './parts.ts';

export function uncertaintyHandlers(parts: HandlerParts): HandlersOf<'uncertainty'> {
  const { tools } = parts;
  const { store } = tools;
  const changed = changedIn(parts);

  return {
    'uncertainty.fit': async (options) => {
      const startedMs = tools.clock.nowMs();
      const fitted = await fitDay(tools, options);
      await store.whenWritable();
      store.saveSet(fitted.record);
      return { ...fitView(fitted, options), fitMs: tools.clock.nowMs() - startedMs };
    },
    'uncertainty.freeze': async (wish) => {
      const { name, setId } = await freezeSet(store, wish);
      changed('sets', 'audit');
      return { name, setId };
    },
    'uncertainty.frozen': ({ day }) => frozenSets(store, siteOf(store), day),
    'uncertainty.hypothetical': async ({ options, changes, planId }) =>
      hypotheticalDay(await fitDay(tools, options), changes, planId === null ? null : readPlan(store, planId)),
    'uncertainty.export': ({ setId, what }) => exportSet(store, setId, what),
  };
}
