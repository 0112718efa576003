/** The calls about feeders and what plans do to them, answered by use-cases of planning. */
import type { Handlers } from '../../contract/calls.ts';
import type { FeederUploads, feederCalls } from '../../contract/feeders.ts';
import type { networkCalls } from '../../contract/network.ts';
import { importFeeder, type FeederFiles } from '../../planning/intake/import-feeder.ts';
import { lookAtFeeder } from '../../planning/intake/preview-feeder.ts';
import { recogniseFeederFiles } from '../../planning/intake/recognise-feeder-files.ts';
import { exportNetwork } from '../../planning/network/export-network.ts';
import { meshView } from '../../planning/network/mesh-view.ts';
import { busContributions, networkView } from '../../planning/network/network-view.ts';
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
  return {
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
    'network.get': ({ planId }) => networkView(readPlan(tools.store, planId)),
    'network.bus': ({ planId, bus }) => busContributions(readPlan(tools.store, planId), bus),
    'network.export': ({ planId }) => exportNetwork(readPlan(tools.store, planId)),
  };
}
