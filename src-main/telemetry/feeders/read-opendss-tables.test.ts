import { describe, expect, it } from 'vitest';
import { memorySource } from '../fixtures/memory-source.ts';
import { readOpenDssTables, type OpenDssFeeder, type OpenDssFiles } from './read-opendss-tables.ts';

const file = (name: string, text: string) => memorySource(name, new TextEncoder().encode(text), TextDecoder, 7);
const text = {
  lines: `line,from_bus,to_bus,phases,linecode,length_kft,r1,x1
L1,A,B,3,three,0.5,,
L2,B,C,1,one,2,,
L3,B,D,2,two,1,,
S1,D,A_OPEN,3,,0.001,0.002,0
`,
  lineCodes: `linecode,phases,rmatrix_ohm_per_kft,xmatrix_ohm_per_kft
three,3,0.3 | 0.1 0.36 | 0.13 0.07 0.24,0.6 | 0.2 0.6 | 0.2 0.2 0.6
one,1,0.25,0.5
two,2,0.4 | 0.2 0.2,0.8 | 0.4 0.8
`,
  loads: 'load,bus,kw,kvar\na,B,40,20\nb,B,20,10\nc,C,5,1\n',
  places: 'bus,x,y\nA,0,0\nB,-10,5\nelsewhere,1,1\n',
};
type Texts = typeof text;
const files = (change: Partial<Texts> = {}): OpenDssFiles => {
  const all = { ...text, ...change };
  return {
    lines: file('lines.csv', all.lines),
    lineCodes: file('codes.csv', all.lineCodes),
    loads: file('loads.csv', all.loads),
    places: file('places.csv', all.places),
  };
};
const feeder: OpenDssFeeder = {
  substation: 'S',
  baseKv: 10,
  slackVoltagePu: 1.02,
  voltageMinPu: 0.95,
  voltageMaxPu: 1.05,
  links: [['S', 'A']],
  linkOhm: 0.001,
  capacitors: [{ bus: 'B', kvar: 25 }],
  openEnding: '_OPEN',
};

describe('readOpenDssTables', () => {
  it('brings lines to their balanced equivalent, sums the phases of loads and keeps capacitors', async () => {
    const { buses, branches, slackVoltagePu } = await readOpenDssTables(files(), feeder);
    expect(slackVoltagePu).toBe(1.02);
    const branchOf = new Map(branches.map((branch) => [branch.line, branch]));
    expect(branchOf.get('L1')).toMatchObject({ from: 'A', to: 'B', phases: 3, state: 'closed' });
    expect(branchOf.get('L1')!.rOhm).toBeCloseTo(0.5 * (0.3 - 0.1), 12);
    expect(branchOf.get('L1')!.xOhm).toBeCloseTo(0.5 * (0.6 - 0.2), 12);
    expect(branchOf.get('L2')!.rOhm).toBeCloseTo(2 * 3 * 0.25, 12);
    expect(branchOf.get('L3')!.rOhm).toBeCloseTo(1.5 * (0.3 - 0.1), 12);
    expect(branchOf.get('L3')!.xOhm).toBeCloseTo(1.5 * (0.8 - 0.2), 12);
    expect(buses.find(({ id }) => id === 'B')).toMatchObject({
      loadKw: 60,
      loadKvar: 30,
      capacitorKvar: 25,
      baseKv: 10,
      x: -10,
      y: 5,
    });
    expect(buses.find(({ id }) => id === 'C')).toMatchObject({ loadKw: 5, loadKvar: 1, x: NaN });
    expect(buses.map(({ id, kind }) => `${id} ${kind}`)).toEqual([
      'S substation',
      'A load',
      'B load',
      'C load',
      'D load',
    ]);
  });

  it('keeps a normally open switch as an open tie, and no way without loss', async () => {
    const { branches } = await readOpenDssTables(files(), feeder);
    expect(branches.filter(({ state }) => state === 'open')).toMatchObject([{ from: 'D', to: 'A', rOhm: 0.001 }]);
    expect(branches.at(-1)).toMatchObject({ line: 'link', from: 'S', to: 'A', rOhm: 0.001, xOhm: 0 });
  });

  it.each<[string, Partial<Texts>, Partial<OpenDssFeeder>, RegExp]>([
    [
      'a line code that is not there',
      { lines: text.lines.replace(',one,', ',four,') },
      {},
      /lines.csv, row 3.*found "four"/,
    ],
    ['a code of other phases', { lines: text.lines.replace(',three,', ',one,') }, {}, /has 3 phases, the line code 1/],
    [
      'a matrix that is none',
      { lineCodes: text.lineCodes.replace('0.4 | 0.2 0.2', '0.4 | 0.2') },
      {},
      /lower triangle/,
    ],
    ['a negative length', { lines: text.lines.replace('one,2', 'one,-2') }, {}, /negative/],
    ['a load at no bus', { loads: `${text.loads}d,X,1,1\n` }, {}, /row 5, column "bus".*no line leads to it/],
    ['a capacitor at no bus', {}, { capacitors: [{ bus: 'X', kvar: 1 }] }, /capacitor stands at bus X/],
  ])('refuses %s', async (_, change, wish, message) => {
    await expect(readOpenDssTables(files(change), { ...feeder, ...wish })).rejects.toThrow(message);
  });
});
