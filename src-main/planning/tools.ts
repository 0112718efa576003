/** What every use-case is handed by the host that composed the core. */
import type { Log } from '../base/log.ts';
import type { Solver } from '../solver/solver.ts';
import type { Helpers } from './helpers/helpers.ts';
import type { Clock, Hasher, Store } from './ports.ts';
import type { Site } from './site.ts';
import { Refusal } from '../base/errors.ts';

export interface PlanTools {
  store: Store;
  solver: Solver;
  helpers: Helpers;
  clock: Clock;
  hash: Hasher;
  log: Log;
}

/** Version of the scheduling model, part of every plan's provenance; raised when the same inputs may give another plan. */
export const modelVersion = 'v2g-2';

export function siteOf(store: Store): Site {
  const site = store.getSite();
  if (!site) throw new Refusal('no-site');
  return site;
}

const operatorKey = 'operator';
export const operatorOf = (store: Store): string => store.getSetting(operatorKey) ?? 'operator';
export const setOperator = (store: Store, name: string): void => store.setSetting(operatorKey, name);
