/** Ctrl+I and what goes with it: what-ifs of the schedule, of the trucks, and of the feeder. */
import { focusField } from '../../components/focus-field.ts';
import type { Stores } from '../../stores/stores.svelte.ts';
import type { Command } from './command.ts';

export function whatIfCommands(stores: Stores): Command[] {
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
        else if (draft.open) void focusField('[data-pane="What if"]');
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

function rerouteCommands({ reroute, routing }: Stores): Command[] {
  return [
    {
      id: 'what-if',
      group: 'Plan',
      name: 'What if of routes and rents …',
      keys: 'Ctrl+I',
      why: routing.current.value === null ? 'There is no plan of trucks to change.' : null,
      run: () => {
        reroute.open = !reroute.open;
        if (reroute.open) void focusField('[data-pane="What if"]');
      },
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
