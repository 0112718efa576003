/**
 * What protection costs in time: build and solve of the demo's day under every kind of set against the same day with nothing protected, in pairs within
 * one run: `node bench/robust.ts [kind …]`, and for a budget on nine more days with `budget-days`. Wanted: a budget within one and a half times
 * the nominal. `sweep`: nine protections of the day, each begun at the one before, against each from nothing. `full-recourse`: a budget of twelve slots, from the plan of
 * the EV pool to bounds within a hundredth of a percent, against that plan; it tells the bounds of every round.
 * Where some are asked for, the rest of the record stands.
 */
import { neverCancelled } from '../src-main/base/cancel.ts';
import { openDemoDesk } from '../src-main/planning/fixtures/demo-desk.ts';
import { operationSolve } from '../src-main/planning/operation-solve.ts';
import { buildProblem, type DayInputs } from '../src-main/planning/plan/build-problem.ts';
import { atProtection } from '../src-main/planning/plan/at-protection.ts';
import { fullRecourse } from '../src-main/planning/plan/full-recourse.ts';
import { solveV2g, sweepV2g } from '../src-main/planning/plan/solve-v2g.ts';
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

async function problemOf(
  kind: SetKind,
  day: string,
  slotProtection?: number,
): Promise<{ robust: V2gProblem; nominal: V2gProblem }> {
  const fitted = await fitDay(tools, { day, ...defaultFit, set: kind }, neverCancelled);
  const site = siteOf(tools.store);
  const prices = dayPrices(tools.store, site, fitted.horizon);
  const inputs: DayInputs = { site, horizon: fitted.horizon, set: fitted.record.set, ...fitted.fleet, prices };
  const protection = defaultProtection(fitted.record.set.components.length);
  return {
    robust: buildProblem(inputs, kind === 'budget' ? { set: kind, protection, slotProtection } : { set: kind }),
    nominal: buildProblem(inputs, { set: 'budget', protection: 0 }, 'static'),
  };
}

const solveOptions = { ...operationSolve, timeLimitSeconds, explainInfeasibility: 'no' as const };

async function solved(problem: V2gProblem): Promise<void> {
  const answer = await solveV2g(problem, tools.solver, solveOptions);
  if (answer.kind !== 'optimal') throw new Error(`${problem.name}: ${answer.kind}`);
}

async function sweepPair(): Promise<BenchPair> {
  const { robust } = await problemOf('budget', oneDay);
  const most = robust.uncertainty.components.length;
  const protections = Array.from({ length: 9 }, (_, k) => (most * (8 - k)) / 8);
  return {
    name: 'sweep of nine protections',
    ours: 'one after the other, basis kept',
    reference: 'each from nothing',
    runOurs: () => sweepV2g(robust, protections, tools.solver, solveOptions),
    runReference: async () => {
      for (const protection of protections) await solved(atProtection(robust, protection));
    },
    rounds: 3,
  };
}

async function fullRecoursePair(): Promise<BenchPair> {
  const { robust } = await problemOf('budget', oneDay, 12);
  const plan = await solveV2g(robust, tools.solver, solveOptions);
  if (!('schedule' in plan)) throw new Error(`${robust.name}: ${plan.kind}`);
  return {
    name: 'full recourse, Γ = 12',
    ours: 'column and constraint generation from the plan of the EV pool, to a proven hundredth of a percent',
    reference: 'that plan',
    runOurs: async () => {
      const found = await fullRecourse(robust, tools.solver, solveOptions, { schedule: plan.schedule });
      if (found.kind === 'none') throw new Error(found.problem);
      const { lower, upper, rounds, seconds } = found;
      const each = rounds.map((round) => `${round.lower.toFixed(2)} to ${round.upper.toFixed(2)}`).join(', ');
      console.log(`full recourse: ${rounds.length - 1} rounds (${each}), ${lower.toFixed(2)} to ${upper.toFixed(2)} in ${seconds.toFixed(1)} s`); // prettier-ignore
    },
    runReference: () => solved(robust),
    rounds: 1,
  };
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
const isAsked = (name: string): boolean => asked.length === 0 || asked.includes(name);
if (isAsked('sweep')) pairs.push(await sweepPair());
if (isAsked('full-recourse')) pairs.push(await fullRecoursePair());
const results = await recordPairs('robust', pairs, { measured: asked.length === 0 ? 'all' : 'some' });
const ofBudget = results.flatMap(({ name, ratio }) => (name.startsWith('budget') ? [ratio] : []));
if (ofBudget.length > 1)
  console.log(`budget on ${ofBudget.length} days: median ratio ${medianOf(ofBudget).toFixed(2)}`);
await desk.close();
