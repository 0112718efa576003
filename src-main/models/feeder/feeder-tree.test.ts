import { describe, expect, it } from 'vitest';
import type { Feeder, FeederBranch } from './feeder.ts';
import { feederTree } from './feeder-tree.ts';

const branch = (from: string, to: string, changes: Partial<FeederBranch> = {}): FeederBranch => ({
  from,
  to,
  rPu: 0.01,
  xPu: 0.02,
  limitMva: null,
  ...changes,
});
const feeder = (branches: FeederBranch[], changes: Partial<Feeder> = {}): Feeder => ({
  name: 'test',
  slackBus: 'A',
  slackVoltagePu: 1,
  voltageMinPu: 0.95,
  voltageMaxPu: 1.05,
  branches,
  ...changes,
});

describe('feederTree', () => {
  it('orders buses from the substation outwards, whichever way a branch is written', () => {
    const tree = feederTree(feeder([branch('C', 'B'), branch('A', 'B', { rPu: 0.5 }), branch('C', 'D')]));
    expect(tree.buses).toEqual(['A', 'B', 'C', 'D']);
    expect(tree.parent).toEqual([-1, 0, 1, 2]);
    expect(tree.children).toEqual([[1], [2], [3], []]);
    expect(tree.rPu[1]).toBe(0.5);
  });

  it.each<[string, Feeder, RegExp]>([
    [
      'a loop, with its buses',
      feeder([branch('A', 'B'), branch('B', 'C'), branch('B', 'D'), branch('C', 'D')]),
      /branch C–D closes a loop: C–B–D–C/,
    ],
    ['two branches side by side', feeder([branch('A', 'B'), branch('B', 'A')]), /branch B–A closes a loop/],
    ['an island', feeder([branch('A', 'B'), branch('C', 'D')]), /bus C, D is not connected to the substation A/],
    ['a substation that is not there', feeder([branch('B', 'C')]), /bus B, C is not connected/],
    ['a negative resistance', feeder([branch('A', 'B', { rPu: -1 })]), /branch A–B has a resistance of -1 pu/],
    ['no impedance', feeder([branch('A', 'B', { rPu: 0, xPu: 0 })]), /branch A–B has no impedance/],
    ['a branch to itself', feeder([branch('A', 'A')]), /branch A–A leads from a bus to itself/],
    ['a limit of nothing', feeder([branch('A', 'B', { limitMva: 0 })]), /limit of 0 MVA/],
    ['voltages without room', feeder([branch('A', 'B')], { voltageMinPu: 1.01 }), /1.01 to 1.05 pu do not hold/],
    ['no branch', feeder([]), /has no branch/],
  ])('refuses %s', (_, bad, complaint) => {
    expect(() => feederTree(bad)).toThrow(complaint);
  });
});
