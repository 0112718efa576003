import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { angleFlow } from '../../verify/angle-flow.ts';
import { meshOf, triangle, type LineRow } from '../v2g/fixtures/small-mesh.ts';
import { lineIds } from './line-ids.ts';
import { meshBuses } from './mesh-buses.ts';
import { transferFactors } from './transfer-factors.ts';

/** A random tree with lines laid across it, buses "0", "1", …, slack anywhere. */
const meshes = fc.integer({ min: 2, max: 9 }).chain((size) =>
  fc
    .record({
      parents: fc.array(fc.nat(1000), { minLength: size - 1, maxLength: size - 1 }),
      across: fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 8 }),
      x: fc.array(fc.double({ min: 0.01, max: 2, noNaN: true }), { minLength: size + 8, maxLength: size + 8 }),
      slack: fc.nat(size - 1),
      demand: fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: size, maxLength: size }),
    })
    .map(({ parents, across, x, slack, demand }) => {
      const ends = [
        ...parents.map((parent, k) => [k + 1, parent % (k + 1)] as const),
        ...across.filter(([a, b]) => a !== b),
      ];
      const rows = ends.map(([a, b], l): LineRow => [String(a), String(b), x[l]!, null]);
      return { mesh: meshOf('drawn', String(slack), rows), demand };
    }),
);

describe('transferFactors', () => {
  it('splits a MW in a triangle two to one', () => {
    const { buses, factors } = transferFactors(triangle().mesh);
    const at3 = factors.map((row) => row[buses.indexOf('3')]!);
    // 1–2, 1–3, 2–3 for a MW given at 3 and taken at 1.
    [-1 / 3, -2 / 3, -1 / 3].forEach((share, line) => expect(at3[line]).toBeCloseTo(share, 12));
    expect(factors.map((row) => row[buses.indexOf('1')])).toEqual([0, 0, 0]);
  });

  it('gives the flows that the angles give, and what flows into a bus is what it takes', () => {
    fc.assert(
      fc.property(meshes, ({ mesh, demand }) => {
        const { buses, factors } = transferFactors(mesh);
        const angles = angleFlow(mesh);
        const flows = angles.flowMw(angles.buses.map((bus) => demand[Number(bus)]!));
        mesh.lines.forEach((_, line) => {
          const byFactors = buses.reduce((sum, bus, b) => sum - factors[line]![b]! * demand[Number(bus)]!, 0);
          expect(byFactors).toBeCloseTo(flows[line]!, 8);
        });
        for (const bus of buses) {
          if (bus === mesh.slackBus) continue;
          const into = mesh.lines.reduce(
            (sum, { from, to }, line) => sum + (to === bus ? flows[line]! : 0) - (from === bus ? flows[line]! : 0),
            0,
          );
          expect(into).toBeCloseTo(demand[Number(bus)]!, 8);
        }
      }),
    );
  });
});

describe('meshBuses', () => {
  it.each<[string, LineRow[], RegExp]>([
    [
      'an island',
      [
        ['1', '2', 0.1, null],
        ['3', '4', 0.1, null],
      ],
      /bus 3, 4 is not connected to the bus 1/,
    ],
    ['a reactance of nothing', [['1', '2', 0, null]], /line 1–2 has a reactance of 0 pu/],
    ['a negative reactance', [['1', '2', -0.2, null]], /line 1–2 has a reactance of -0.2 pu/],
    ['a reactance that is no number', [['1', '2', NaN, null]], /line 1–2 has a reactance of NaN/],
    ['a line to itself', [['2', '2', 0.1, null]], /line 2–2 leads from a bus to itself/],
    ['a limit of nothing', [['1', '2', 0.1, 0]], /line 1–2 has a limit of 0 MW/],
    ['no line', [], /no line/],
  ])('refuses %s by name', (_, rows, message) => {
    expect(() => meshBuses(meshOf('bad', '1', rows))).toThrow(message);
  });

  it('starts at the slack bus and takes loops', () => {
    expect(meshBuses(triangle().mesh)).toEqual(['1', '2', '3']);
  });
});

describe('lineIds', () => {
  it('tells lines between the same buses apart, whichever way round they are written', () => {
    const ends = [
      { from: 'a', to: 'b' },
      { from: 'b', to: 'a' },
      { from: 'b', to: 'c' },
    ];
    expect(lineIds(ends)).toEqual(['a–b', 'b–a (2)', 'b–c']);
  });
});
