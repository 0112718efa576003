/** What Ctrl+Enter solves on each screen. */
import type { Stores } from '../../stores/stores.svelte.ts';
import { noDay, type Act } from './command.ts';

export function solveAct(stores: Stores): Act {
  const { draft, plan, risk, route } = stores;
  return stores.route.screen === 'risk'
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
}

/** On the routing screen the trucks are what is solved: the demands of a what-if, else the day anew. */
function solvingTrucks({ draft, ownRoutes, plan, reroute, routing }: Stores): Act {
  if (ownRoutes.whose === 'own')
    return draft.open && draft.edits.length > 0
      ? { name: 'Re-route the own trucks', why: draft.whyNotSolve, run: () => void draft.solve() }
      : { name: 'Plan the day with own trucks', why: plan.whyNotMake, run: () => void ownRoutes.make() };
  if (reroute.open && reroute.demands.length > 0)
    return { name: 'Re-route the trucks', why: reroute.whyNotSolve, run: () => void reroute.solve() };
  return { name: 'Plan the trucks', why: routing.whyNotMake, run: () => void routing.make() };
}
