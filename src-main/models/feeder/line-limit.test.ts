import { describe, expect, it } from 'vitest';
import { ProgramBuilder, type Column, type Term } from '../../program/program.ts';
import { optimum } from '../../robust/fixtures/test-solver.ts';
import { addBranchFlow, type BranchFlowSlot, type Injection } from './branch-flow.ts';
import { circleSides, polygonError } from './circle-sides.ts';
import { feederTree } from './feeder-tree.ts';
import { addProjectedFlow } from './projected-flow.ts';

const radius = 1;
const feeder = {
  name: 'one line',
  slackBus: 'S',
  slackVoltagePu: 1,
  voltageMinPu: 0.5,
  voltageMaxPu: 1.5,
  branches: [{ from: 'S', to: 'A', rPu: 0.02, xPu: 0.01, limitMva: radius }],
};

/** The most that can be drawn at the end of a line with 0.4 Mvar for each MW. @param sides 0: the circle itself. */
async function mostDrawn(how: 'lindistflow' | 'branch-flow' | 'projected', sides: number): Promise<number> {
  const program = new ProgramBuilder('line');
  const drawn: Column = program.addColumn({ name: 'drawn', lower: 0, upper: 5, cost: -1 });
  const takes = (factor: number): Term[] => [[drawn, -factor]];
  const nothing = { terms: [], constant: 0 };
  const injections: Injection[] = [
    { active: nothing, reactive: nothing },
    { active: { terms: takes(1), constant: 0 }, reactive: { terms: takes(0.4), constant: 0 } },
  ];
  const spec: BranchFlowSlot = {
    network: how === 'lindistflow' ? 'lindistflow' : 'branch-flow',
    slackVoltagePu: 1,
    squaredCurrentMaxPu: 50,
    squaredVoltage: () => ({ lower: 0.25, upper: 2.25 }),
    importMw: { lower: -10, upper: 10 },
    unitMw: 1,
    lineLimit: (_, limitMva) =>
      sides === 0
        ? { radius: limitMva, shifts: [[0, 0]] }
        : circleSides(sides).map(({ along, share }) => ({ along, most: share * limitMva })),
    name: (what, bus) => `${what} of ${bus ?? 'the substation'}`,
  };
  const add = how === 'projected' ? addProjectedFlow : addBranchFlow;
  add(program, spec, feederTree(feeder), injections);
  return -(await optimum(program.compile())).objective;
}

describe('a line limit', () => {
  it.each(['lindistflow', 'branch-flow', 'projected'] as const)(
    'is the same by a polygon of many sides as by cuts of the circle, and no more than said is given away: %s',
    async (how) => {
      const circle = await mostDrawn(how, 0);
      const fine = await mostDrawn(how, 256);
      expect(Math.abs(circle / fine - 1)).toBeLessThan(1e-4);
      expect(fine).toBeLessThanOrEqual(circle + 1e-5);
      const coarse = await mostDrawn(how, 16);
      expect(coarse / circle).toBeGreaterThan(1 - polygonError(16) - 1e-3);
      expect(coarse).toBeLessThan(circle - 1e-4);
    },
  );

  it('is what the circle leaves without losses', async () => {
    expect(await mostDrawn('lindistflow', 0)).toBeCloseTo(radius / Math.hypot(1, 0.4), 5);
  });
});
