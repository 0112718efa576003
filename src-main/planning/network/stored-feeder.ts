/** The stored feeder a plan was made on, found by its content: what is only drawn (places, tie switches) is no part of a plan. */
import type { Feeder } from '../../models/feeder/feeder.ts';
import { feederOf } from './feeder-of.ts';
import type { FeederRecord, FeederStore } from './network-ports.ts';

/** Of several with the same branches the newest, so that a feeder imported again with places is drawn by them; null: none is there. */
export function storedFeeder(
  store: Pick<FeederStore, 'getFeeder' | 'listFeeders'>,
  feeder: Pick<Feeder, 'slackBus' | 'branches'>,
): FeederRecord | null {
  const wanted = contentOf(feeder);
  for (const { id } of store.listFeeders()) {
    const record = store.getFeeder(id);
    if (record && contentOf(feederOf(record)) === wanted) return record;
  }
  return null;
}

/** Limits left out: they may have been changed for the plan. */
const contentOf = ({ slackBus, branches }: Pick<Feeder, 'slackBus' | 'branches'>): string =>
  JSON.stringify([slackBus, branches.map(({ from, to, rPu, xPu }) => [from, to, rPu, xPu])]);
