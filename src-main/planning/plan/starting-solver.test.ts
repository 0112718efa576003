import fc from 'fast-check';
import { expect, it } from 'vitest';
import { buildV2g } from '../../models/v2g/build-v2g.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import { testSolver } from '../../robust/fixtures/test-solver.ts';
import { defaultSolveOptions, type SolveOutcome, type Solver } from '../../solver/solver.ts';
import { checkPlan } from '../../verify/check-plan.ts';
import { siteWithServices } from '../fixtures/site-with-services.ts';
import { nearPlan } from './near-plan.ts';
import { servicesStart } from './services-start.ts';
import { solveV2g } from './solve-v2g.ts';
import { startingFrom } from './starting-solver.ts';

const options = { ...defaultSolveOptions, relativeGap: 1e-9, explainInfeasibility: 'no' as const };

/** Another load, and a battery that must keep more: bounds of rows and columns move, and rows come and go with the cars that leave early. */
const edited = (problem: V2gProblem, factor: number): V2gProblem => ({
  ...problem,
  loadKw: problem.loadKw.map((kw) => factor * kw),
  storage: problem.storage.map((unit) => ({ ...unit, minKwh: factor * unit.minKwh })),
  evs: problem.evs.map((ev, i) =>
    i === 0 && factor > 1 ? { ...ev, departureSlot: Math.max(ev.arrivalSlot + 1, ev.departureSlot - 1) } : ev,
  ),
});

it('finds from any start what it finds from none: after the day without services, from a plan to its what-if, and nearest to it', async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(siteWithServices, fc.double({ min: 0.6, max: 1.4, noNaN: true }), async (problem, factor) => {
      const plain = await solveV2g(problem, testSolver, options);
      const starting = startingFrom(testSolver, problem.name, await servicesStart(problem, testSolver, options));
      const staged = await solveV2g(problem, starting, options);
      expect(staged.kind).toBe(plain.kind);
      if (!('schedule' in plain) || !('schedule' in staged)) return;
      const scale = Math.max(1, Math.abs(plain.schedule.objective));
      expect(Math.abs(staged.schedule.objective - plain.schedule.objective)).toBeLessThan(1e-6 * scale);
      const whatIf = edited(problem, factor);
      const cold = await solveV2g(whatIf, testSolver, options);
      const begun = startingFrom(testSolver, problem.name, starting.reached);
      const near = await solveV2g(whatIf, nearPlan(begun, problem, staged.schedule), { ...options, relativeGap: 1e-4 });
      expect(near.kind).toBe(cold.kind);
      if (!('schedule' in cold) || !('schedule' in near)) return;
      expect(checkPlan(whatIf, near.schedule).breaches).toEqual([]);
      expect(Math.abs(near.schedule.objective - cold.schedule.objective)).toBeLessThan(1e-4 * scale);
      compared++;
    }),
    { numRuns: 15 },
  );
  expect(compared, 'what-ifs with a plan').toBeGreaterThan(5);
});

it('begins each program where the one before ended, and leaves other programs alone', async () => {
  const [problem] = fc.sample(siteWithServices, { numRuns: 1, seed: 5 });
  const asked: { rows: number; from: boolean | null; outcome: SolveOutcome }[] = [];
  const watched: Solver = {
    version: testSolver.version,
    solve: async (program, given) => {
      const outcome = await testSolver.solve(program, given);
      asked.push({ rows: program.rowCount, from: given.warm ? given.warm.from !== null : null, outcome });
      return outcome;
    },
    solveSequence: (...sequence) => testSolver.solveSequence(...sequence),
    dispose: () => testSolver.dispose(),
  };
  const starting = startingFrom(watched, problem!.name, null);
  expect(starting.reached).toBeNull();
  await solveV2g(problem!, starting, options);
  await solveV2g(problem!, starting, options);
  const linear = asked.filter(({ outcome }) => 'solution' in outcome && outcome.solution.rowDuals.length > 0);
  expect(linear[0]!.from).toBe(false);
  const again = linear.findLast(({ rows }) => rows === linear[0]!.rows)!;
  expect(again.from).toBe(true);
  expect(again.outcome.statistics.iterations).toBe(0);
  expect(starting.reached!.rows.size).toBeGreaterThan(0);
  const before = { reached: starting.reached, asked: asked.length };
  const { program } = buildV2g({ ...problem!, name: 'another' });
  await starting.solve({ ...program, integrality: new Uint8Array(0) }, options);
  expect(starting.reached).toBe(before.reached);
  expect(asked[before.asked]!.from).toBeNull();
  // All rows of its own: nothing of the plan fits.
  const renamed = { ...buildV2g(problem!).program, integrality: new Uint8Array(0) };
  await starting.solve({ ...renamed, columnNames: renamed.columnNames.map((own) => `other ${own}`) }, options);
  expect(asked.at(-1)!.from).toBe(false);
});
