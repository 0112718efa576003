/** The road files kept for development, held against what is known of them; skipped where they are absent. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../fixtures/memory-source.ts';
import { nodesOfLinks, joinRoads } from './join-roads.ts';
import { readRoadLinks } from './read-road-links.ts';
import { readRoadNodes } from './read-road-nodes.ts';
import { readTntpFlows } from './read-tntp-flows.ts';
import { readTntpLinks } from './read-tntp-links.ts';
import { readTntpNodes } from './read-tntp-nodes.ts';
import { readTntpTrips } from './read-tntp-trips.ts';
import { guessLinkMapping, guessNodeMapping } from './road-mapping.ts';

const folder = fileURLToPath(new URL('../../../../shared/data/transport/', import.meta.url));
const open = (name: string) => memorySource(name, readFileSync(folder + name), TextDecoder);
const headerOf = (name: string) =>
  readFileSync(folder + name, 'latin1')
    .split(/\r?\n/, 1)[0]!
    .split(',');

async function readPair(stem: string, encoding = 'utf-8', firstThroughNode = 1) {
  const { mapping, doubts } = guessLinkMapping(headerOf(`${stem}_links.csv`));
  const links = await readRoadLinks(open(`${stem}_links.csv`), { ...mapping, encoding });
  const nodeFile = `${stem}_nodes.csv`;
  const nodes = existsSync(folder + nodeFile)
    ? await readRoadNodes(open(nodeFile), guessNodeMapping(headerOf(nodeFile), firstThroughNode))
    : nodesOfLinks(links, firstThroughNode);
  return { ...joinRoads(`${stem}_links.csv`, nodes, links), doubts };
}

describe.skipIf(!existsSync(folder))('road files kept for development', () => {
  it.each([
    ['siouxfalls', 24, 76],
    ['anaheim', 416, 914],
    ['eastern_massachusetts', 74, 258],
    ['berlin_friedrichshain', 224, 523],
    ['andorra_osm2013', 1500, 2967],
  ])('reads %s', async (stem, nodes, links) => {
    const roads = await readPair(stem);
    expect([roads.nodes.length, roads.links.length]).toEqual([nodes, links]);
  });

  it('reads TNTP text as the table made of it', async () => {
    const network = await readTntpLinks(open('SiouxFalls_net.tntp'), { time: 'minutes', length: 'km' });
    const nodes = await readTntpNodes(open('SiouxFalls_node.tntp'), network.firstThroughNode);
    const trips = await readTntpTrips(open('SiouxFalls_trips.tntp'));
    const flows = await readTntpFlows(open('SiouxFalls_flow.tntp'), network.links);
    const table = await readPair('siouxfalls');
    const bare = (links: typeof flows) => links.map((link) => ({ ...link, row: 0, roadClass: '' }));
    expect(bare(flows)).toEqual(bare(table.links));
    expect(nodes).toEqual(table.nodes);
    expect(trips).toHaveLength(528);
    expect(trips.reduce((sum, trip) => sum + trip.trips, 0)).toBeCloseTo(360_600, 6);
  });

  it('keeps zone connectors of no time, and centroids closed to through traffic', async () => {
    const { links } = await readPair('berlin_friedrichshain', 'utf-8', 24);
    expect(links.filter(({ freeFlowMinutes }) => freeFlowMinutes === 0)).toHaveLength(184);
    const { nodes } = await readPair('anaheim', 'utf-8', 39);
    expect(nodes.filter(({ through }) => through === 'forbidden')).toHaveLength(38);
  });

  it('takes Tokyo times from length and speed, and names only in their own encoding', async () => {
    const roads = await readPair('tokyo_arterial', 'shift_jis');
    expect([roads.nodes.length, roads.links.length]).toEqual([220, 522]);
    expect(roads.links[0]!.freeFlowMinutes).toBeCloseTo(522.7896733 / 15 / 60, 9);
    expect(roads.links[0]!.name).toMatch(/通り$/);
    await expect(readPair('tokyo_arterial')).rejects.toMatchObject({ code: 'import-bad-row' });
  });

  it('says which units the names leave open', async () => {
    expect((await readPair('andorra_osm2013')).doubts).toEqual([]);
    expect((await readPair('siouxfalls')).doubts).toHaveLength(2);
  });
});
