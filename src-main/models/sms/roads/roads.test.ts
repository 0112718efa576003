import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockedArcs, noLimits } from './blocked-arcs.ts';
import { closeTerminals, type ClosureWish } from './close-terminals.ts';
import { arcsTo, earliestArrivals } from './earliest-arrivals.ts';
import { forbidOvertaking, findOvertaking, requireFirstInFirstOut } from './first-in-first-out.ts';
import { allWays, linkOf, randomGraph } from './fixtures/random-roads.ts';
import { congestedTimes, freeFlow, loadedAllDay, minutesAt, workingDayFactor, type LinkTimes } from './link-times.ts';
import { NodeHeap } from './node-heap.ts';
import { buildRoadGraph, type RoadGraph } from './road-graph.ts';
import { requireReachable } from './require-reachable.ts';
import { syntheticNetwork } from './synthetic-network.ts';
import { travelTables } from './travel-tables.ts';

const hourly = (graph: RoadGraph) => congestedTimes(graph, { ...loadedAllDay, flowFactor: workingDayFactor });
const anyMinute = fc.double({ min: 0, max: 3000, noNaN: true });
const nodesOf = (...ids: string[]) => ids.map((id) => ({ id, x: 0, y: 0, through: 'allowed' as const }));
const wishOf = (graph: RoadGraph, over: Partial<ClosureWish> = {}): ClosureWish => ({
  terminals: graph.nodes.map(({ id }) => id),
  slots: 3,
  slotMinutes: 60,
  firstMinute: 360,
  costs: { wageUsdPerHour: 30, roadUsdPerKm: 0.2, energyKwhPerKm: 1.5 },
  blocked: blockedArcs(graph, noLimits),
  ...over,
});

/** Shortest times between all pairs; a centroid may end a way but not be its middle (Floyd 1962, Warshall 1962). */
function floydWarshall(graph: RoadGraph, times: LinkTimes): number[][] {
  const count = graph.nodes.length;
  const best = Array.from({ length: count }, (_, i) =>
    Array.from({ length: count }, (__, j) => (i === j ? 0 : Infinity)),
  );
  graph.head.forEach((head, arc) => {
    const row = best[graph.tail[arc]!]!;
    row[head] = Math.min(row[head]!, minutesAt(times, arc, 0));
  });
  for (let k = 0; k < count; k++)
    if (graph.through[k] === 1)
      for (let i = 0; i < count; i++)
        for (let j = 0; j < count; j++) best[i]![j] = Math.min(best[i]![j]!, best[i]![k]! + best[k]![j]!);
  return best;
}

describe('NodeHeap', () => {
  it('gives nodes back in the order of their lowest keys', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(20), fc.nat(100)), { maxLength: 80 }), (pushes) => {
        const heap = new NodeHeap(21);
        const lowest = new Map<number, number>();
        for (const [node, key] of pushes) {
          heap.push(node, key);
          lowest.set(node, Math.min(key, lowest.get(node) ?? Infinity));
        }
        const keys: number[] = [];
        while (heap.size > 0) keys.push(lowest.get(heap.pop())!);
        expect(keys).toEqual([...lowest.values()].sort((a, b) => a - b));
        expect(heap.pop()).toBe(-1);
      }),
    );
  });
});

describe('closeTerminals', () => {
  it('agrees with Floyd and Warshall where times stand still', () => {
    fc.assert(
      fc.property(randomGraph(), (graph) => {
        const times = congestedTimes(graph, loadedAllDay);
        const expected = floydWarshall(graph, times);
        const { trips, unreachable } = closeTerminals(graph, times, wishOf(graph));
        let without = 0;
        trips.forEach((row, from) =>
          row.forEach((bySlot, to) => {
            for (const trip of from === to ? [] : bySlot)
              expect(trip?.minutes ?? Infinity).toBeCloseTo(expected[from]![to]!, 6);
            if (from !== to && expected[from]![to] === Infinity) without++;
          }),
        );
        expect(unreachable).toHaveLength(without);
      }),
    );
  });

  it('agrees with driving every way where times change by the hour', () => {
    fc.assert(
      fc.property(randomGraph(6, 12), anyMinute, (graph, minute) => {
        const times = forbidOvertaking(hourly(graph));
        const blocked = blockedArcs(graph, noLimits);
        const arrivals = earliestArrivals(graph, times, { node: 0, minute }, blocked);
        for (let to = 1; to < graph.nodes.length; to++) {
          const byWay = allWays(graph, 0, to, blocked).map((arcs) =>
            arcs.reduce((now, arc) => now + minutesAt(times, arc, now), minute),
          );
          expect(arrivals.minute[to]).toBeCloseTo(Math.min(Infinity, ...byWay), 6);
          expect(arcsTo(graph, arrivals, to) === null).toBe(byWay.length === 0);
        }
      }),
    );
  });

  it('is never faster with a road closed, nor with a class of road forbidden', () => {
    fc.assert(
      fc.property(randomGraph(), fc.nat(100), anyMinute, (graph, pick, minute) => {
        const times = forbidOvertaking(hourly(graph));
        const all = earliestArrivals(graph, times, { node: 0, minute }, blockedArcs(graph, noLimits));
        const closedLinks = [pick % graph.links.length];
        const fewer = earliestArrivals(
          graph,
          times,
          { node: 0, minute },
          blockedArcs(graph, { ...noLimits, closedLinks }),
        );
        for (let node = 0; node < graph.nodes.length; node++)
          expect(fewer.minute[node]!).toBeGreaterThanOrEqual(all.minute[node]! - 1e-9);
      }),
    );
    const graph = buildRoadGraph(nodesOf('a', 'b'), [linkOf('a', 'b', 5, { roadClass: 'lane' }), linkOf('a', 'b', 9)]);
    const blocked = blockedArcs(graph, { closedLinks: [], forbiddenClasses: ['lane'] });
    expect(earliestArrivals(graph, hourly(graph), { node: 0, minute: 0 }, blocked).minute[1]).toBe(9);
  });

  it('counts wage, distance, energy and slots, and names pairs without a way', () => {
    const graph = buildRoadGraph(nodesOf('a', 'b', 'c'), [
      linkOf('a', 'b', 30),
      linkOf('b', 'c', 31),
      linkOf('b', 'a', 0),
    ]);
    const closure = closeTerminals(graph, hourly(graph), wishOf(graph));
    const trip = closure.trips[0]![2]![1]!;
    expect(trip).toMatchObject({ minutes: 61, slots: 2, lengthKm: 61, arcs: [0, 1] });
    expect(trip.costUsd).toBeCloseTo(30 * (61 / 60) + 0.2 * 61, 9);
    expect(trip.energyMwh).toBeCloseTo(0.0915, 12);
    expect(closure.unreachable).toEqual([
      { from: 'c', to: 'a' },
      { from: 'c', to: 'b' },
    ]);
    expect(() => requireReachable(closure)).toThrow(/no way from c to a, from c to b/);
    expect(() => requireReachable({ unreachable: [] })).not.toThrow();
    expect(travelTables(closure).travelSlots.map((row) => row.map((bySlot) => bySlot[0]))).toEqual([
      [0, 1, 2],
      [1, 0, 1],
      [null, null, 0],
    ]);
  });

  it('refuses unknown and repeated terminals, unknown links and lengths', () => {
    const graph = buildRoadGraph(nodesOf('a', 'b'), [linkOf('a', 'b', 3, { lengthKm: NaN })]);
    const close = (over: Partial<ClosureWish>) => () => closeTerminals(graph, hourly(graph), wishOf(graph, over));
    expect(close({ terminals: ['a', 'x'] })).toThrow(/no node x/);
    expect(close({ terminals: ['a', 'a'] })).toThrow(/node a is a terminal twice/);
    expect(close({})).toThrow(/length of link a → b is not known/);
    expect(() => blockedArcs(graph, { ...noLimits, closedLinks: [7] })).toThrow(/no link 7/);
    expect(() => buildRoadGraph(nodesOf('a', 'a'), [])).toThrow(/node a is given twice/);
    expect(() => buildRoadGraph(nodesOf('a'), [linkOf('a', 'b', 1)])).toThrow(/node b, which is not there/);
    expect(() => buildRoadGraph(nodesOf('a'), [linkOf('a', 'a', -1)])).toThrow(/takes -1 minutes/);
    expect(() => congestedTimes(graph, { ...loadedAllDay, flowFactor: [-1] })).toThrow(
      /A factor of traffic cannot be -1/,
    );
  });
});

describe('first in, first out', () => {
  const anyTimes = fc
    .integer({ min: 2, max: 6 })
    .chain((periods) =>
      fc
        .array(fc.integer({ min: 0, max: 1500 }), { minLength: 2 * periods, maxLength: 2 * periods })
        .map((minutes): LinkTimes => ({ periods, minutes: Float64Array.from(minutes) })),
    );

  it('means that waiting never helps', () => {
    fc.assert(
      fc.property(anyTimes, anyMinute, fc.double({ min: 0, max: 1440, noNaN: true }), (raw, minute, wait) => {
        const times = forbidOvertaking(raw);
        expect(findOvertaking(times)).toEqual([]);
        const later = minute + wait + minutesAt(times, 1, minute + wait);
        expect(minute + minutesAt(times, 1, minute)).toBeLessThanOrEqual(later + 1e-6);
      }),
    );
  });

  it('is repaired by staying behind: never sooner, at the middles exactly so, and untouched where it held', () => {
    fc.assert(
      fc.property(anyTimes, anyMinute, (raw, minute) => {
        const times = forbidOvertaking(raw);
        const length = 1440 / raw.periods;
        expect(minutesAt(times, 0, minute)).toBeGreaterThanOrEqual(minutesAt(raw, 0, minute) - 1e-9);
        const middle = (Math.floor(minute / length) + 0.5) * length;
        const earlier = Array.from({ length: 2 * raw.periods }, (_, k) => middle - k * length);
        const latest = Math.max(...earlier.map((moment) => moment + minutesAt(raw, 0, moment)));
        expect(middle + minutesAt(times, 0, middle)).toBeCloseTo(latest, 6);
        if (findOvertaking(raw).length === 0) expect(times.minutes).toEqual(raw.minutes);
      }),
    );
  });

  it('is refused by name where it does not hold', () => {
    const graph = buildRoadGraph(nodesOf('a', 'b'), [linkOf('a', 'b', 100, { name: 'Pass' })]);
    const minutes = new Float64Array(24).fill(100);
    minutes[7] = 190;
    const times = { periods: 24, minutes };
    expect(() => requireFirstInFirstOut(graph, times)).toThrow(
      /link a → b \(Pass\) who enters at 7.5 h is overtaken by 30.0 minutes/,
    );
    expect(() => requireFirstInFirstOut(graph, forbidOvertaking(times))).not.toThrow();
  });
});

describe('link times', () => {
  it('follow the congestion formula in the middle of the hour and the straight line between', () => {
    const link = linkOf('a', 'b', 10, {
      capacityPerHour: 100,
      flowPerHour: 200,
      congestionFactor: 0.15,
      congestionPower: 4,
    });
    const graph = buildRoadGraph(nodesOf('a', 'b'), [link]);
    const times = congestedTimes(graph, { ...loadedAllDay, flowFactor: [0.5, 1] });
    expect(minutesAt(times, 0, 360)).toBeCloseTo(11.5, 9);
    expect(minutesAt(times, 0, 1080)).toBeCloseTo(10 * (1 + 0.15 * 16), 9);
    expect(minutesAt(times, 0, 720)).toBeCloseTo((11.5 + 34) / 2, 9);
    expect(minutesAt(times, 0, 0)).toBeCloseTo(minutesAt(times, 0, 1440), 9);
    expect(minutesAt(congestedTimes(graph, freeFlow), 0, 720)).toBe(10);
  });
});

describe('syntheticNetwork', () => {
  it('has 24 nodes and 76 links, all reachable, the same for the same seed', () => {
    const { nodes, links } = syntheticNetwork(1);
    expect([nodes.length, links.length]).toEqual([24, 76]);
    const graph = buildRoadGraph(nodes, links);
    expect(closeTerminals(graph, hourly(graph), wishOf(graph, { slots: 1 })).unreachable).toEqual([]);
    expect(syntheticNetwork(1)).toEqual({ nodes, links });
    expect(syntheticNetwork(2).links).not.toEqual(links);
  });
});
