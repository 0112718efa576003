/** The desk itself: its state, site, jobs, runs and log. Names are matched, jobs started, records become views; nothing is decided here. */
import type { NetworkSite } from '../../planning/site.ts';
import type { FeederStore } from '../../planning/network/network-ports.ts';
import { basename, dirname, resolve } from 'node:path';
import { dataExceptions, freshness, tomorrowOf } from '../../planning/desk-state.ts';
import { fillRulesSavedMs } from '../../planning/intake/fill-rules.ts';
import { loadDemo } from '../../planning/intake/load-demo.ts';
import { mobileStorageSavedMs } from '../../planning/sms/save-mobile-storage.ts';
import { saveSite } from '../../planning/plan/save-site.ts';
import { operatorOf, setOperator } from '../../planning/tools.ts';
import { changedIn, type HandlerParts, type HandlersOf } from './parts.ts';

export function deskHandlers(parts: HandlerParts): HandlersOf<'desk' | 'site' | 'jobs' | 'runs' | 'audit'> {
  const { tools, jobs } = parts;
  const { store } = tools;
  const changed = changedIn(parts);

  return {
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
                services: site.services ? site.services.offer : null,
                network: site.network ? limitsOf(store, site.network) : null,
              }
            : null,
        fillRulesSavedAtMs: fillRulesSavedMs(store),
        mobileStorageSavedAtMs: mobileStorageSavedMs(store),
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
  };
}

/** A site may name no feeder (null: the first imported); one that is gone is taken for radial, and refused when it is planned on. */
const limitsOf = (
  store: Pick<FeederStore, 'listFeeders'>,
  { feederId, model, voltageMinPu, voltageMaxPu, changes = {} }: NetworkSite,
) => {
  const feeders = store.listFeeders();
  const own = feederId === null ? feeders.at(-1) : feeders.find(({ id }) => id === feederId);
  return { topology: own?.topology ?? ('radial' as const), feederId, model, voltageMinPu, voltageMaxPu, changes };
};
