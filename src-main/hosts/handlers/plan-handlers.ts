/** Plans: made, tried as what-ifs, compared, approved, exported. Names are matched, jobs started, records become views; nothing is decided here. */
import { Refusal } from '../../base/errors.ts';
import { approvePlan, readPlan } from '../../planning/plan/approve-plan.ts';
import { backTest } from '../../planning/backtest/back-test.ts';
import { comparePlans } from '../../planning/plan/compare-plans.ts';
import { compareRecourse, recoursePhases } from '../../planning/protection/compare-recourse.ts';
import { compareObjectives, comparisonPhases } from '../../planning/objectives/compare-objectives.ts';
import { comparePhases, compareSets } from '../../planning/sets/compare-sets.ts';
import { draftPhases, draftPlan } from '../../planning/drafts/draft-plan.ts';
import { editableResources } from '../../planning/drafts/edit-fields.ts';
import { planExceptions } from '../../planning/exceptions.ts';
import { exportPlan } from '../../planning/plan/export-plan.ts';
import { makePlan, planPhases } from '../../planning/plan/make-plan.ts';
import { planHorizon } from '../../planning/plan/plan-horizon.ts';
import type { RecourseRoundPayload } from '../../contract/plan.ts';
import type { RecourseRound } from '../../planning/plan/full-recourse.ts';
import type { PlanRecord } from '../../planning/ports.ts';
import { bringBack, setAside } from '../../planning/plan/set-aside.ts';
import { replayRecourse } from '../../planning/plan/replay-recourse.ts';
import { replayWorst } from '../../planning/plan/replay-worst.ts';
import { planView } from '../../planning/plan/plan-view.ts';
import { earlierPlan } from '../../planning/plan/earlier-plan.ts';
import { changedIn, costLine, type HandlerParts, type HandlersOf } from './parts.ts';

/** Days of real errors a plan is replayed on when it is opened. */
const shownBackTestDays = 60;

export function planHandlers(parts: HandlerParts): HandlersOf<'plan' | 'plans'> {
  const { tools, jobs, emit } = parts;
  const { store } = tools;
  const changed = changedIn(parts);

  const viewOf = (plan: PlanRecord) => {
    const set = store.getSet(plan.provenance.setId);
    return planView(plan, planHorizon(plan), {
      set: set?.set ?? null,
      backTest: set ? backTest(plan, set, shownBackTestDays) : null,
      earlier: earlierPlan(store, plan.day),
    });
  };

  return {
    'plan.list': ({ day }) => store.listPlans(day),
    'plan.get': ({ planId }) => viewOf(readPlan(store, planId)),
    'plan.make': (options) => {
      let jobId = '';
      jobId = jobs.start(
        {
          kind: 'plan',
          title: `Plan ${options.day}`,
          phases: planPhases,
          // The plan it begins from, and shares by resource beside the proof.
          budgetSeconds: (options.recourse === 'full' ? 3 : 1) * options.timeLimitSeconds,
          asked: options,
        },
        async (job, conclude) => {
          const plan = await makePlan(tools, options, job, (round) =>
            emit({ name: 'recourse-round', payload: { jobId, round: roundPayload(round) } }),
          );
          changed('plans', 'sets');
          conclude(plan.id, costLine(plan));
          return { planId: plan.id };
        },
      );
      return { jobId };
    },
    'plan.editable': ({ planId }) => editableResources(readPlan(store, planId).problem),
    'plan.draft': (options) => ({
      jobId: jobs.start(
        {
          kind: 'draft',
          title: `What if: plan ${options.planId}`,
          phases: draftPhases,
          budgetSeconds: options.timeLimitSeconds,
          asked: options,
        },
        async (job, conclude) => {
          const plan = await draftPlan(tools, options, job);
          changed('plans');
          conclude(plan.id, costLine(plan));
          return { planId: plan.id };
        },
      ),
    }),
    'plan.compare': ({ fromId, toId }) => {
      const compared = (id: string) => {
        const plan = readPlan(store, id);
        return { plan, exceptions: planExceptions(plan, store.getSet(plan.provenance.setId)?.set ?? null) };
      };
      return comparePlans(compared(fromId), compared(toId));
    },
    'plan.compareSets': (options) => ({
      jobId: jobs.start(
        {
          kind: 'compare',
          title: `Compare sets ${options.day}`,
          phases: comparePhases(options.kinds),
          budgetSeconds: options.kinds.length * options.timeLimitSeconds,
          asked: options,
        },
        (job) => compareSets(tools, options, job),
      ),
    }),
    'plan.compareRecourse': (options) => ({
      jobId: jobs.start(
        {
          kind: 'compare',
          title: `Compare recourse ${options.day}`,
          phases: recoursePhases,
          budgetSeconds: 4 * options.timeLimitSeconds,
          asked: options,
        },
        (job) => compareRecourse(tools, options, job),
      ),
    }),
    'plan.compareObjectives': (options) => ({
      jobId: jobs.start(
        {
          kind: 'compare',
          title: `Compare objectives ${options.day}`,
          phases: comparisonPhases,
          budgetSeconds: 5 * options.timeLimitSeconds,
          asked: options,
        },
        (job) => compareObjectives(tools, options, job),
      ),
    }),
    'plan.approve': async ({ planId, reason }) => {
      const plan = await approvePlan(store, planId, reason);
      changed('plans', 'audit');
      const summary = store.listPlans(plan.day).find((row) => row.id === planId);
      if (!summary) throw new Refusal('plan-not-found', { id: planId });
      return summary;
    },
    'plans.setAside': async ({ planIds }) => {
      const done = { planIds: await setAside(store, planIds) };
      changed('plans', 'sms-plans', 'audit');
      return done;
    },
    'plans.bringBack': async ({ planIds }) => {
      const done = { planIds: await bringBack(store, planIds) };
      changed('plans', 'sms-plans', 'audit');
      return done;
    },
    'plan.backTest': ({ planId, days }) => {
      const plan = readPlan(store, planId);
      const set = store.getSet(plan.provenance.setId);
      if (!set) throw new Refusal('not-found', { what: 'set', id: plan.provenance.setId });
      return backTest(plan, set, days);
    },
    'plan.replayWorst': async ({ planId }) => {
      const plan = readPlan(store, planId);
      return { ...replayWorst(plan), recourse: await replayRecourse(plan, tools.solver) };
    },
    'plan.export': ({ planId, format }) => {
      const plan = readPlan(store, planId);
      return exportPlan(plan, planHorizon(plan), format);
    },
  };
}

/** What is not proven or found yet is null: JSON knows no infinities. */
function roundPayload({ lower, upper, found, ...round }: RecourseRound): RecourseRoundPayload {
  const known = (value: number): number | null => (Number.isFinite(value) ? value : null);
  return { ...round, lower: known(lower), upper: known(upper), found: known(found) };
}
