/**
 * Every call of the contract answered by a use-case of planning. Nothing is decided here: names are matched, jobs are started,
 * records become views.
 */
import { basename, dirname, resolve } from 'node:path';
import { Refusal } from '../base/errors.ts';
import type { AnyEvent, EventPayload, Handlers } from '../contract/calls.ts';
import { approvePlan, readPlan } from '../planning/approve-plan.ts';
import { backTest } from '../planning/back-test.ts';
import { comparePlans } from '../planning/compare-plans.ts';
import { comparePhases, compareSets } from '../planning/compare-sets.ts';
import { dataExceptions, freshness, tomorrowOf } from '../planning/desk-state.ts';
import { earlierPlan } from '../planning/earlier-plan.ts';
import { draftPhases, draftPlan } from '../planning/drafts/draft-plan.ts';
import { editableResources } from '../planning/drafts/edit-fields.ts';
import { planExceptions } from '../planning/exceptions.ts';
import { dialPhases, dialProtection } from '../planning/dial-protection.ts';
import { exportPlan } from '../planning/export-plan.ts';
import { exportSet } from '../planning/export-set.ts';
import { exportTelemetry } from '../planning/export-telemetry.ts';
import { fillReport, setFillRule } from '../planning/fill-rules.ts';
import { fitDay, fitView } from '../planning/fit-day.ts';
import { freezeSet, frozenSets } from '../planning/frozen-sets.ts';
import { hypotheticalDay } from '../planning/hypothetical-day.ts';
import { importFile, previewFile } from '../planning/import-telemetry.ts';
import type { JobBoard } from '../planning/jobs.ts';
import { loadDemo, type DemoBundle } from '../planning/load-demo.ts';
import { makePlan, planPhases } from '../planning/make-plan.ts';
import { planHorizon } from '../planning/plan-horizon.ts';
import { planView } from '../planning/plan-view.ts';
import type { PlanRecord } from '../planning/ports.ts';
import { saveSite } from '../planning/save-site.ts';
import { sweepPhases, sweepRisk, type Sweep } from '../planning/sweep-risk.ts';
import { operatorOf, setOperator, siteOf, type PlanTools } from '../planning/tools.ts';
import { mobileHandlers } from './mobile-handlers.ts';
import type { Uploads } from './uploads.ts';

export interface HandlerParts {
  tools: PlanTools;
  jobs: JobBoard;
  uploads: Uploads;
  demo: DemoBundle;
  host: 'desktop' | 'browser' | 'cli';
  version: string;
  emit: (event: AnyEvent) => void;
}

/** Days of real errors a plan is replayed on when it is opened. */
const shownBackTestDays = 60;

export function createHandlers(parts: HandlerParts): Handlers {
  const { tools, jobs, uploads, emit } = parts;
  const { store } = tools;
  const changed = (...what: EventPayload<'changed'>['what'][]) =>
    what.forEach((name) => emit({ name: 'changed', payload: { what: name } }));

  const viewOf = (plan: PlanRecord) => {
    const set = store.getSet(plan.provenance.setId);
    return planView(plan, planHorizon(plan), {
      set: set?.set ?? null,
      backTest: set ? backTest(plan, set, shownBackTestDays) : null,
      earlier: earlierPlan(store, plan.day),
    });
  };

  return {
    ...mobileHandlers(parts),
    'desk.state': () => {
      const site = store.getSite();
      const savedAtMs = store.siteSavedMs();
      return {
        version: parts.version,
        host: parts.host,
        operator: operatorOf(store),
        site:
          site && savedAtMs !== null
            ? {
                name: site.name,
                zone: site.zone,
                currency: site.currency,
                slotMinutes: site.slotMinutes,
                aggregators: site.aggregators.map(({ id, name }) => ({ id, name })),
                components: site.aggregators.length + (site.wind.length > 0 ? 2 : 1),
                savedAtMs,
              }
            : null,
        database: store.info(),
        tomorrow: site && tomorrowOf(store, site),
        freshness: freshness(store),
        plans: store.listPlans(),
        exceptions: site ? dataExceptions(store, site) : [],
      };
    },
    'desk.loadDemo': () => ({
      jobId: jobs.start(
        { kind: 'demo', title: 'Load the demo', phases: ['Import'], budgetSeconds: null, asked: {} },
        async (job, conclude) => {
          const result = await loadDemo(tools, parts.demo, job);
          changed('site', 'telemetry', 'roads', 'mobile-storage');
          conclude(null, `${result.files} files`);
          return result;
        },
      ),
    }),
    'desk.setOperator': async ({ operator }) => {
      await store.whenWritable();
      setOperator(store, operator);
      return { operator };
    },
    'desk.backup': ({ file: named, existing }) => {
      const file = resolve(dirname(store.info().file), named);
      const title = `Back up to ${basename(file)}`;
      const jobId = jobs.start(
        { kind: 'backup', title, phases: ['Copy'], budgetSeconds: null, asked: { file, existing } },
        async (_job, conclude) => {
          const bytes = await store.backup(file, existing);
          conclude(file, `${(bytes / 1e6).toFixed(1)} MB`);
          return { file, bytes };
        },
      );
      return { jobId };
    },

    'site.get': () => store.getSite(),
    'site.save': async ({ site }) => {
      const saved = await saveSite(store, site);
      changed('site', 'audit');
      return saved;
    },

    'jobs.list': () => jobs.list(),
    'jobs.cancel': ({ jobId }) => {
      jobs.cancel(jobId);
      return { answered: true };
    },
    'jobs.useBest': ({ jobId }) => {
      jobs.useBest(jobId);
      return { answered: true };
    },
    'runs.list': (page) => store.listRuns(page),
    'audit.list': (filter) => store.listAudit(filter),

    'telemetry.series': () => store.listSeries(),
    'telemetry.read': ({ seriesId, fromUtcMs, toUtcMs }) => {
      const series = store.readSeries(seriesId, fromUtcMs, toUtcMs);
      return { ...series, length: series.values.length };
    },
    'telemetry.days': ({ seriesId }) => store.dayQuality(seriesId, siteOf(store).zone),
    'telemetry.flags': ({ seriesId, kind, ...page }) =>
      store.listFlags({
        ...page,
        ...(seriesId === undefined ? {} : { seriesId }),
        ...(kind === undefined ? {} : { kind }),
      }),
    'telemetry.override': async ({ flagId, verdict, reason }) => {
      if (reason.trim() === '') throw new Refusal('reason-needed', { what: 'Overriding a finding' });
      await store.whenWritable();
      const range = store.overrideFlag(flagId, verdict, reason.trim(), operatorOf(store));
      changed('telemetry', 'audit');
      return range;
    },
    'telemetry.markBad': async ({ seriesId, fromUtcMs, toUtcMs, reason }) => {
      if (reason.trim() === '') throw new Refusal('reason-needed', { what: 'Marking values as bad' });
      await store.whenWritable();
      const range = store.markBad(seriesId, fromUtcMs, toUtcMs, reason.trim(), operatorOf(store));
      changed('telemetry', 'audit');
      return range;
    },
    'telemetry.fillRules': ({ windowDays }) => fillReport(store, windowDays),
    'telemetry.setFillRule': async ({ kind, rule }) => {
      await setFillRule(store, kind, rule);
      changed('telemetry', 'audit');
      return { kind, rule };
    },
    'telemetry.batches': () => store.listBatches(),
    'telemetry.stations': () => store.sessionStations(),
    'telemetry.preview': async ({ uploadId, kind, mapping }) => ({
      uploadId,
      ...(await previewFile(uploads.find(uploadId), kind, siteOf(store).zone, mapping ?? null)),
    }),
    'telemetry.import': ({ uploadId, kind, mapping }) => {
      const source = uploads.find(uploadId);
      const title = `Import ${source.name}`;
      const asked = { kind, file: source.name, mapping };
      const jobId = jobs.start(
        { kind: 'import', title, phases: ['Read and store', 'Check quality'], budgetSeconds: null, asked },
        async (job, conclude) => {
          const result = await importFile(tools, source, kind, mapping, job);
          uploads.forget(uploadId);
          changed('telemetry');
          conclude(String(result.id), `${inWords(result.rowCount, 'row')}, ${inWords(result.findings, 'finding')}`);
          return result;
        },
      );
      return { jobId };
    },
    'telemetry.export': ({ seriesId, what }) => exportTelemetry(store, seriesId, siteOf(store).zone, what),

    'uncertainty.fit': async (options) => {
      const startedMs = tools.clock.nowMs();
      const fitted = await fitDay(tools, options);
      await store.whenWritable();
      store.saveSet(fitted.record);
      return { ...fitView(fitted, options), fitMs: tools.clock.nowMs() - startedMs };
    },
    'uncertainty.freeze': async (wish) => {
      const { name, setId } = await freezeSet(store, wish);
      changed('sets', 'audit');
      return { name, setId };
    },
    'uncertainty.frozen': ({ day }) => frozenSets(store, siteOf(store), day),
    'uncertainty.hypothetical': async ({ options, changes, planId }) =>
      hypotheticalDay(await fitDay(tools, options), changes, planId === null ? null : readPlan(store, planId)),
    'uncertainty.export': ({ setId, what }) => exportSet(store, setId, what),

    'plan.list': ({ day }) => store.listPlans(day),
    'plan.get': ({ planId }) => viewOf(readPlan(store, planId)),
    'plan.make': (options) => ({
      jobId: jobs.start(
        {
          kind: 'plan',
          title: `Plan ${options.day}`,
          phases: planPhases,
          budgetSeconds: options.timeLimitSeconds,
          asked: options,
        },
        async (job, conclude) => {
          const plan = await makePlan(tools, options, job);
          changed('plans', 'sets');
          conclude(plan.id, costLine(plan));
          return { planId: plan.id };
        },
      ),
    }),
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
    'plan.approve': async ({ planId, reason }) => {
      const plan = await approvePlan(store, planId, reason);
      changed('plans', 'audit');
      const summary = store.listPlans(plan.day).find((row) => row.id === planId);
      if (!summary) throw new Refusal('plan-not-found', { id: planId });
      return summary;
    },
    'plan.backTest': ({ planId, days }) => {
      const plan = readPlan(store, planId);
      const set = store.getSet(plan.provenance.setId);
      if (!set) throw new Refusal('not-found', { what: 'set', id: plan.provenance.setId });
      return backTest(plan, set, days);
    },
    'plan.export': ({ planId, format }) => {
      const plan = readPlan(store, planId);
      return exportPlan(plan, planHorizon(plan), format);
    },
    'risk.sweep': (options) => {
      const spec = {
        kind: 'sweep' as const,
        title: `Risk curve ${options.day}`,
        phases: sweepPhases,
        budgetSeconds: null,
        asked: options,
      };
      let jobId = '';
      jobId = jobs.start(spec, async (job, conclude) => {
        const sweep = await sweepRisk(tools, options, job, (point) =>
          emit({ name: 'sweep-point', payload: { jobId, point } }),
        );
        changed('sets');
        conclude(sweep.setId, inWords(sweep.points.length, 'point'));
        return sweep;
      });
      return { jobId };
    },
    'risk.dial': (options) => {
      const spec = {
        kind: 'dial' as const,
        title: `Least protection for ${options.day}`,
        phases: dialPhases,
        budgetSeconds: null,
        asked: options,
      };
      let jobId = '';
      jobId = jobs.start(spec, async (job, conclude) => {
        const dial = await dialProtection(tools, options, job, (point) =>
          emit({ name: 'sweep-point', payload: { jobId, point } }),
        );
        changed('sets');
        conclude(dial.setId, `protection ${dial.protection}, ${dial.verdict}`);
        return dial;
      });
      return { jobId };
    },
    'risk.get': ({ day, setId }) => {
      const key = setId ?? store.listSets(day)[0]?.id;
      return key === undefined ? null : ((store.getSweep(day, key) as Sweep | null) ?? null);
    },
  };
}

const inWords = (count: number, thing: string): string =>
  `${count.toLocaleString('en-GB')} ${thing}${count === 1 ? '' : 's'}`;

function costLine({ schedule, problem, outcome }: PlanRecord): string {
  const cost = schedule.totalCost.toLocaleString('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const gap = outcome.gap === null ? '' : `, gap ${(100 * outcome.gap).toFixed(2)} %`;
  return `${cost} ${problem.currency}${gap}`;
}
