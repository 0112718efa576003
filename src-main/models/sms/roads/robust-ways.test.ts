import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CancelSource } from '../../../base/cancel.ts';
import { seededRandom } from '../../../base/random.ts';
import { blockedArcs, noLimits } from './blocked-arcs.ts';
import { budgetFor, exceedanceBound } from './budget-confidence.ts';
import { closeTerminals } from './close-terminals.ts';
import { forbidOvertaking } from './first-in-first-out.ts';
import { allWays, randomGraph } from './fixtures/random-roads.ts';
import { congestedTimes, loadedAllDay, minutesAt, workingDayFactor, type LinkTimes } from './link-times.ts';
import { buildRoadGraph, type RoadGraph } from './road-graph.ts';
import { robustWays } from './robust-ways.ts';
import { syntheticNetwork } from './synthetic-network.ts';
import { tripsWithConfidence } from './trips-with-confidence.ts';
import { worstArrival } from './worst-arrival.ts';

const deviationsOf = (graph: RoadGraph, seed: number): Float64Array => {
  const random = seededRandom(seed);
  return Float64Array.from(graph.head, () => random.integer(8));
};
const steady = (minutes: Float64Array): LinkTimes => ({ periods: 1, minutes });

/** Largest arrival over every choice of at most `budget` late links, by trying them all. */
function worstByTrying(
  times: LinkTimes,
  late: Float64Array,
  arcs: readonly number[],
  minute: number,
  budget: number,
): number {
  const [arc, ...rest] = arcs;
  if (arc === undefined) return minute;
  const passed = minute + minutesAt(times, arc, minute);
  const onTime = worstByTrying(times, late, rest, passed, budget);
  return budget === 0 ? onTime : Math.max(onTime, worstByTrying(times, late, rest, passed + late[arc]!, budget - 1));
}

describe('robustWays', () => {
  it('finds the least worst case over all ways', () => {
    fc.assert(
      fc.property(randomGraph(6, 12), fc.nat(4), fc.nat(1000), (graph, budget, seed) => {
        const { minutes } = congestedTimes(graph, loadedAllDay);
        const deviationMinutes = deviationsOf(graph, seed);
        const blocked = blockedArcs(graph, noLimits);
        const destinations = Array.from(graph.nodes.keys()).slice(1);
        const { ways, searches } = robustWays(graph, 0, {
          minutes,
          deviationMinutes,
          budget,
          blocked,
          destinations,
          toleranceMinutes: 0,
        });
        expect(searches).toBeLessThanOrEqual(new Set([0, ...deviationMinutes]).size);
        destinations.forEach((to, at) => {
          const worst = (arcs: number[]) => worstByTrying(steady(minutes), deviationMinutes, arcs, 0, budget);
          const best = Math.min(Infinity, ...allWays(graph, 0, to, blocked).map(worst));
          expect(ways[at]?.minutes ?? Infinity).toBeCloseTo(best, 6);
          if (ways[at]) expect(worst(ways[at].arcs)).toBeCloseTo(best, 6);
        });
      }),
    );
  });

  it('refuses a budget that is no whole number', () => {
    const graph = buildRoadGraph([], []);
    const none = new Float64Array(0);
    const wish = {
      minutes: none,
      deviationMinutes: none,
      blocked: new Uint8Array(0),
      destinations: [],
      toleranceMinutes: 0,
    };
    expect(() => robustWays(graph, 0, { ...wish, budget: 1.5 })).toThrow(/budget of late links cannot be 1.5/);
  });
});

describe('worstArrival', () => {
  it('is the worst of all choices of late links, congestion of the hour included', () => {
    fc.assert(
      fc.property(randomGraph(6, 12), fc.nat(4), fc.nat(1000), fc.nat(1440), (graph, budget, seed, minute) => {
        const times = forbidOvertaking(congestedTimes(graph, { ...loadedAllDay, flowFactor: workingDayFactor }));
        const late = deviationsOf(graph, seed);
        for (const arcs of allWays(graph, 0, 1, blockedArcs(graph, noLimits)))
          expect(worstArrival(times, late, arcs, minute, budget)).toBeCloseTo(
            worstByTrying(times, late, arcs, minute, budget),
            6,
          );
      }),
    );
  });
});

describe('exceedanceBound', () => {
  it('gives the budgets published for one percent', () => {
    // Bertsimas and Sim 2004, table 1: protection needed for a bound of 1 %.
    for (const [links, budget] of [
      [10, 8.2],
      [100, 24.3],
      [200, 33.9],
    ] as const) {
      expect(exceedanceBound(links, budget + 0.1)).toBeLessThan(0.01);
      expect(exceedanceBound(links, budget - 0.1)).toBeGreaterThan(0.01);
    }
    expect([budgetFor(5, 0.99), budgetFor(100, 0.99), budgetFor(0, 0.9)]).toEqual([5, 25, 0]);
  });

  it('holds for independent deviations drawn at the ends of their range', () => {
    const random = seededRandom(7);
    const days = 20_000;
    let beyond = 0;
    for (let day = 0; day < days; day++) {
      let sum = 0;
      for (let link = 0; link < 20; link++) sum += random.uniform() < 0.5 ? -1 : 1;
      if (sum > budgetFor(20, 0.9)) beyond++;
    }
    expect(beyond / days).toBeLessThanOrEqual(0.1);
    expect(beyond / days).toBeGreaterThan(0.02);
  });

  it('refuses a confidence outside its range', () => {
    expect(() => budgetFor(5, 1)).toThrow(/confidence cannot be 1/);
  });
});

describe('tripsWithConfidence', () => {
  it('keeps its promise on drawn days, and costs more time for more confidence', () => {
    const { nodes, links } = syntheticNetwork(3);
    const graph = buildRoadGraph(nodes, links);
    const times = congestedTimes(graph, { ...loadedAllDay, flowFactor: workingDayFactor });
    const deviationMinutes = Float64Array.from(graph.linkOf, (link) => 0.5 * links[link]!.freeFlowMinutes);
    const wish = {
      terminals: ['1', '13', '24'],
      slots: 12,
      slotMinutes: 5,
      firstMinute: 420,
      costs: { wageUsdPerHour: 30, roadUsdPerKm: 0, energyKwhPerKm: 1 },
      blocked: blockedArcs(graph, noLimits),
      deviationMinutes,
    };
    const closure = closeTerminals(graph, times, wish);
    const at = (confidence: number) => tripsWithConfidence(graph, times, closure, { ...wish, confidence });
    const sure = at(0.95);
    const surer = at(0.999);
    const random = seededRandom(11);
    sure.forEach((row, from) =>
      row.forEach((bySlot, to) => {
        if (from === to) return;
        const trip = bySlot[0]!;
        expect(trip.confidence).toBeGreaterThanOrEqual(0.95);
        expect(trip.latestMinutes).toBeGreaterThan(trip.minutes);
        expect(surer[from]![to]![0]!.latestMinutes).toBeGreaterThanOrEqual(trip.latestMinutes - 1e-9);
        expect(trip.slots * 5).toBeGreaterThanOrEqual(trip.latestMinutes - 1e-6);
        let late = 0;
        for (let day = 0; day < 2000; day++) {
          let now = wish.firstMinute;
          for (const arc of trip.arcs)
            now += minutesAt(times, arc, now) + (2 * random.uniform() - 1) * deviationMinutes[arc]!;
          if (now - wish.firstMinute > trip.latestMinutes + 1e-9) late++;
        }
        expect(late / 2000).toBeLessThanOrEqual(0.05);
      }),
    );
  });

  it('stops when it is cancelled', () => {
    const { nodes, links } = syntheticNetwork(3);
    const graph = buildRoadGraph(nodes, links);
    const times = congestedTimes(graph, loadedAllDay);
    const cancel = new CancelSource();
    const wish = {
      terminals: ['1', '24'],
      slots: 1,
      slotMinutes: 60,
      firstMinute: 0,
      costs: { wageUsdPerHour: 0, roadUsdPerKm: 0, energyKwhPerKm: 0 },
      blocked: blockedArcs(graph, noLimits),
      deviationMinutes: new Float64Array(links.length),
      confidence: 0.9,
      signal: cancel,
    };
    const closure = closeTerminals(graph, times, wish);
    // Links that never deviate need no budget, and are certain.
    expect(tripsWithConfidence(graph, times, closure, wish)[0]![1]![0]).toMatchObject({ budget: 0, confidence: 1 });
    cancel.cancel();
    expect(() => tripsWithConfidence(graph, times, closure, wish)).toThrow(/was cancelled/);
  });
});
