/** What a plan says it is worth by its objectives, computed anew; what it had to keep is kept. */
import type { ObjectiveKind, Objectives } from '../models/v2g/objectives.ts';
import type { V2gProblem } from '../models/v2g/problem.ts';
import type { V2gSchedule } from '../models/v2g/schedule.ts';
import { throughputCost } from './check-cost.ts';
import type { Ledger } from './ledger.ts';
import { acLossKwh, objectiveValues } from './objective-values.ts';

/** How far the loss of the relaxed model may lie from that of an AC flow: rounding of cones, and no more. */
const relaxation = { share: 0.01, kwh: 0.5 };

/** What the linear model's estimate may miss of a loss in each slot. */
const coneKw = 2e-3;

export function checkObjectives(problem: V2gProblem, schedule: V2gSchedule, ledger: Ledger): void {
  const { objectives } = problem;
  const stated = schedule.objectives;
  if (!objectives && !stated) return;
  if (!stated) return ledger.refuse('objective', 'The plan has objectives but tells nothing of them');
  const found = objectiveValues(problem, schedule);
  const unit: Record<ObjectiveKind, string> = {
    cost: problem.currency,
    generation: problem.currency,
    loss: 'kWh',
    deviation: 'kW',
    renewables: '%',
  };
  const claim = (objective: ObjectiveKind, value: number, bound: number) => ({
    limit: 'objective',
    subject: `objective ${objective}`,
    slot: null,
    quantity: 'value',
    value,
    bound,
    unit: unit[objective],
  });
  for (const objective of Object.keys(stated.values) as ObjectiveKind[])
    ledger.equal(claim(objective, stated.values[objective] ?? NaN, found[objective] ?? NaN));
  for (const objective of objectives ? sought(objectives) : [])
    if (stated.values[objective] === undefined || !stated.steps.some((step) => step.objective === objective))
      ledger.refuse('objective', `The plan does not tell what ${objective} reached`);
  if (problem.network?.model === 'branch-flow') {
    const acKwh = acLossKwh(problem, schedule, problem.network);
    ledger.most({
      ...claim('loss', Math.abs((found.loss ?? NaN) - acKwh), relaxation.share * acKwh + relaxation.kwh),
      quantity: 'distance of branch flow from the AC flow',
    });
  }
  if (stated.unmetAtMost !== undefined)
    ledger.most({
      ...claim('cost', schedule.cost.unmetEnergy + (schedule.cost.offPlan ?? 0), stated.unmetAtMost),
      subject: 'energy cars leave without',
      quantity: 'price',
    });
  for (const { objective, atBest } of stated.steps) {
    if (typeof atBest !== 'number') continue;
    const proven = { ...claim(objective, found[objective] ?? NaN, atBest), limit: 'objective proven' };
    if (objective === 'renewables') ledger.most(proven);
    else ledger.least(proven);
  }
  for (const { objective, kept } of stated.steps) {
    if (kept === null) continue;
    const ties = objective === 'cost' ? throughputCost(problem, schedule) : 0;
    const cones = objective === 'loss' && problem.network ? problem.slots * problem.slotHours * coneKw : 0;
    const keeps = { ...claim(objective, (found[objective] ?? NaN) + ties, kept + cones), limit: 'objective kept' };
    if (objective === 'renewables') ledger.least(keeps);
    else ledger.most(keeps);
  }
}

/** An objective of no weight takes no step of its own. */
const sought = (objectives: Objectives): ObjectiveKind[] =>
  objectives.rule === 'lexicographic'
    ? objectives.order.map(({ objective }) => objective)
    : objectives.weights.filter(({ weight }) => weight > 0).map(({ objective }) => objective);
