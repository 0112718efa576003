/** The calls about market plans, the virtual power plant and tariffs, answered by use-cases of planning. */
import type { Handlers } from '../../contract/calls.ts';
import type { marketCalls } from '../../contract/market.ts';
import type { tariffCalls } from '../../contract/tariffs.ts';
import type { vppCalls } from '../../contract/vpp.ts';
import { exportMarket, readMarketPlan } from '../../planning/market/export-market.ts';
import { marketView } from '../../planning/market/market-view.ts';
import { marketPhases, planMarket } from '../../planning/market/plan-market.ts';
import { tryTariffs } from '../../planning/market/try-tariffs.ts';
import { bidForPlant, bidPhases } from '../../planning/market/bid-for-plant.ts';
import { settleVppOf, vppPhases } from '../../planning/market/settle-vpp.ts';
import { inMoney, type HandlerParts } from './parts.ts';

type MarketCalls = typeof marketCalls & typeof vppCalls & typeof tariffCalls;

export function marketHandlers({ tools, jobs, emit }: HandlerParts): Pick<Handlers, keyof MarketCalls> {
  const { store } = tools;
  return {
    'market.list': ({ day }) => store.listMarketPlans(day),
    'market.get': ({ planId }) => marketView(readMarketPlan(store, planId)),
    'market.make': (wish) => ({
      jobId: jobs.start(
        {
          kind: 'market',
          title: `Market plan ${wish.day}`,
          phases: marketPhases,
          budgetSeconds: null,
          asked: wish,
        },
        async (job, conclude) => {
          const plan = await planMarket(tools, wish, job);
          emit({ name: 'changed', payload: { what: 'market-plans' } });
          conclude(plan.id, `bids ${inMoney(plan.bids.expected, plan.currency)} expected`);
          return { planId: plan.id };
        },
      ),
    }),
    'vpp.settle': ({ planId }) => ({
      jobId: jobs.start(
        { kind: 'compare', title: `Settle ${planId}`, phases: vppPhases, budgetSeconds: null, asked: { planId } },
        (job) => settleVppOf(tools, planId, job),
      ),
    }),
    'vpp.bid': (wish) => ({
      jobId: jobs.start(
        { kind: 'compare', title: `Bids for ${wish.planId}`, phases: bidPhases, budgetSeconds: null, asked: wish },
        (job) => bidForPlant(tools, wish, job),
      ),
    }),
    'tariffs.try': (wish) => tryTariffs(store, wish),
    'market.export': ({ planId, format }) => exportMarket(readMarketPlan(store, planId), format),
  };
}
