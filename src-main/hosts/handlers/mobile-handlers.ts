/** The calls about roads, mobile storage and its plans, answered by use-cases of planning. */
import { Refusal } from '../../base/errors.ts';
import type { Handlers } from '../../contract/calls.ts';
import type { mobileStorageCalls } from '../../contract/mobile-storage.ts';
import type { roadsCalls } from '../../contract/roads.ts';
import type { siteRouteCalls } from '../../contract/site-routes.ts';
import type { smsCalls } from '../../contract/sms.ts';
import { exportSmsPlan } from '../../planning/sms/export-sms-plan.ts';
import { importRoads, previewRoads, type RoadFiles } from '../../planning/intake/import-roads.ts';
import type { RoadsRecord } from '../../planning/sms/mobile-ports.ts';
import { approveSmsPlan } from '../../planning/sms/approve-sms-plan.ts';
import { closedRoads } from '../../planning/sms/override-problem.ts';
import { planSms, smsPhases } from '../../planning/sms/plan-sms.ts';
import { readPlan } from '../../planning/plan/approve-plan.ts';
import { planHorizon } from '../../planning/plan/plan-horizon.ts';
import { exportRoutes, routesView } from '../../planning/plan/routes-view.ts';
import { roadsView } from '../../planning/sms/roads-view.ts';
import { saveMobileStorage } from '../../planning/sms/save-mobile-storage.ts';
import { smsHorizon } from '../../planning/sms/sms-horizon.ts';
import { roundView, smsPlanView } from '../../planning/sms/sms-plan-view.ts';
import { trafficView } from '../../planning/sms/traffic-view.ts';
import { readSmsPlan } from '../../planning/sms/verify-sms-plan.ts';
import { changedIn, inMoney, inWords, type HandlerParts } from './parts.ts';

type MobileHandlers = Pick<
  Handlers,
  keyof typeof roadsCalls | keyof typeof mobileStorageCalls | keyof typeof smsCalls | keyof typeof siteRouteCalls
>;

export function mobileHandlers(parts: HandlerParts): MobileHandlers {
  const { tools, jobs, uploads, emit } = parts;
  const { store } = tools;
  const changed = changedIn(parts);
  const filesOf = ({ links, nodes }: { links: string; nodes: string | null }): RoadFiles => ({
    links: uploads.find(links),
    nodes: nodes === null ? null : uploads.find(nodes),
  });
  const roadsNamed = (id: string): RoadsRecord => {
    const roads = store.getRoads(id);
    if (!roads) throw new Refusal('not-found', { what: 'road network', id });
    return roads;
  };

  return {
    'roads.list': () => store.listRoads(),
    'roads.get': ({ roadsId }) => {
      if (roadsId !== undefined) return roadsView(roadsNamed(roadsId));
      const used = store.getRoads(store.getMobileStorage()?.roads.networkId ?? null);
      return used && roadsView(used);
    },
    'roads.preview': async ({ uploads: held, mapping }) => ({
      uploads: held,
      ...(await previewRoads(filesOf(held), mapping ?? null)),
    }),
    'roads.import': ({ uploads: held, mapping, ...about }) => {
      const wish = { files: filesOf(held), mapping, ...about };
      const spec = { kind: 'import' as const, title: `Import roads ${about.name}`, phases: ['Read and store'] };
      const asked = { mapping, ...about };
      const jobId = jobs.start({ ...spec, budgetSeconds: null, asked }, async (job, conclude) => {
        const { id, nodes, links } = await importRoads(tools, wish, job.signal);
        uploads.forget(held.links);
        if (held.nodes !== null) uploads.forget(held.nodes);
        changed('roads');
        conclude(id, `${nodes} nodes, ${links} links`);
        return { roadsId: id };
      });
      return { jobId };
    },

    'mobile.get': () => store.getMobileStorage(),
    'mobile.save': async ({ mobileStorage }) => {
      const saved = await saveMobileStorage(store, mobileStorage);
      changed('mobile-storage');
      changed('audit');
      return saved;
    },

    'sms.list': ({ day }) => store.listSmsPlans(day),
    'sms.get': ({ planId }) => smsPlanView(readSmsPlan(store, planId)),
    'sms.traffic': ({ planId }) => {
      const plan = readSmsPlan(store, planId);
      const { storage, roadsId, overrides } = plan;
      const closedLinks = closedRoads(overrides);
      return trafficView({ storage, roads: roadsNamed(roadsId), horizon: smsHorizon(plan), closedLinks });
    },
    'sms.make': ({ day, timeLimitSeconds, overrides, basedOn, ...given }) => {
      const wish = { ...definedOf(given), day, timeLimitSeconds, overrides, basedOn };
      const title = `${basedOn === null ? 'Route trucks on' : 'Re-route trucks on'} ${day}`;
      let jobId = '';
      jobId = jobs.start(
        { kind: 'sms', title, phases: smsPhases, budgetSeconds: timeLimitSeconds, asked: wish },
        async (job, conclude) => {
          const plan = await planSms(tools, wish, job, (round) =>
            emit({ name: 'sms-round', payload: { jobId, round: roundView(round) } }),
          );
          changed('sms-plans');
          conclude(
            plan.id,
            `profit ${inMoney(plan.plan.ownerProfitUsd, plan.currency)}, ${inWords(plan.rounds.length, 'round')}`,
          );
          return { planId: plan.id };
        },
      );
      return { jobId };
    },
    'sms.approve': async ({ planId, reason }) => {
      const plan = await approveSmsPlan(store, planId, reason);
      changed('sms-plans', 'audit');
      const summary = store.listSmsPlans(plan.day).find((row) => row.id === planId);
      if (!summary) throw new Refusal('plan-not-found', { id: planId });
      return summary;
    },
    'sms.export': ({ planId, format }) => {
      const plan = readSmsPlan(store, planId);
      return exportSmsPlan(plan, roadsNamed(plan.roadsId), format);
    },

    'routes.get': ({ planId }) => {
      const plan = readPlan(store, planId);
      return routesView(plan, planHorizon(plan));
    },
    'routes.traffic': ({ planId }) => {
      const plan = readPlan(store, planId);
      const { trucks } = plan.provenance;
      if (trucks?.mode !== 'owned')
        throw new Refusal('bad-request', {
          call: 'routes.traffic',
          problem: `plan ${planId} has no trucks of its own`,
        });
      const { storage, roadsId } = trucks;
      return trafficView({ storage, roads: roadsNamed(roadsId), horizon: planHorizon(plan), closedLinks: [] });
    },
    'routes.export': ({ planId }) => {
      const plan = readPlan(store, planId);
      return exportRoutes(plan, planHorizon(plan));
    },
  };
}

/** Without the fields that were left out: "as the definition says" is a field that is not there. */
function definedOf<Fields extends object>(
  fields: Fields,
): { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Fields]?: Exclude<Fields[Name], undefined>;
  };
}
