import { describe, expect, it } from 'vitest';
import { eveningDay, eveningDeviations } from '../../models/v2g/fixtures/evening-day.ts';
import { gridAt } from '../../models/v2g/fixtures/small-problem.ts';
import { smallNetwork } from '../../models/v2g/fixtures/small-network.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import type { SiteNetwork } from '../../models/v2g/site-network.ts';
import { testSolver } from '../../robust/fixtures/test-solver.ts';
import { networkFlow } from '../../verify/network-flow.ts';
import { exactSolve } from '../exact-solve.ts';
import { atProtection } from '../plan/at-protection.ts';
import type { V2gAnswer } from '../plan/solve-v2g.ts';
import { keepsLimits } from './network-correction.ts';
import { solveOnNetwork } from './solve-on-network.ts';
import { sweepOnNetwork } from './sweep-on-network.ts';

const dear = gridAt([0.1, 0.11, 0.5], { importLimitKw: 9000 });
const deviating = (model: SiteNetwork['model'], loadKw = 900): V2gProblem =>
  eveningDay({
    loadKw: [loadKw, 900, 900],
    grid: dear,
    uncertainty: { components: eveningDeviations, protection: 2 },
    network: smallNetwork({ model }),
  });

const protections = [0, 0.5, 1, 2];

async function swept(problem: V2gProblem): Promise<Map<number, V2gAnswer>> {
  const points = new Map<number, V2gAnswer>();
  await sweepOnNetwork(problem, protections, testSolver, exactSolve, (protection, answer) => {
    expect(points.has(protection)).toBe(false);
    points.set(protection, answer);
  });
  expect([...points.keys()].sort()).toEqual(protections);
  return points;
}

const costAt = (points: Map<number, V2gAnswer>, protection: number): number => {
  const answer = points.get(protection)!;
  if (!('schedule' in answer)) throw new Error(answer.kind);
  return answer.schedule.totalCost;
};

describe('a sweep on a feeder', () => {
  it.each(['lindistflow', 'branch-flow'] as const)(
    'keeps the limits at every point, as single plans do: %s',
    async (model) => {
      const problem = deviating(model);
      const points = await swept(problem);
      for (const protection of protections) {
        const own = atProtection(problem, protection);
        const { answer } = await solveOnNetwork(own, testSolver, exactSolve);
        if (!('schedule' in answer)) throw new Error(answer.kind);
        const point = points.get(protection)!;
        if (!('schedule' in point)) throw new Error(point.kind);
        expect(keepsLimits(networkFlow(own, point.schedule, own.network!))).toBe(true);
        // Room that another point needed may cost this one a little.
        expect(point.schedule.totalCost / answer.schedule.totalCost).toBeCloseTo(1, 3);
      }
      const costs = protections.map((protection) => costAt(points, protection));
      for (let k = 1; k < costs.length; k++) expect(costs[k]).toBeGreaterThanOrEqual(costs[k - 1]! - 1e-6);
    },
  );

  it('is dearer than one that does not look, which breaks a limit', async () => {
    const blind = deviating('unconstrained');
    const points = await swept(blind);
    const answer = points.get(2)!;
    if (!('schedule' in answer)) throw new Error(answer.kind);
    expect(keepsLimits(networkFlow(blind, answer.schedule, blind.network!))).toBe(false);
    const seeing = await swept(deviating('lindistflow'));
    expect(costAt(seeing, 2)).toBeGreaterThan(costAt(points, 2));
  });

  it('says where no plan keeps the limits', async () => {
    for (const answer of (await swept(deviating('lindistflow', 4000))).values()) expect(answer.kind).toBe('infeasible');
  });
});
