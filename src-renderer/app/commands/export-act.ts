import type { Stores } from '../../stores/stores.svelte.ts';
import type { Act } from './command.ts';

/** What Ctrl+E saves on each screen: the table that is shown there. */
export function exportAct(stores: Stores): Act {
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
