import { describe, expect, it } from 'vitest';
import { Refusal } from '../../base/errors.ts';
import { memorySource } from '../fixtures/memory-source.ts';
import { joinRoads } from './join-roads.ts';
import { readRoadLinks } from './read-road-links.ts';
import { readRoadNodes } from './read-road-nodes.ts';
import { readTntpLinks } from './read-tntp-links.ts';
import { readTntpTrips } from './read-tntp-trips.ts';
import { guessLinkMapping, guessNodeMapping } from './road-mapping.ts';

const source = (name: string, text: string) => memorySource(name, new TextEncoder().encode(text), TextDecoder);
const linksOf = (text: string) => {
  const { mapping } = guessLinkMapping(text.split('\n', 1)[0]!.split(','));
  return readRoadLinks(source('links.csv', text), mapping);
};
const refusal = async (work: Promise<unknown>): Promise<string> => {
  const thrown: unknown = await work.then(
    () => undefined,
    (problem: unknown) => problem,
  );
  if (thrown instanceof Refusal) return thrown.message;
  throw new Error(`no refusal but ${String(thrown)}`);
};

const tntp = (links: number, ...records: string[]) =>
  source(
    'net.tntp',
    `<NUMBER OF ZONES> 1\n<NUMBER OF NODES> 2\n<FIRST THRU NODE> 1\n<NUMBER OF LINKS> ${links}\n<END OF METADATA>\n~ names ;\n${records.join('\n')}\n`,
  );
const units = { time: 'hundredths-of-hour', length: 'feet' } as const;

describe('readRoadLinks', () => {
  it('converts the units the column names state', async () => {
    const [link] = await linksOf('from_node,to_node,length_m,free_flow_time_s,name\na,b,1500,90,Main\n');
    expect(link).toMatchObject({ from: 'a', to: 'b', lengthKm: 1.5, freeFlowMinutes: 1.5, name: 'Main', row: 2 });
    expect(link!.capacityPerHour).toBeNaN();
  });

  it.each([
    [
      'from_node,to_node,free_flow_time_min\na,b,1\na,b,-2\n',
      /row 3, column "free_flow_time_min": it is negative \(found "-2"\)/,
    ],
    ['from_node,to_node,free_flow_time_min\na,b,quick\n', /row 2, .*not a number \(found "quick"\)/],
    ['from_node,to_node,free_flow_time_min\na,b,\n', /row 2, .*the number is missing/],
    ['from_node,to_node,free_flow_time_min\n,b,1\n', /row 2, column "from_node": the name is missing/],
    ['from_node,to_node,length_m,speed_kmh\na,b,10,0\n', /row 2, column "speed_kmh": .*above zero/],
    ['from_node,to_node,free_flow_time_min,capacity,b,power\na,b,1,0,0.15,4\n', /column "capacity"/],
    ['from_node,to_node,length_m\na,b,10\n', /neither times nor lengths with speeds/],
    ['from_node,free_flow_time_min\na,1\n', /no column ""; it has from_node/],
  ])('refuses %j', async (text, message) => {
    expect(await refusal(linksOf(text))).toMatch(message);
  });
});

describe('readRoadNodes and joinRoads', () => {
  const nodesOf = (text: string) =>
    readRoadNodes(source('nodes.csv', text), guessNodeMapping(['node', 'lon', 'lat'], 2));

  it('marks centroids and refuses a repeated node', async () => {
    expect((await nodesOf('node,lon,lat\n1,0,0\n2,1,1\n')).map(({ through }) => through)).toEqual([
      'forbidden',
      'allowed',
    ]);
    expect(await refusal(nodesOf('node,lon,lat\n1,0,0\n1,1,1\n'))).toMatch(/row 3, column "node": .*already given/);
  });

  it('refuses a link to a node that is not there', async () => {
    const links = await linksOf('from_node,to_node,free_flow_time_min\n1,9,1\n');
    const nodes = await nodesOf('node,lon,lat\n1,0,0\n');
    expect(() => joinRoads('links.csv', nodes, links)).toThrow(
      /links.csv, row 2, column "to": there is no such node \(found "9"\)/,
    );
  });
});

describe('TNTP', () => {
  it('reads the network with its units', async () => {
    const { links, firstThroughNode } = await readTntpLinks(
      tntp(1, '\t1\t2\t900\t5280\t10\t0.15\t4\t0\t0\t1\t;'),
      units,
    );
    expect(firstThroughNode).toBe(1);
    expect(links[0]).toMatchObject({ from: '1', to: '2', capacityPerHour: 900, congestionPower: 4, row: 7 });
    expect(links[0]!.freeFlowMinutes).toBeCloseTo(6, 12);
    expect(links[0]!.lengthKm).toBeCloseTo(1.609344, 9);
  });

  it.each([
    [tntp(2, '1 2 9 1 1 0 4 0 0 1 ;'), /states 2 links and has 1/],
    [tntp(1, '1 3 9 1 1 0 4 0 0 1 ;'), /row 7, column "term_node": nodes are numbered 1 to 2/],
    [tntp(1, '1 2 9 1 -1 0 4 0 0 1 ;'), /column "free_flow_time": it is negative/],
    [tntp(1, '1 2 9 ;'), /column "length": the record is too short/],
    [source('net.tntp', '<NUMBER OF NODES> 2\n1 2 3\n'), /no <END OF METADATA>/],
    [source('net.tntp', '<NUMBER OF NODES> two\n<END OF METADATA>\n'), /<NUMBER OF NODES> is "two"/],
  ])('refuses a damaged network (%#)', async (damaged, message) => {
    expect(await refusal(readTntpLinks(damaged, units))).toMatch(message);
  });

  it('reads trips and refuses a sum that is not the one stated', async () => {
    const trips = (total: number) =>
      readTntpTrips(
        source('trips.tntp', `<TOTAL OD FLOW> ${total}\n<END OF METADATA>\n\nOrigin 1\n 1 : 0.0; 2 : 5.5;\n`),
      );
    expect(await trips(5.5)).toEqual([{ origin: '1', destination: '2', trips: 5.5 }]);
    expect(await refusal(trips(7))).toMatch(/states 7 trips and has 5.5/);
  });
});
