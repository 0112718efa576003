/**
 * The exact chance constraint against its CVaR form on the demo's day, of one Wasserstein ball about the newest N days: cost, time, binaries and what the independent check says, for
 * the pool's energy by the published account (binaries) and by car (sorted days): `node bench/chance-forms.ts [days …]`.
 */
import { neverCancelled } from '../src-main/base/cancel.ts';
import { defaultFit } from '../src-main/contract/defaults.ts';
import { buildV2g } from '../src-main/models/v2g/build-v2g.ts';
import type { V2gProblem } from '../src-main/models/v2g/problem.ts';
import { openDemoDesk } from '../src-main/planning/fixtures/demo-desk.ts';
import { operationSolve } from '../src-main/planning/operation-solve.ts';
import { buildProblem } from '../src-main/planning/plan/build-problem.ts';
import { solveV2g } from '../src-main/planning/plan/solve-v2g.ts';
import { testPlan } from '../src-main/planning/plan/test-plan.ts';
import { dayPrices } from '../src-main/planning/prices/day-prices.ts';
import { fitDay } from '../src-main/planning/sets/fit-day.ts';
import { siteOf } from '../src-main/planning/tools.ts';
import type { UncertaintySet } from '../src-main/uncertainty/day-set.ts';
import { checkPlan } from '../src-main/verify/check-plan.ts';

const day = '2023-06-15';
const asked = process.argv.slice(2).map(Number);
const counts = asked.length === 0 ? [20, 30, 40, 60] : asked;
const desk = await openDemoDesk();
const { tools } = desk.core;
const site = siteOf(tools.store);
const fitted = await fitDay(tools, { day, ...defaultFit, set: 'wasserstein-exact' }, neverCancelled);
const { set } = fitted.record;
const inputs = {
  site,
  horizon: fitted.horizon,
  set,
  ...fitted.fleet,
  prices: dayPrices(tools.store, site, fitted.horizon),
};
const base = buildProblem(inputs, { set: 'wasserstein-exact' });
const ball = base.uncertainty.set as Extract<UncertaintySet, { kind: 'wasserstein-exact' }>;

for (const count of counts)
  for (const poolAccount of ['published', 'by-car-in-days'] as const)
    for (const kind of ['wasserstein-exact', 'wasserstein'] as const) {
      const stated: UncertaintySet = { ...ball, kind, points: ball.points.slice(-count) };
      const problem: V2gProblem = { ...base, poolAccount, uncertainty: { ...base.uncertainty, set: stated } };
      const { integrality } = buildV2g(problem).program;
      const startedMs = performance.now();
      const answer = await solveV2g(problem, tools.solver, {
        ...operationSolve,
        timeLimitSeconds: 120,
        explainInfeasibility: 'no',
      });
      const seconds = (performance.now() - startedMs) / 1000;
      const told =
        'schedule' in answer
          ? `${answer.schedule.objective.toFixed(2)} ${base.currency}, gap ${(100 * answer.gap).toFixed(3)} %`
          : '';
      const check =
        'schedule' in answer && checkPlan(problem, answer.schedule).passed ? 'check passed' : 'CHECK FAILED';
      const short =
        'schedule' in answer ? testPlan(problem, answer.schedule, set, operationSolve.seed).anyViolation.share : NaN;
      const integers = integrality.reduce((sum, each) => sum + each, 0);
      console.log(
        `${count} days, ${poolAccount}, ${kind}: ${answer.kind} ${told}, ${integers} integers, ${seconds.toFixed(1)} s, ${check}, days short ${(100 * short).toFixed(1)} %`,
      );
    }
await desk.close();
