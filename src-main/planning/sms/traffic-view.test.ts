/** What the map says of traffic is what the trucks would drive. */
import { describe, expect, it } from 'vitest';
import { townRoads, townStorage } from '../fixtures/mobile-town.ts';
import { trafficView } from './traffic-view.ts';
import { travelOf, type TravelWish } from './travel.ts';

const wish: Omit<TravelWish, 'arrivalConfidence'> = {
  storage: townStorage(),
  roads: townRoads(),
  horizon: { slots: 6, slotMinutes: 60 },
  closedLinks: [],
};

describe('trafficView', () => {
  it('keeps the order of the links, and no link is quicker than when it is empty', () => {
    const { links } = townRoads().network;
    const { periods, linkMinutes } = trafficView(wish);
    expect(linkMinutes).toHaveLength(links.length * periods);
    links.forEach(({ freeFlowMinutes }, link) => {
      const ofLink = [...linkMinutes.subarray(link * periods, (link + 1) * periods)];
      expect(Math.min(...ofLink)).toBeGreaterThanOrEqual(freeFlowMinutes - 1e-9);
      expect(Math.min(...ofLink)).toBeLessThan(1.6 * freeFlowMinutes + 1e-9);
    });
  });

  it('gives the quickest way: never longer than one that is also safe against delay', async () => {
    const { tripMinutes } = trafficView(wish);
    const { wayOf } = await travelOf({ ...wish, arrivalConfidence: 0.95 }, () => Promise.resolve());
    for (let slot = 0; slot < 6; slot++) {
      expect(tripMinutes[0]![2]![slot]!).toBeGreaterThan(0);
      expect(tripMinutes[0]![2]![slot]!).toBeLessThanOrEqual(wayOf(0, 2, slot).minutes + 1e-9);
    }
    expect(tripMinutes[1]![1]!.every(Number.isNaN)).toBe(true);
  });

  it('goes round closed roads', async () => {
    const { wayOf } = await travelOf({ ...wish, arrivalConfidence: 0.95 }, () => Promise.resolve());
    const { links } = townRoads().network;
    const { from, to } = links[wayOf(0, 2, 0).links[0]!]!;
    const closed = trafficView({ ...wish, closedLinks: [{ from, to }] });
    expect(closed.tripMinutes[0]![2]![0]!).toBeGreaterThanOrEqual(trafficView(wish).tripMinutes[0]![2]![0]! - 1e-9);
    expect(closed.tripMinutes[0]![2]![0]!).not.toBe(NaN);
  });
});
