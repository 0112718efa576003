/** Another plan as the charts draw it behind this one. */
import type { PlanPayload } from '../../../src-main/contract/plan.ts';
import type { AggregatorPlan } from '../../charts/AggregatorCell.svelte';
import type { Dispatch } from '../../charts/dispatch-layers.ts';
import { dispatchSeries } from './dispatch-series.ts';
import { ghostWords } from './ghost-words.ts';

export const asGhost = (ghost: PlanPayload | null): (Dispatch & { name: string }) | null =>
  ghost && {
    ...dispatchSeries(ghost),
    loadKw: ghost.loadKw,
    committedDemandKw: ghost.committedDemandKw,
    name: ghostWords({ ...ghost, totalCost: ghost.cost.total }),
  };

/** The aggregators of a plan, each with what the ghost does with the same cars. */
export const aggregatorsWithGhost = (plan: PlanPayload, ghost: PlanPayload | null): AggregatorPlan[] =>
  plan.aggregators.map((one) => {
    const other = ghost?.aggregators.find((candidate) => candidate.id === one.id);
    if (other === undefined) return one;
    const netKw = other.dischargeKw.map((kw, slot) => kw - (other.chargeKw[slot] ?? 0));
    return { ...one, ghost: { netKw, energyKwh: other.energyKwh } };
  });
