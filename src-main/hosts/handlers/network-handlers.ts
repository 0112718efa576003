/** The calls about feeders and what plans do to them, answered by use-cases of planning. */
import { Refusal } from '../../base/errors.ts';
import type { Handlers } from '../../contract/calls.ts';
import type { FeederUploads, feederCalls } from '../../contract/feeders.ts';
import type { networkCalls } from '../../contract/network.ts';
import { importFeeder, type FeederFiles } from '../../planning/intake/import-feeder.ts';
import { lookAtFeeder } from '../../planning/intake/preview-feeder.ts';
import { recogniseFeederFiles } from '../../planning/intake/recognise-feeder-files.ts';
import { exportNetwork } from '../../planning/network/export-network.ts';
import { meshView } from '../../planning/network/mesh-view.ts';
import { busContributions, networkView } from '../../planning/network/network-view.ts';
import type { FeederRecord } from '../../planning/network/network-ports.ts';
import { storedFeeder } from '../../planning/network/stored-feeder.ts';
import { tryNetwork } from '../../planning/network/try-network.ts';
import type { PlanRecord } from '../../planning/ports.ts';
import { readPlan } from '../../planning/plan/approve-plan.ts';
import { changedIn, type HandlerParts } from './parts.ts';

type NetworkHandlers = Pick<Handlers, keyof typeof feederCalls | keyof typeof networkCalls>;

export function networkHandlers(parts: HandlerParts): NetworkHandlers {
  const { tools, jobs, uploads } = parts;
  const changed = changedIn(parts);
  const filesOf = ({ buses, branches, coordinates }: FeederUploads): FeederFiles => ({
    buses: uploads.find(buses),
    branches: branches === null ? null : uploads.find(branches),
    coordinates: coordinates ? uploads.find(coordinates) : null,
  });
  const drawnOf = ({ problem: { network } }: PlanRecord): FeederRecord | null =>
    network ? storedFeeder(tools.store, network.feeder) : null;
  return {
    'feeders.get': ({ feederId }) => {
      const record = tools.store.getFeeder(feederId);
      if (!record) throw new Refusal('not-found', { what: 'feeder', id: feederId ?? 'first imported' });
      const { network, ...info } = record;
      return {
        ...info,
        slackBus: network.slackBus,
        slackVoltagePu: network.slackVoltagePu,
        busList: network.buses.map(({ id, loadKw, loadKvar, x, y }) => ({ id, loadKw, loadKvar, x, y })),
        branchList: network.branches.map(({ from, to, state, limitMva }) => ({ from, to, state, limitMva })),
      };
    },
    'feeders.list': () => tools.store.listFeeders(),
    'feeders.recognise': async ({ uploads: given }) => ({
      roles: await recogniseFeederFiles(given.map((id) => uploads.find(id))),
    }),
    'feeders.preview': async ({ uploads: held, mapping }) => ({
      uploads: held,
      ...(await lookAtFeeder(filesOf(held), mapping ?? null)),
    }),
    'feeders.import': ({ uploads: held, mapping, ...about }) => {
      const wish = { files: filesOf(held), mapping, ...about };
      const spec = { kind: 'import' as const, title: `Import feeder ${about.name}`, phases: ['Read and store'] };
      const asked = { mapping, ...about };
      const jobId = jobs.start({ ...spec, budgetSeconds: null, asked }, async (job, conclude) => {
        const { id, buses, branches } = await importFeeder(tools, wish, job.signal);
        for (const id of Object.values(held)) if (id) uploads.forget(id);
        changed('feeders', 'audit');
        conclude(id, `${buses} buses, ${branches} branches`);
        return { feederId: id };
      });
      return { jobId };
    },
    'network.mesh': ({ planId }) => meshView(tools.store, readPlan(tools.store, planId)),
    'network.get': ({ planId }) => {
      const plan = readPlan(tools.store, planId);
      return networkView(plan, drawnOf(plan));
    },
    'network.bus': ({ planId, bus, ...trial }) => {
      const plan = readPlan(tools.store, planId);
      const tried = Object.keys(trial).length > 0;
      return busContributions(tried ? tryNetwork(plan, drawnOf(plan), trial) : plan, bus);
    },
    'network.whatIf': ({ planId, ...trial }) => {
      const plan = readPlan(tools.store, planId);
      const drawn = drawnOf(plan);
      return networkView(tryNetwork(plan, drawn, trial), drawn)!;
    },
    'network.export': ({ planId }) => exportNetwork(readPlan(tools.store, planId)),
  };
}
