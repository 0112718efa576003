import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { CancelSource } from '../../base/cancel.ts';
import { openAt } from '../../store/fixtures/open-at.ts';
import { memorySource } from '../../telemetry/fixtures/memory-source.ts';
import { importRoads, previewRoads, type RoadFiles, type RoadsWish } from './import-roads.ts';

const file = (name: string, text: string) => memorySource(name, new TextEncoder().encode(text), TextDecoder);
const nodesText = 'node,lon,lat\na,1.5,42.5\nb,1.6,42.5\nc,1.6,42.6\n';
const linksText = [
  'from_node,to_node,length_m,free_flow_time_min,highway,name',
  'a,b,1000,1.5,primary,Main road',
  'b,a,1000,1.5,primary,Main road',
  'b,c,2000,3,residential,',
].join('\n');
const files = (links = linksText, nodes: string | null = nodesText): RoadFiles => ({
  links: file('links.csv', links),
  nodes: nodes === null ? null : file('nodes.csv', nodes),
});
const about = { name: 'Triangle', source: 'made up', licence: 'MIT', attribution: '© nobody' };
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

async function withTools(action: (tools: Parameters<typeof importRoads>[0]) => Promise<void>): Promise<void> {
  const store = openAt(':memory:');
  const clock = { nowMs: () => 5, nextTurn: () => Promise.resolve() };
  try {
    await action({ store, clock, hash: sha256 });
  } finally {
    store.close();
  }
}

describe('previewRoads', () => {
  it('guesses a table whose names say their units, without doubt', async () => {
    const { mapping, doubts, rows, nodes, links } = await previewRoads(files(), null);
    expect(doubts).toEqual([]);
    expect(mapping).toMatchObject({
      format: 'csv',
      coordinates: 'degrees',
      links: { lengthUnit: 'm', timeUnit: 'minutes' },
    });
    expect([nodes, links]).toEqual([3, 3]);
    expect(rows[0]).toEqual({ row: 2, from: 'a', to: 'b', minutes: 1.5, lengthKm: 1 });
  });
  it('says which places cannot be reached and left', async () => {
    const { notes } = await previewRoads(files(), null);
    expect(notes).toEqual([
      '1 of 3 nodes (c) cannot be reached and left again from node b; no terminal can stand there.',
    ]);
    const round = `${linksText}\nc,b,2000,3,residential,\n`;
    expect((await previewRoads(files(round), null)).notes).toEqual([]);
  });
  it('doubts the units of a TNTP file', async () => {
    const text = [
      '<NUMBER OF ZONES> 2',
      '<NUMBER OF NODES> 2',
      '<FIRST THRU NODE> 1',
      '<NUMBER OF LINKS> 2',
      '<END OF METADATA>',
      '~ init term capacity length fft b power speed toll type ;',
      '1 2 900 3 4 0.15 4 0 0 1 ;',
      '2 1 900 3 4 0.15 4 0 0 1 ;',
    ].join('\n');
    const { mapping, doubts, links } = await previewRoads(files(text, null), null);
    expect(mapping).toMatchObject({ format: 'tntp', timeUnit: 'minutes', lengthUnit: 'unknown' });
    expect(doubts.join()).toMatch(/free-flow times.*lengths/);
    expect(links).toBe(2);
    const settled = { format: 'tntp', timeUnit: 'hours', lengthUnit: 'miles', coordinates: 'drawing' } as const;
    const again = await previewRoads(files(text, null), settled);
    expect(again.doubts).toEqual([]);
    expect(again.rows[0]).toMatchObject({ minutes: 240, lengthKm: 3 * 1.609344 });
  });
  it('names a negative travel time and a link to nowhere with file, row and column', async () => {
    await expect(previewRoads(files(linksText.replace('1.5,primary', '-1.5,primary')), null)).rejects.toMatchObject({
      code: 'import-bad-row',
      report: { details: { file: 'links.csv', row: 2, column: 'free_flow_time_min' } },
    });
    await expect(previewRoads(files(linksText.replace('b,c,', 'b,z,')), null)).rejects.toMatchObject({
      code: 'import-bad-row',
      report: { details: { row: 4, value: 'z' } },
    });
  });
});

describe('importRoads', () => {
  const wish = async (links = linksText): Promise<RoadsWish> => ({
    files: files(links),
    mapping: (await previewRoads(files(links), null)).mapping,
    ...about,
  });
  it('stores a network as it stands, once', async () =>
    withTools(async (tools) => {
      const record = await importRoads(tools, await wish());
      expect(tools.store.getRoads(record.id)).toEqual(record);
      expect(record.network.links[0]).toMatchObject({ from: 'a', to: 'b', name: 'Main road', capacityPerHour: NaN });
      expect((await importRoads(tools, await wish())).id).toBe(record.id);
      expect(tools.store.listRoads()).toHaveLength(1);
      const other = await importRoads(tools, await wish(linksText.replace('1.5', '1.6')));
      expect(tools.store.listRoads()[0]?.id).toBe(other.id);
      expect(tools.store.getRoads(record.id)?.network.links[0]!.freeFlowMinutes).toBe(1.5);
    }));
  it('stores nothing when cancelled', async () =>
    withTools(async (tools) => {
      const cancel = new CancelSource();
      cancel.cancel();
      await expect(importRoads(tools, await wish(), cancel)).rejects.toMatchObject({ code: 'cancelled' });
      expect(tools.store.listRoads()).toEqual([]);
    }));
});
