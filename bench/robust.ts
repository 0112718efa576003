/**
 * What protection costs in time: build and solve of the demo's day under every kind of set against the same day with nothing protected, in pairs within
 * one run: `node bench/robust.ts [kind …]`, and for a budget on nine more days with `budget-days`. Wanted: a budget within one and a half times
 * the nominal.
 */
import { neverCancelled } from '../src-main/base/cancel.ts';
import { openDemoDesk } from '../src-main/planning/fixtures/demo-desk.ts';
import { operationSolve } from '../src-main/planning/operation-solve.ts';
import { buildProblem, type DayInputs } from '../src-main/planning/plan/build-problem.ts';
import { solveV2g } from '../src-main/planning/plan/solve-v2g.ts';
import { dayPrices } from '../src-main/planning/prices/day-prices.ts';
import { fitDay } from '../src-main/planning/sets/fit-day.ts';
import { siteOf } from '../src-main/planning/tools.ts';
import { defaultFit, defaultProtection } from '../src-main/contract/defaults.ts';
import { setKinds, type SetKind } from '../src-main/uncertainty/day-set.ts';
import type { V2gProblem } from '../src-main/models/v2g/problem.ts';
import { medianOf, recordPairs, type BenchPair } from './record.ts';

const oneDay = '2023-06-15';
const moreDays = ['01', '05', '06', '07', '08', '09', '12', '13', '14'].map((day) => `2023-06-${day}`);
const timeLimitSeconds = 120;
const asked = process.argv.slice(2);
const kinds = setKinds.filter((kind) => asked.length === 0 || asked.includes(kind));
const desk = await openDemoDesk();
const { tools } = desk.core;

async function problemOf(kind: SetKind, day: string): Promise<{ robust: V2gProblem; nominal: V2gProblem }> {
  const fitted = await fitDay(tools, { day, ...defaultFit, set: kind }, neverCancelled);
  const site = siteOf(tools.store);
  const prices = dayPrices(tools.store, site, fitted.horizon);
  const inputs: DayInputs = { site, horizon: fitted.horizon, set: fitted.record.set, ...fitted.fleet, prices };
  const protection = defaultProtection(fitted.record.set.components.length);
  return {
    robust: buildProblem(inputs, kind === 'budget' ? { set: kind, protection } : { set: kind }),
    nominal: buildProblem(inputs, { set: 'budget', protection: 0 }, 'static'),
  };
}

async function solved(problem: V2gProblem): Promise<void> {
  const options = { ...operationSolve, timeLimitSeconds, explainInfeasibility: 'no' as const };
  const answer = await solveV2g(problem, tools.solver, options);
  if (answer.kind !== 'optimal') throw new Error(`${problem.name}: ${answer.kind}`);
}

const pairs: BenchPair[] = [];
const wanted = kinds.map((kind) => ({ name: kind as string, kind, day: oneDay }));
if (asked.length === 0 || asked.includes('budget-days'))
  wanted.push(...moreDays.map((day) => ({ name: `budget ${day}`, kind: 'budget' as const, day })));
for (const { name, kind, day } of wanted) {
  const { robust, nominal } = await problemOf(kind, day);
  pairs.push({
    name,
    ours: `build and solve, protected by the fitted ${kind} set`,
    reference: 'build and solve, nothing protected',
    runOurs: () => solved(robust),
    runReference: () => solved(nominal),
    rounds: 3,
  });
}
const { pairs: results } = await recordPairs('robust', pairs);
const ofBudget = results.flatMap(({ name, ratio }) => (name.startsWith('budget') ? [ratio] : []));
if (ofBudget.length > 1)
  console.log(`budget on ${ofBudget.length} days: median ratio ${medianOf(ofBudget).toFixed(2)}`);
await desk.close();
