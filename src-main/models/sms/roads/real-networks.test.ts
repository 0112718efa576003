/** Real networks: Andorra as bundled; Sioux Falls where the development data is present, skipped elsewhere. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { fileSource } from '../../../hosts/file-source.ts';
import { joinRoads } from '../../../telemetry/roads/join-roads.ts';
import { readRoadLinks } from '../../../telemetry/roads/read-road-links.ts';
import { readRoadNodes } from '../../../telemetry/roads/read-road-nodes.ts';
import { guessLinkMapping, guessNodeMapping } from '../../../telemetry/roads/road-mapping.ts';
import { blockedArcs, noLimits } from './blocked-arcs.ts';
import { closeTerminals } from './close-terminals.ts';
import { arcsTo, earliestArrivals } from './earliest-arrivals.ts';
import { congestedTimes, freeFlow, loadedAllDay } from './link-times.ts';
import { buildRoadGraph, nodeIndex } from './road-graph.ts';

const pathOf = (path: string) => fileURLToPath(new URL(`../../../../${path}`, import.meta.url));
const development = '../shared/data/transport/';
const tntpHeader = 'from_node,to_node,capacity,length,free_flow_time,b,power,speed,toll,link_type,ue_flow,ue_time';
const osmHeader = 'from_node,to_node,length_m,speed_kmh,speed_source,free_flow_time_min,highway,name,osm_way';

async function graphOf(nodesFile: string, linksFile: string, header: string) {
  const links = await readRoadLinks(await fileSource(pathOf(linksFile)), guessLinkMapping(header.split(',')).mapping);
  const nodes = await readRoadNodes(await fileSource(pathOf(nodesFile)), guessNodeMapping(['node', 'lon', 'lat']));
  const network = joinRoads(linksFile, nodes, links);
  return buildRoadGraph(network.nodes, network.links);
}

describe('Andorra', () => {
  const capital = '51441626';
  const pass = '51390143';

  it('is read whole and crossed in the time known for it', async () => {
    const graph = await graphOf('db/demo/andorra-nodes.csv.gz', 'db/demo/andorra-links.csv.gz', osmHeader);
    expect([graph.nodes.length, graph.links.length]).toEqual([1500, 2967]);
    const departure = { node: nodeIndex(graph, capital), minute: 0 };
    const times = congestedTimes(graph, freeFlow);
    const arrivals = earliestArrivals(graph, times, departure, blockedArcs(graph, noLimits));
    expect(arrivals.minute[nodeIndex(graph, pass)]).toBeCloseTo(29.1, 1);
    expect(Math.max(...arrivals.minute)).toBeLessThan(Infinity);
  });

  it('keeps parallel links, and goes round where the fastest way is closed', async () => {
    const graph = await graphOf('db/demo/andorra-nodes.csv.gz', 'db/demo/andorra-links.csv.gz', osmHeader);
    const pairs = graph.links.map(({ from, to }) => `${from} ${to}`);
    expect(pairs.length - new Set(pairs).size).toBe(14);
    const departure = { node: nodeIndex(graph, capital), minute: 0 };
    const times = congestedTimes(graph, freeFlow);
    const open = earliestArrivals(graph, times, departure, blockedArcs(graph, noLimits));
    const way = arcsTo(graph, open, nodeIndex(graph, pass))!;
    const closedLinks = [graph.linkOf[way[Math.floor(way.length / 8)]!]!];
    const closed = earliestArrivals(graph, times, departure, blockedArcs(graph, { ...noLimits, closedLinks }));
    expect(closed.minute[nodeIndex(graph, pass)]).toBeGreaterThan(open.minute[nodeIndex(graph, pass)]!);
  });
});

describe.skipIf(!existsSync(pathOf(development)))('Sioux Falls', () => {
  it('has the known times, free and loaded', async () => {
    const graph = await graphOf(`${development}siouxfalls_nodes.csv`, `${development}siouxfalls_links.csv`, tntpHeader);
    const between = (profile: typeof freeFlow) => {
      const { trips, unreachable } = closeTerminals(graph, congestedTimes(graph, profile), {
        terminals: graph.nodes.map(({ id }) => id),
        slots: 1,
        slotMinutes: 60,
        firstMinute: 0,
        costs: { wageUsdPerHour: 0, roadUsdPerKm: 0, energyKwhPerKm: 0 },
        blocked: blockedArcs(graph, noLimits),
      });
      expect(unreachable).toEqual([]);
      const minutes = trips.flat(2).flatMap((trip) => trip?.minutes ?? []);
      return { oneToTwenty: trips[0]![19]![0]!.minutes, mean: minutes.reduce((sum, x) => sum + x, 0) / minutes.length };
    };
    const free = between(freeFlow);
    const loaded = between(loadedAllDay);
    expect(free.oneToTwenty).toBeCloseTo(22, 9);
    expect(free.mean).toBeCloseTo(11.3, 1);
    expect(loaded.oneToTwenty).toBeCloseTo(39.1, 1);
    expect(loaded.mean).toBeCloseTo(24.7, 1);
  });
});
