import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CancelSource } from '../../base/cancel.ts';
import { townRoads, townStorage } from '../fixtures/mobile-town.ts';
import { travelOf, type TravelWish } from './travel.ts';

const wishOf = (changes: Partial<TravelWish> = {}): TravelWish => ({
  storage: townStorage(),
  roads: townRoads(),
  horizon: { slots: 6, slotMinutes: 60 },
  arrivalConfidence: 0.95,
  closedLinks: [],
  ...changes,
});
const inTurn = (): Promise<void> => Promise.resolve();

describe('travelOf', () => {
  it('drives every trip over joined links, never faster than an empty road, and in time when late', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 60 }), fc.constantFrom(0.6, 0.9, 0.99), async (seed, confidence) => {
        const roads = townRoads(seed);
        const { links, nodes } = roads.network;
        const { tables, wayOf } = await travelOf(wishOf({ roads, arrivalConfidence: confidence }), inTurn);
        for (const [from, to] of [
          [0, 1],
          [1, 2],
          [2, 0],
        ] as const)
          for (let slot = 0; slot < 6; slot++) {
            const way = wayOf(from, to, slot);
            way.links.forEach((link, step) => {
              expect(links[link]!.from).toBe(nodes[way.nodes[step]!]!.id);
              expect(links[link]!.to).toBe(nodes[way.nodes[step + 1]!]!.id);
              const minutes = way.minutesAt[step + 1]! - way.minutesAt[step]!;
              expect(minutes).toBeGreaterThanOrEqual(links[link]!.freeFlowMinutes - 1e-9);
            });
            expect(way.minutesAt.at(-1)).toBeCloseTo(way.minutes, 6);
            expect(way.confidence).toBeGreaterThanOrEqual(confidence);
            expect(way.latestMinutes).toBeGreaterThanOrEqual(way.minutes);
            expect(60 * tables.travelSlots[from]![to]![slot]!).toBeGreaterThanOrEqual(way.latestMinutes - 1e-5);
            expect(tables.travelCostUsd[from]![to]![slot]).toBe(way.cost);
          }
      }),
      { numRuns: 8 },
    );
  });

  it('goes round a closed road', async () => {
    const open = await travelOf(wishOf(), inTurn);
    const { links } = townRoads().network;
    const { from, to } = links[open.wayOf(0, 2, 0).links[0]!]!;
    const closed = await travelOf(wishOf({ closedLinks: [{ from, to }] }), inTurn);
    const taken = closed.wayOf(0, 2, 0).links.map((link) => `${links[link]!.from} ${links[link]!.to}`);
    expect(taken).not.toContain(`${from} ${to}`);
    expect(closed.wayOf(0, 2, 0).latestMinutes).toBeGreaterThanOrEqual(open.wayOf(0, 2, 0).latestMinutes);
  });

  it('names a road to close that is not there, and terminals cut off from each other', async () => {
    await expect(travelOf(wishOf({ closedLinks: [{ from: '1', to: '24' }] }), inTurn)).rejects.toThrow(
      'there is no link from node 1 to node 24',
    );
    const leaving = townRoads().network.links.filter(({ from }) => from === '1');
    await expect(travelOf(wishOf({ closedLinks: leaving }), inTurn)).rejects.toThrow(/no way from 1 to 9/);
  });

  it('stops between slots when cancelled', async () => {
    const cancel = new CancelSource();
    let turns = 0;
    const turn = (): Promise<void> => {
      if (++turns === 2) cancel.cancel();
      return Promise.resolve();
    };
    await expect(travelOf(wishOf(), turn, cancel)).rejects.toMatchObject({ code: 'cancelled' });
    expect(turns).toBe(2);
  });
});
