/** Everything the operator can do from anywhere: name, key, and why it cannot be done now. Palette, key map and keys read it. */
import type { Stores } from '../stores/stores.svelte.ts';
import { whyNoImport } from '../stores/import.svelte.ts';
import { isLive } from '../stores/jobs.svelte.ts';
import { screenList } from './screens.ts';

export interface Command {
  id: string;
  group: 'Screens' | 'Plan' | 'Data' | 'Help';
  name: string;
  keys?: string;
  /** Why it cannot be done now; null when it can. */
  why: string | null;
  run: () => void;
}

export interface FrameActs {
  openPalette(): void;
  openKeyMap(): void;
  openOperator(): void;
  openBackup(): void;
  walkPanes(direction: 'forward' | 'back'): void;
}

export function listCommands(stores: Stores, acts: FrameActs): Command[] {
  const { desk, draft, jobs, plan, risk, route, settings, telemetry } = stores;
  const foremost = jobs.foremost;
  const loading = jobs.runningOf('demo') !== null;
  const solving = onRisk(stores)
    ? {
        name: 'Solve the risk curve',
        why: risk.running ? 'Points of the curve are being solved.' : noDay(stores),
        run: () => void risk.make(),
      }
    : route.screen === 'schedule' && draft.open && draft.edits.length > 0
      ? { name: 'Solve the what-if', why: draft.whyNotSolve, run: () => void draft.solve() }
      : route.screen === 'routing'
        ? solvingTrucks(stores)
        : route.screen === 'market'
          ? { name: 'Plan the market', why: stores.market.whyNotMake, run: () => void stores.market.make() }
          : { name: 'Plan tomorrow', why: plan.whyNotMake, run: () => void plan.make() };
  return [
    ...screenList.map(({ screen, name, keys }) => ({
      id: `go-${screen}`,
      group: 'Screens' as const,
      name,
      keys,
      why: null,
      run: () => route.go(screen),
    })),
    { id: 'solve', group: 'Plan', keys: 'Ctrl+Enter', ...solving },
    ...tradeCommands(stores),
    {
      id: 'dial',
      group: 'Plan',
      name: `Find the least protection for 1 short day in ${settings.targetDays}`,
      why: risk.running ? 'Points of the curve are being solved.' : noDay(stores),
      run: () => {
        route.go('risk');
        void risk.dial();
      },
    },
    {
      id: 'cancel',
      group: 'Plan',
      name: foremost ? `Cancel: ${foremost.title}` : 'Cancel what runs',
      keys: 'Ctrl+.',
      why:
        foremost === null
          ? 'Nothing is running.'
          : foremost.state === 'cancelling'
            ? 'It is already being cancelled.'
            : null,
      run: () => {
        if (foremost) void jobs.cancel(foremost.id);
      },
    },
    approvalOf(stores),
    {
      id: 'plans',
      group: 'Plan',
      name: 'Plans …',
      keys: 'Ctrl+O',
      why: noDay(stores),
      run: () => (stores.plans.open = true),
    },
    ...whatIfCommands(stores),
    { id: 'export', group: 'Data', keys: 'Ctrl+E', ...exportOf(stores) },
    { id: 'print', group: 'Data', name: 'Print this screen', keys: 'Ctrl+P', why: null, run: () => window.print() },
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
    { id: 'operator', group: 'Help', name: 'Change the operator name …', why: null, run: acts.openOperator },
    { id: 'palette', group: 'Help', name: 'All commands', keys: 'Ctrl+K', why: null, run: acts.openPalette },
    { id: 'keys', group: 'Help', name: 'Key map', keys: 'F1', why: null, run: acts.openKeyMap },
    {
      id: 'pane-next',
      group: 'Help',
      name: 'Next pane or its table',
      keys: 'F6',
      why: null,
      run: () => acts.walkPanes('forward'),
    },
    {
      id: 'pane-back',
      group: 'Help',
      name: 'Previous pane',
      keys: 'Shift+F6',
      why: null,
      run: () => acts.walkPanes('back'),
    },
  ];
}

/** What Ctrl+S approves: on the routing screen the trucks' plan, elsewhere the schedule. */
function approvalOf({ approval, draft, ownRoutes, reroute, route }: Stores): Command {
  const about = { id: 'approve', group: 'Plan', keys: 'Ctrl+S' } as const;
  return route.screen === 'routing' && ownRoutes.whose === 'rented'
    ? {
        ...about,
        name: 'Approve the trucks’ plan …',
        why: reroute.whyNotApprove,
        run: () => (approval.asked = 'trucks'),
      }
    : { ...about, name: 'Approve the plan …', why: draft.whyNotApprove, run: () => (approval.asked = 'day') };
}

/** What the plant of the plan on the desk can do on the market. */
function tradeCommands({ route, tariffs, vpp }: Stores): Command[] {
  const onMarket = (act: () => Promise<void>) => () => {
    route.go('market');
    void act();
  };
  return [
    { id: 'bid-plant', group: 'Plan', name: 'Bid for the plant', why: vpp.whyNotBid, run: onMarket(() => vpp.bid()) },
    { id: 'settle-plant', group: 'Plan', name: 'Settle the plant', why: vpp.whyNotSettle, run: onMarket(() => vpp.settle()) }, // prettier-ignore
    {
      id: 'try-tariffs',
      group: 'Plan',
      name: 'Try tariffs',
      why: tariffs.whyNotTry,
      run: onMarket(() => tariffs.try()),
    },
  ];
}

/** On the routing screen the trucks are what is solved: the demands of a what-if, else the day anew. */
function solvingTrucks({ draft, ownRoutes, plan, reroute, routing }: Stores): Pick<Command, 'name' | 'why' | 'run'> {
  if (ownRoutes.whose === 'own')
    return draft.open && draft.edits.length > 0
      ? { name: 'Re-route the own trucks', why: draft.whyNotSolve, run: () => void draft.solve() }
      : { name: 'Plan the day with own trucks', why: plan.whyNotMake, run: () => void ownRoutes.make() };
  if (reroute.open && reroute.demands.length > 0)
    return { name: 'Re-route the trucks', why: reroute.whyNotSolve, run: () => void reroute.solve() };
  return { name: 'Plan the trucks', why: routing.whyNotMake, run: () => void routing.make() };
}

function rerouteCommands({ reroute, routing }: Stores): Command[] {
  return [
    {
      id: 'what-if',
      group: 'Plan',
      name: 'What if of routes and rents …',
      keys: 'Ctrl+I',
      why: routing.current.value === null ? 'There is no plan of trucks to change.' : null,
      run: () => (reroute.open = !reroute.open),
    },
    {
      id: 'undo',
      group: 'Plan',
      name: 'Undo a demand',
      keys: 'Ctrl+Z',
      why: reroute.whyNotUndo,
      run: () => reroute.undo(),
    },
    {
      id: 'redo',
      group: 'Plan',
      name: 'Redo a demand',
      keys: 'Ctrl+Y',
      why: reroute.whyNotRedo,
      run: () => reroute.redo(),
    },
    {
      id: 'discard',
      group: 'Plan',
      name: 'Discard the demands',
      why: reroute.demands.length === 0 ? 'Nothing is demanded yet.' : null,
      run: () => void reroute.discard(),
    },
  ];
}

/** On the network screen settings of the feeder are tried. */
function tryNetworkCommand({ network }: Stores): Command {
  return {
    id: 'what-if',
    group: 'Plan',
    name: 'What if of the feeder …',
    keys: 'Ctrl+I',
    why: network.current.value === null ? 'There is no plan on a network to try.' : null,
    run: () => (network.trying ? network.stopTrying() : network.startTrying()),
  };
}

function whatIfCommands(stores: Stores): Command[] {
  const { draft, ownRoutes, plan, route } = stores;
  const onOwn = route.screen === 'routing' && ownRoutes.whose === 'own';
  if (route.screen === 'routing' && !onOwn) return rerouteCommands(stores);
  if (route.screen === 'network') return [tryNetworkCommand(stores)];
  const noEdits = draft.edits.length === 0 ? 'Nothing is changed yet.' : null;
  return [
    {
      id: 'what-if',
      group: 'Plan',
      name: 'What if …',
      keys: 'Ctrl+I',
      why: plan.current.value === null ? 'There is no plan to change.' : null,
      run: () => {
        draft.open = (route.screen !== 'schedule' && !onOwn) || !draft.open;
        if (!onOwn) route.go('schedule');
      },
    },
    {
      id: 'undo',
      group: 'Plan',
      name: 'Undo a change of the what-if',
      keys: 'Ctrl+Z',
      why: draft.whyNotUndo,
      run: () => draft.undo(),
    },
    {
      id: 'redo',
      group: 'Plan',
      name: 'Redo a change of the what-if',
      keys: 'Ctrl+Y',
      why: draft.whyNotRedo,
      run: () => draft.redo(),
    },
    {
      id: 'keep',
      group: 'Plan',
      name: 'Keep the what-if as the plan …',
      why: draft.whyNotKeep,
      run: () => void draft.keep(),
    },
    { id: 'discard', group: 'Plan', name: 'Discard the what-if', why: noEdits, run: () => void draft.discard() },
  ];
}

export async function loadDemo(stores: Stores): Promise<void> {
  const answer = await stores.desk.loadDemo();
  if ('error' in answer) {
    stores.notices.settle('', answer.error);
    return;
  }
  const job = await stores.jobs.whenDone(answer.jobId);
  if (!isLive(job)) await Promise.all([stores.desk.refresh(), stores.telemetry.refresh()]);
}

const onRisk = (stores: Stores): boolean => stores.route.screen === 'risk';
const noSite = (stores: Stores): string | null => (stores.desk.site === null ? 'No site has been set up yet.' : null);
const noDay = (stores: Stores): string | null =>
  stores.desk.day === null ? 'There is no telemetry to plan from.' : null;

/** What Ctrl+E saves on each screen: the table that is shown there. */
function exportOf(stores: Stores): Pick<Command, 'name' | 'why' | 'run'> {
  const { fit, notices, ownRoutes, plan, risk, route, routing, telemetry } = stores;
  const settle = (done: string, act: Promise<Parameters<typeof notices.settle>[1]>): void => {
    void act.then((error) => notices.settle(done, error));
  };
  const noPlan = plan.current.value === null ? 'There is no plan to export.' : null;
  switch (route.screen) {
    case 'network':
      return {
        name: 'Export the voltages (CSV)',
        why: stores.network.whyNotExport,
        run: () => settle('Voltages exported as CSV.', stores.network.export()),
      };
    case 'market':
      return {
        name: 'Export the bids (CSV)',
        why: stores.market.whyNotExport,
        run: () => settle('Bids exported as CSV.', stores.market.export('bids')),
      };
    case 'overview':
      return {
        name: 'Export the plan (JSON)',
        why: noPlan,
        run: () => settle('Plan exported as JSON.', plan.export('json')),
      };
    case 'schedule':
      return {
        name: 'Export the schedule (CSV)',
        why: noPlan,
        run: () => settle('Schedule exported as CSV.', plan.export('csv')),
      };
    case 'telemetry':
      return {
        name: 'Export the cleaned series (CSV)',
        why: telemetry.chosen === null ? 'No series is chosen.' : null,
        run: () => settle('Cleaned series exported as CSV.', telemetry.export('values')),
      };
    case 'uncertainty':
      return {
        name: 'Export the set (JSON)',
        why: fit.current.value === null ? 'No set has been fitted.' : null,
        run: () => settle('Set exported as JSON.', fit.export('set')),
      };
    case 'risk':
      return {
        name: 'Export the risk curve (CSV)',
        why: risk.points.length === 0 ? 'No point of the curve has been solved.' : null,
        run: () => {
          risk.export();
          notices.say('Risk curve exported as CSV.');
        },
      };
    case 'routing':
      if (ownRoutes.whose === 'own')
        return {
          name: 'Export the itinerary of the own trucks (CSV)',
          why: ownRoutes.whyNotExport,
          run: () => settle('Itinerary exported as CSV.', ownRoutes.export()),
        };
      return {
        name: 'Export the itinerary (CSV)',
        why: routing.whyNotExport,
        run: () => settle('Itinerary exported as CSV.', routing.export('csv')),
      };
  }
}
