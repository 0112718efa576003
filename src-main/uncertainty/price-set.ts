/**
 * Sets of market prices: coordinates are the market periods of one day, in currency per kWh, deviations from the forecast. A price may be off
 * both ways, and a plan feels it as a trade: f_h kWh more bought than sold in period h cost Σ_h f_h π_h more than expected.
 */
import type { BudgetDaySet, EllipsoidSet, HullSet, IntervalSet } from './day-set.ts';

/** A budget set has market periods for slots and one component. */
export type PriceSet = IntervalSet | BudgetDaySet | EllipsoidSet | HullSet;
/** Kinds that are fitted. */
export const priceSetKinds = ['interval', 'budget', 'ellipsoid'] as const;
export type PriceSetKind = (typeof priceSetKinds)[number];
