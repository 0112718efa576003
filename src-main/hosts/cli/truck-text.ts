/** Trucks of a plan for a terminal: whose they are, what they save, where each is and what it does at the site. */
import type { PlanTrucksPayload } from '../../contract/plan-trucks.ts';
import type { PlanPayload } from '../../contract/plan.ts';
import { number, table } from './table.ts';

export function truckFacts({ trucks, cost, currency }: PlanPayload): (readonly [string, string])[] {
  if (!trucks) return [];
  const whose =
    trucks.mode === 'owned'
      ? 'own, routed with the schedule'
      : `rented, from plan ${trucks.planId ?? ''}, ${trucks.dispatch === 'given' ? 'as their owner has them' : 'free within each stay'}`;
  const { withoutCost } = trucks;
  const saved = withoutCost === null ? null : withoutCost - cost.total;
  return [
    ['trucks', whose],
    [
      '  without trucks',
      withoutCost === null || saved === null
        ? 'no such plan'
        : `${number(withoutCost, 2)} ${currency}: they ${saved >= 0 ? 'save' : 'cost'} ${number(Math.abs(saved), 2)} ${currency} after ${number(trucks.ownCost, 2)} ${currency} of their own`,
    ],
  ];
}

export function truckText({ units }: PlanTrucksPayload, { horizon }: Pick<PlanPayload, 'horizon'>): string {
  const slotHours = horizon.slotMinutes / 60;
  const at = (slot: number): string => horizon.labels[slot] ?? '24:00';
  const rows = units.flatMap(({ name, legs, chargeKw, dischargeKw, energyKwh }) =>
    legs.map(({ kind, from, to, fromSlot, untilSlot }) => {
      const kwh = (values: Float64Array): string =>
        number(values.subarray(fromSlot, untilSlot).reduce((sum, kw) => sum + kw, 0) * slotHours, 0);
      return [
        name,
        at(fromSlot),
        at(untilSlot),
        kind === 'travel' ? `→ ${to}` : from,
        kwh(chargeKw),
        kwh(dischargeKw),
        number(energyKwh[untilSlot - 1] ?? NaN, 0),
      ];
    }),
  );
  return table(['truck', 'from', 'until', 'where', 'charge at the site kWh', 'discharge kWh', 'energy kWh'], rows);
}
