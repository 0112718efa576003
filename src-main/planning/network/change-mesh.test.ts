import { describe, expect, it } from 'vitest';
import { meshOf } from '../../models/v2g/fixtures/small-mesh.ts';
import type { NetworkChanges } from '../site.ts';
import { meshWithChanges } from './change-mesh.ts';

const mesh = meshOf('ring', 'A', [
  ['A', 'B', 0.1, 1],
  ['B', 'C', 0.1, null],
  ['C', 'A', 0.1, 2],
  ['A', 'C', 0.2, 2],
]);

describe('meshWithChanges', () => {
  it('turns limits of lines, whichever way round they are named', () => {
    const lineLimits = [
      { from: 'B', to: 'A', limitMva: 0.5 },
      { from: 'B', to: 'C', limitMva: 0.7 },
    ];
    expect(meshWithChanges(mesh, { lineLimits }).lines.map(({ limitMw }) => limitMw)).toEqual([0.5, 0.7, 2, 2]);
    expect(meshWithChanges(mesh, {})).toEqual(mesh);
    expect(mesh.lines[0]!.limitMw).toBe(1);
  });

  it.each<[NetworkChanges, RegExp]>([
    [{ lineLimits: [{ from: 'B', to: 'D', limitMva: 1 }] }, /lineLimits\[0\] names line B–D, which ring does not have/],
    [{ lineLimits: [{ from: 'A', to: 'C', limitMva: 1 }] }, /names line A–C, which ring has 2 of/],
    [{ slackVoltagePu: 1.02 }, /slackVoltagePu is a setting of voltages/],
    [{ busLimits: [{ bus: 'B', voltageMinPu: 0.9, voltageMaxPu: 1.1 }] }, /busLimits is a setting of voltages/],
    [{ capacitors: [{ bus: 'B', kvar: 100 }] }, /capacitors is a setting of voltages/],
  ])('refuses what it cannot turn: %j', (changes, message) => {
    expect(() => meshWithChanges(mesh, changes)).toThrow(message);
  });
});
