/** Approving, and what the plant of the plan on the desk can do on the market. */
import { hasIncumbent } from '../../stores/incumbent.ts';
import type { Stores } from '../../stores/stores.svelte.ts';
import type { Command } from './command.ts';

/** What Ctrl+S approves: on the routing screen the trucks' plan, elsewhere the schedule. */
export function approvalOf({ approval, draft, ownRoutes, reroute, route }: Stores): Command {
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

/** Ends what runs with the best it has found. */
export function useBestOf({ jobs, routing }: Stores): Command {
  const { foremost } = jobs;
  const isReady = foremost !== null && hasIncumbent(foremost, routing);
  return {
    id: 'use-best',
    group: 'Plan',
    name: 'Use the best found so far',
    why: foremost === null ? 'Nothing is running.' : isReady ? null : 'Nothing that could be used is found yet.',
    run: () => {
      if (foremost) void jobs.useBest(foremost.id);
    },
  };
}

/** What the plant of the plan on the desk can do on the market. */
export function tradeCommands({ route, tariffs, vpp }: Stores): Command[] {
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
