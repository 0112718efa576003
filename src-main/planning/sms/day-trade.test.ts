import { describe, expect, it } from 'vitest';
import { smallSms, smallTruck } from '../../models/sms/fixtures/small-sms.ts';
import { evenPrice, pricedDay, type DayPrices } from '../../models/sms/marginal/priced-day.ts';
import { dayOf, daySearches, dayTrade, staysOf, type DaysWish } from './day-trade.ts';

const slots = 5;
const trucks = [smallTruck('a'), smallTruck('b', { start: 2, end: 0, capacityMwh: 3, finalMinMwh: 1 })];
const problem = smallSms(slots, { trucks });
const parts = [1, 2];
const pricesOf = (c: number): DayPrices => ({
  stay: (terminal, slot) => ({
    presentUsd: terminal - 1,
    charge: evenPrice(trucks[c]!, -20 - ((7 * slot + 5 * terminal) % 11)),
    discharge: evenPrice(trucks[c]!, 25 + ((13 * slot + 3 * terminal) % 17)),
  }),
  chargeUsdPerMwh: 0,
});

describe('the trade of pricing days', () => {
  const work = dayTrade({ problem, trucks, parts });
  const wishOf = (stage: number, c: number): DaysWish => ({
    stage,
    class: c,
    stays: staysOf(problem, pricesOf(c)),
    arcs: null,
    chargeUsdPerMwh: 0,
    leastUsd: -Infinity,
    most: 4,
  });

  it.each([
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ])('finds the best day of a truck from prices and days that travel as data: stage %i, class %i', (stage, c) => {
    const search = daySearches(problem, trucks, parts[stage]!)[c]!;
    const wanted = pricedDay(search, pricesOf(c).stay)!;
    const { valueUsd, days } = structuredClone(work(structuredClone(wishOf(stage, c))));
    expect(valueUsd).toBeCloseTo(wanted.valueUsd, 9);
    expect(days.length).toBeGreaterThan(1);
    for (const found of days) {
      const { path } = dayOf(search, found);
      expect(path.every((arc) => search.network.includes(arc))).toBe(true);
      expect([path[0]!.from, path.at(-1)!.to]).toEqual([trucks[c]!.start, trucks[c]!.end]);
      path.slice(1).forEach((arc, i) => expect([arc.from, arc.fromSlot]).toEqual([path[i]!.to, path[i]!.untilSlot]));
    }
    expect(dayOf(search, days[0]!).netMw).toEqual(wanted.day.netMw);
  });

  it('keeps to the arcs it is told, and tells what each is worth by its place in the network', () => {
    const search = daySearches(problem, trucks, 2)[1]!;
    const all = work(wishOf(1, 1));
    const arcs = [...search.network.keys()].filter((a) => all.throughUsd[a]! >= all.valueUsd - 15);
    expect(arcs.length).toBeLessThan(search.network.length);
    const some = structuredClone(work(structuredClone({ ...wishOf(1, 1), arcs })));
    expect(some.valueUsd).toBeCloseTo(all.valueUsd, 9);
    for (const a of search.network.keys())
      if (arcs.includes(a)) expect(some.throughUsd[a]).toBeCloseTo(all.throughUsd[a]!, 9);
      else expect(some.throughUsd[a]).toBe(-Infinity);
    for (const { arcs: used } of some.days) expect(used.every((a) => arcs.includes(a))).toBe(true);
  });

  it('says so where no path leads to the final energy', () => {
    const full = smallTruck('c', { initialMwh: 0, finalMinMwh: 4, powerMw: 0.1 });
    const none = dayTrade({ problem: { ...problem, trucks: [full] }, trucks: [full], parts: [1] });
    const { valueUsd, throughUsd, days } = none({ ...wishOf(0, 0), class: 0 });
    expect([valueUsd, days]).toEqual([-Infinity, []]);
    expect(throughUsd.every((usd) => usd === -Infinity)).toBe(true);
  });
});
