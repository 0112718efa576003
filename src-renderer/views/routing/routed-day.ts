/** A day of trucks as map, stringline, tables and cards show it, whosever the trucks are. Power kW, energy kWh, arrays [slot]. */
import type { SiteRoutesPayload } from '../../../src-main/contract/site-routes.ts';
import type { SmsPlanPayload } from '../../../src-main/contract/sms.ts';

type RentedTruck = SmsPlanPayload['trucks'][number];

export interface RoutedTruck extends Omit<RentedTruck, 'aheadKwh' | 'rent' | 'totals'> {
  /** Of the energy, kept for the rest of the way, where nobody else may use it; null: it is the operator's own. */
  aheadKwh: Float64Array | null;
  /** Earned in the slot; null: it is not rented. */
  rent: Float64Array | null;
  totals: Omit<RentedTruck['totals'], 'rent' | 'idleSlots'> & {
    rent: number | null;
    /** Bought elsewhere, less what was sold there; null: others pay for what they charge. */
    energyCost: number | null;
  };
}

export interface RoutedGrid {
  id: string;
  name: string;
  /** The rent asked; of own trucks, what a kWh charged here costs. */
  pricePerKwh: Float64Array;
  /** Null where nothing is forecast. */
  loadKw: Float64Array | null;
  windKw: Float64Array | null;
  surplusKw: Float64Array | null;
  chargeKw: Float64Array;
  dischargeKw: Float64Array;
  /** Lowest voltage on its feeder, per unit, and the least allowed; null where it is one bus. */
  voltage: { lowestPu: Float64Array; minPu: number } | null;
  /** Rents that may be asked: a menu, or any up to the cap; neither of own trucks. */
  rentMenuPerKwh: readonly number[];
  rentCapPerKwh: number | null;
}

export interface RoutedDay {
  whose: 'rented' | 'own';
  id: string;
  day: string;
  currency: string;
  horizon: SmsPlanPayload['horizon'];
  /** Slots of one step: a truck spends whole steps at a place or on the road. */
  slotsPerStep: number;
  terminals: SmsPlanPayload['terminals'];
  distanceKm: readonly Float64Array[];
  trucks: readonly RoutedTruck[];
  grids: readonly RoutedGrid[];
}

export const rentedDay = (plan: SmsPlanPayload): RoutedDay => ({
  whose: 'rented',
  id: plan.id,
  day: plan.day,
  currency: plan.currency,
  horizon: plan.horizon,
  slotsPerStep: 1,
  terminals: plan.terminals,
  distanceKm: plan.distanceKm,
  trucks: plan.trucks.map((truck) => ({ ...truck, totals: { ...truck.totals, energyCost: null } })),
  grids: plan.grids.map((grid) => ({ ...grid, pricePerKwh: grid.rentPerKwh, voltage: grid.feeder })),
});

export const ownDay = (routes: SiteRoutesPayload): RoutedDay => ({
  ...routes,
  whose: 'own',
  trucks: routes.trucks.map((truck) => ({
    ...truck,
    aheadKwh: null,
    rent: null,
    totals: { ...truck.totals, rent: null },
  })),
  grids: routes.grids.map((grid) => ({ ...grid, voltage: null, rentMenuPerKwh: [], rentCapPerKwh: null })),
});
