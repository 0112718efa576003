/** The calls about feeders, answered by use-cases of planning. */
import type { Handlers } from '../../contract/calls.ts';
import type { feederCalls } from '../../contract/feeders.ts';
import { importFeeder, previewFeeder, type FeederFiles } from '../../planning/intake/import-feeder.ts';
import { changedIn, type HandlerParts } from './parts.ts';

export function networkHandlers(parts: HandlerParts): Pick<Handlers, keyof typeof feederCalls> {
  const { tools, jobs, uploads } = parts;
  const changed = changedIn(parts);
  const filesOf = ({ buses, branches }: { buses: string; branches: string | null }): FeederFiles => ({
    buses: uploads.find(buses),
    branches: branches === null ? null : uploads.find(branches),
  });
  return {
    'feeders.list': () => tools.store.listFeeders(),
    'feeders.preview': async ({ uploads: held, mapping }) => ({
      uploads: held,
      ...(await previewFeeder(filesOf(held), mapping ?? null)),
    }),
    'feeders.import': ({ uploads: held, mapping, ...about }) => {
      const wish = { files: filesOf(held), mapping, ...about };
      const spec = { kind: 'import' as const, title: `Import feeder ${about.name}`, phases: ['Read and store'] };
      const asked = { mapping, ...about };
      const jobId = jobs.start({ ...spec, budgetSeconds: null, asked }, async (job, conclude) => {
        const { id, buses, branches } = await importFeeder(tools, wish, job.signal);
        uploads.forget(held.buses);
        if (held.branches !== null) uploads.forget(held.branches);
        changed('feeders');
        conclude(id, `${buses} buses, ${branches} branches`);
        return { feederId: id };
      });
      return { jobId };
    },
  };
}
