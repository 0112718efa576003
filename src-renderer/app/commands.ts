/** Everything the operator can do from anywhere: name, key, and why it cannot be done now. Palette, key map and keys read it. */
import type { Stores } from '../stores/stores.svelte.ts';
import { noDay, type Command, type FrameActs } from './commands/command.ts';
import { dataCommands } from './commands/data-commands.ts';
import { exportAct } from './commands/export-act.ts';
import { approvalOf, tradeCommands, useBestOf } from './commands/plan-commands.ts';
import { solveAct } from './commands/solve-act.ts';
import { whatIfCommands } from './commands/what-if-commands.ts';
import { screenList } from './screens.ts';

export function listCommands(stores: Stores, acts: FrameActs): Command[] {
  const { jobs, risk, route, settings } = stores;
  const foremost = jobs.foremost;
  return [
    ...screenList.map(({ screen, name, keys }) => ({
      id: `go-${screen}`,
      group: 'Screens' as const,
      name,
      keys,
      why: null,
      run: () => route.go(screen),
    })),
    { id: 'solve', group: 'Plan', keys: 'Ctrl+Enter', ...solveAct(stores) },
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
    useBestOf(stores),
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
    { id: 'export', group: 'Data', keys: 'Ctrl+E', ...exportAct(stores) },
    { id: 'print', group: 'Data', name: 'Print this screen', keys: 'Ctrl+P', why: null, run: () => window.print() },
    ...dataCommands(stores, acts),
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
