/** What every use-case of mobile storage begins with. */
import { Refusal } from '../../base/errors.ts';
import type { MobileStore, RoadsRecord } from './mobile-ports.ts';
import type { MobileStorage } from './mobile-storage.ts';

/** @throws Refusal `no-mobile-storage` */
export function mobileStorageOf(store: MobileStore): MobileStorage {
  const storage = store.getMobileStorage();
  if (!storage) throw new Refusal('no-mobile-storage');
  return storage;
}

/** The network the trucks drive on: the one named, else the first imported. @throws Refusal `no-roads`, `not-found` */
export function roadsOf(store: MobileStore, { roads }: Pick<MobileStorage, 'roads'>): RoadsRecord {
  const record = store.getRoads(roads.networkId);
  if (record) return record;
  if (roads.networkId === null) throw new Refusal('no-roads');
  throw new Refusal('not-found', { what: 'road network', id: roads.networkId });
}
