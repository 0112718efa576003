/** What comes into the database and what goes out of it, and the definitions it is read by. */
import { whyNoImport } from '../../stores/import.svelte.ts';
import { isLive } from '../../stores/jobs.svelte.ts';
import type { Stores } from '../../stores/stores.svelte.ts';
import { noSite, type Command, type FrameActs } from './command.ts';

export function dataCommands(stores: Stores, acts: Pick<FrameActs, 'openBackup'>): Command[] {
  const { desk, jobs, route, telemetry } = stores;
  const loading = jobs.runningOf('demo') !== null;
  return [
    {
      id: 'import',
      group: 'Data',
      name: 'Import telemetry …',
      why: whyNoImport(desk.site),
      run: () => {
        route.go('telemetry');
        stores.import.open = true;
      },
    },
    {
      id: 'import-feeder',
      group: 'Data',
      name: 'Import a feeder …',
      why: null,
      run: () => {
        route.go('network');
        stores.feederImport.open = true;
      },
    },
    {
      id: 'place-site',
      group: 'Data',
      name: 'Place the site on its feeder …',
      why: noSite(stores),
      run: () => {
        route.go('network');
        void stores.placement.start();
      },
    },
    {
      id: 'mobile-storage',
      group: 'Data',
      name: 'Trucks, terminals and grids …',
      why: noSite(stores),
      run: () => {
        route.go('routing');
        void stores.mobileForm.start();
      },
    },
    {
      id: 'export-flags',
      group: 'Data',
      name: 'Export the flags of the series (CSV)',
      why: telemetry.chosen === null ? 'No series is chosen.' : null,
      run: () => void telemetry.export('flags').then((error) => stores.notices.settle('Flags exported.', error)),
    },
    {
      id: 'export-trucks',
      group: 'Data',
      name: 'Export the trucks’ plan with its hashes (JSON)',
      why: stores.routing.whyNotExport,
      run: () => void stores.routing.export('json').then((error) => stores.notices.settle('Plan exported.', error)),
    },
    {
      id: 'export-truck-map',
      group: 'Data',
      name: 'Export terminals and trips for a map (JSON)',
      why: stores.routing.whyNotExport,
      run: () => void stores.routing.export('geo').then((error) => stores.notices.settle('Map exported.', error)),
    },
    {
      id: 'export-truck-slots',
      group: 'Data',
      name: 'Export the trucks by slot (CSV)',
      why: stores.routing.whyNotExport,
      run: () => void stores.routing.export('slots').then((error) => stores.notices.settle('Slots exported.', error)),
    },
    { id: 'site', group: 'Data', name: 'Site definition …', why: null, run: () => (stores.site.open = true) },
    {
      id: 'backup',
      group: 'Data',
      name: 'Back up the database …',
      why: jobs.runningOf('backup') ? 'A copy is being made.' : null,
      run: acts.openBackup,
    },
    {
      id: 'demo',
      group: 'Data',
      name: 'Load the demo',
      why: loading
        ? 'The demo is being loaded.'
        : desk.site !== null
          ? 'A site is already set up in this database.'
          : null,
      run: () => void loadDemo(stores),
    },
  ];
}

async function loadDemo(stores: Stores): Promise<void> {
  const answer = await stores.desk.loadDemo();
  if ('error' in answer) {
    stores.notices.settle('', answer.error);
    return;
  }
  const job = await stores.jobs.whenDone(answer.jobId);
  if (!isLive(job)) await Promise.all([stores.desk.refresh(), stores.telemetry.refresh()]);
}
