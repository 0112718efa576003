/** What a schedule costs, item by item in the operator's words; the items that are nothing are left out. */
import type { V2gSchedule } from '../../models/v2g/schedule.ts';

const costLabels = {
  generation: 'Gas generation',
  noLoad: 'Gas no-load',
  startUp: 'Gas start-up',
  shutDown: 'Gas shut-down',
  windMaintenance: 'Wind maintenance',
  storageWear: 'Storage wear',
  truckTravel: 'Truck trips',
  truckStanding: 'Truck standing',
  truckWear: 'Truck wear',
  truckEnergy: 'Truck energy bought elsewhere',
  truckRent: 'Truck rent',
  gridPurchase: 'Grid purchase',
  gridSale: 'Grid sale',
  priceRisk: 'Price risk',
  response: 'Responses at worst',
  offPlan: 'Cars off plan at worst',
  reserveIncome: 'Reserve sold',
  regulationIncome: 'Regulation sold',
  regulationWear: 'Wear by regulation',
  voltageIncome: 'Voltage support sold',
  peakCharge: 'Peak charge',
  evDischarge: 'EV discharge (subsidy and wear)',
  unmetEnergy: 'Unmet EV energy',
} as const;

export interface CostItem {
  key: string;
  label: string;
  amount: number;
}

export function costItems(schedule: V2gSchedule): CostItem[] {
  const keys = Object.keys(costLabels) as (keyof typeof costLabels)[];
  const items = keys.map((key) => ({ key, label: costLabels[key], amount: schedule.cost[key] ?? 0 }));
  return items.filter((item) => Math.abs(item.amount) > 1e-9);
}
