import { describe, expect, it } from 'vitest';
import { readSmsCase } from './case-file.ts';
import { onBattery, smallSms } from './fixtures/small-sms.ts';
import type { SmsProblem } from './problem.ts';

const slots = 2;
const base = onBattery(smallSms(slots), 0.1, 1);
const whole: SmsProblem = {
  ...base,
  grids: base.grids.map((grid, g) =>
    g === 1
      ? grid
      : {
          ...grid,
          feeder: {
            baseKv: 20,
            buses: [
              { id: 'root', loadShare: 0.5, windShare: 1, mvarPerMw: 0.2 },
              { id: 'end', loadShare: 0.5, windShare: 0, mvarPerMw: 0.2 },
            ],
            lines: [{ from: 0, to: 1, rOhm: 0.5, xOhm: 0.4, limitMw: null }],
            minPu: 0.95,
            maxPu: 1.05,
            rootPu: 1,
            truckBus: 0,
            generatorBus: 0,
          },
        },
  ),
  terminals: base.terminals.map((terminal) =>
    terminal.kind === 'station' && terminal.grid === 0 ? { ...terminal, bus: 1 } : terminal,
  ),
  reserveSharing: {
    factor: 2,
    meanMw: [
      [0, 0.1],
      [0, 0],
    ],
    covarianceMw2: [0, 1].map(() => [
      [0.04, 0.01],
      [0.01, 0.09],
    ]),
  },
};
const { ties: _, ...fields } = whole;
const file = { kind: 'sms', ...fields, queries: [{ ties: 'pessimistic' }] };

describe('readSmsCase', () => {
  it('reads feeders with a bus per station, energy for driving and shared reserves as they are written', () => {
    const { problems } = readSmsCase(JSON.parse(JSON.stringify(file)));
    expect(problems).toEqual([{ ...whole, ties: 'pessimistic' }]);
  });
  it.each([
    [{ travelEnergyMwh: [[['a']]] }, 'travelEnergyMwh[0][0][0] is not a number'],
    [{ reserveSharing: { factor: 2 } }, 'reserveSharing.meanMw is not a list'],
    [
      { grids: [{ ...fields.grids[0], feeder: { baseKv: 20, buses: [{ id: 'root' }] } }] },
      'grids[0].feeder.buses[0].loadShare is not a number',
    ],
    [
      { terminals: [{ id: 'x', kind: 'station', grid: 0, truckCapacity: 1, bus: 'end' }] },
      'terminals[0].bus is not a number',
    ],
    [{ trucks: [{ ...fields.trucks[0], drivingFactor: null }] }, 'trucks[0].drivingFactor is not a number'],
  ])('names what is wrong: %#', (changes, problem) => {
    expect(() => readSmsCase({ ...file, ...changes })).toThrow(
      expect.objectContaining({ report: expect.objectContaining({ details: expect.objectContaining({ problem }) }) }),
    );
  });
});
