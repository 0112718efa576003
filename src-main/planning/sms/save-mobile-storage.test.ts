import { describe, expect, it } from 'vitest';
import { openAt } from '../../store/fixtures/open-at.ts';
import { townRoads, townStorage, townTruck } from '../fixtures/mobile-town.ts';
import { mobileStorageSavedMs, requireOnRoads, saveMobileStorage } from './save-mobile-storage.ts';
import type { MobileStorage } from './mobile-storage.ts';

const [depot, west, east] = townStorage().terminals as [
  MobileStorage['terminals'][number],
  MobileStorage['terminals'][number],
  MobileStorage['terminals'][number],
];

/** The town without the links that `cut` names. */
function townWithout(cut: (link: { from: string; to: string }) => boolean) {
  const roads = townRoads();
  return { ...roads, network: { ...roads.network, links: roads.network.links.filter((link) => !cut(link)) } };
}

describe('requireOnRoads', () => {
  it('takes a definition that fits its roads', () => {
    expect(() => requireOnRoads(townStorage(), townRoads())).not.toThrow();
  });
  it('names a terminal on a node that is not there', () => {
    const storage = townStorage({ terminals: [depot, west, { ...east, node: 'elsewhere' }] });
    expect(() => requireOnRoads(storage, townRoads())).toThrow(
      'terminals[2].node names node elsewhere, which Town does not have',
    );
  });
  it('names a terminal that no truck can get to', () => {
    expect(() =>
      requireOnRoads(
        townStorage(),
        townWithout(({ to }) => to === '24'),
      ),
    ).toThrow('terminals[2].node (Place east) cannot be reached from any other terminal');
  });
  it('names a terminal that no truck gets away from', () => {
    expect(() =>
      requireOnRoads(
        townStorage(),
        townWithout(({ from }) => from === '24'),
      ),
    ).toThrow('terminals[2].node (Place east) cannot be left');
  });
  it('names a truck that cannot get home', () => {
    // West and east are joined; the depot leads to both, and only from west is there no way back to it.
    const storage = townStorage({
      terminals: [depot, west, { ...east, node: '2' }],
      trucks: [townTruck('a', { home: 'west', end: 'depot' })],
    });
    const links = [
      { from: '1', to: '9' },
      { from: '9', to: '2' },
      { from: '2', to: '1' },
    ];
    const [link] = townRoads().network.links;
    const roads = townRoads();
    const ring = { ...roads, network: { ...roads.network, links: links.map((ends) => ({ ...link!, ...ends })) } };
    expect(() => requireOnRoads(storage, ring)).not.toThrow();
    const slow = ring.network.links.map((one) => (one.to === '1' ? { ...one, freeFlowMinutes: 2000 } : one));
    expect(() => requireOnRoads(storage, { ...ring, network: { ...ring.network, links: slow } })).toThrow(
      'trucks[0].end "depot" cannot be reached from "west" within a day: the truck cannot get home',
    );
  });
  it('names a truck whose charge does not bring it home', () => {
    const travel = { ...townStorage().travel, energyFrom: 'battery' as const };
    const far = (initialKwh: number) =>
      townStorage({
        travel,
        trucks: [townTruck('a', { end: 'east', initialKwh, finalMinKwh: 100, energyKwhPerKm: 2 })],
      });
    expect(() => requireOnRoads(far(600), townRoads())).not.toThrow();
    expect(() => requireOnRoads(far(101), townRoads())).toThrow(
      /trucks\[0\]\.initialKwh leaves 1 kWh for driving, but from "depot" to "east" it takes \d+: the truck cannot get home on its charge/,
    );
  });
});

describe('saveMobileStorage', () => {
  it('needs a site and roads, keeps every version, and says what is worth knowing', async () => {
    const store = openAt(':memory:');
    try {
      await expect(saveMobileStorage(store, townStorage())).rejects.toMatchObject({ code: 'no-site' });
      store.saveSite({ name: 'Town' } as Parameters<typeof store.saveSite>[0], 'ann');
      await expect(saveMobileStorage(store, townStorage())).rejects.toMatchObject({ code: 'no-roads' });
      store.saveRoads(townRoads());
      expect(mobileStorageSavedMs(store)).toBeNull();
      const thirsty = townStorage({ trucks: [townTruck('a', { initialKwh: 200, finalMinKwh: 900 })] });
      const { notes } = await saveMobileStorage(store, thirsty);
      expect(notes).toEqual([
        'Truck a must end the day fuller than it begins, so somebody must charge it.',
        'Grid east has no wind and keeps no reserve for it.',
      ]);
      expect(store.getMobileStorage()).toEqual(thirsty);
      expect(mobileStorageSavedMs(store)).not.toBeNull();
      expect(store.listAudit({ offset: 0, limit: 9 }).entries.map(({ act }) => act)).toContain('mobile-storage.save');
      const other = townStorage({ roads: { ...townStorage().roads, networkId: 'roads-none' } });
      await expect(saveMobileStorage(store, other)).rejects.toMatchObject({ code: 'not-found' });
      expect(store.getMobileStorage()).toEqual(thirsty);
    } finally {
      store.close();
    }
  });
});
