/** A plan for reading in a terminal: what it costs, how sure it is, and what to look at; hour by hour. */
import type { PlanPayload } from '../../contract/plan.ts';
import { daySetText } from './set-text.ts';
import { objectiveFacts } from './objective-text.ts';
import { priceFacts } from './price-text.ts';
import { recourseFacts } from './recourse-text.ts';
import { serviceText } from './service-text.ts';
import { truckFacts, truckText } from './truck-text.ts';
import { facts, number, percent, table } from './table.ts';

export function planText(plan: PlanPayload): string {
  const { worstCase, daySet, test, check, cost, currency, horizon, provenance, exceptions } = plan;
  return [
    facts([
      ['plan', plan.id],
      ['day', `${plan.day} (${horizon.slots} slots of ${horizon.slotMinutes} min, ${horizon.zone})`],
      ...(daySet ? [] : [['protection α', `${number(plan.protection, 2)} of ${plan.components}`] as const]),
      ['cost', `${number(cost.total, 2)} ${currency}`],
      ...cost.items.map(({ label, amount }) => [`  ${label}`, `${number(amount, 2)} ${currency}`] as const),
      ...objectiveFacts(plan),
      ...priceFacts(plan),
      ...truckFacts(plan),
      ['without V2G', plan.withoutV2g ? `${number(plan.withoutV2g.cost, 2)} ${currency}` : 'no such plan'],
      [
        'solver',
        `${plan.outcome.kind}, gap ${percent(plan.outcome.gap ?? NaN, 3)}, ${number(provenance.solveSeconds, 2)} s, ${provenance.solverVersion}`,
      ],
      ...recourseFacts(plan),
      [
        'check',
        check.passed ? `passed, ${number(check.checked, 0)} limits` : `FAILED: ${check.breaches[0]?.sentence ?? ''}`,
      ],
      ...(plan.chance ? [['chance constraint', plan.chance.sentence] as const] : []),
      ...(worstCase
        ? [
            [
              'worst day',
              `${worstCase.limit} at ${horizon.labels[worstCase.slot]}: takes ${number(worstCase.takes)} of ${number(worstCase.holds)} ${worstCase.unit}; ${worstCase.componentName} ${number(worstCase.componentKw)} kW off at ${horizon.labels[worstCase.componentSlot]}`,
            ] as const,
          ]
        : []),
      ['days with a violation', test ? `${percent(test.anyViolation.share)} of ${test.days} drawn days` : 'not tested'],
    ]),
    ...(daySet ? [daySetText(daySet)] : []),
    hours(plan),
    ...(plan.services ? [serviceText(plan.services, plan)] : []),
    ...(plan.trucks ? [truckText(plan.trucks, plan)] : []),
    ...exceptions.map(
      ({ level, cause, consequence }) =>
        `${['■ must fix', '▲ should decide', '● note'][level - 1]}: ${cause.replace(/\.?$/, '.')} ${consequence}`,
    ),
  ].join('\n\n');
}

/** Means over the slots of each hour, kW. */
function hours({
  horizon,
  committedDemandKw,
  gas,
  wind,
  storage,
  trucks,
  importKw,
  exportKw,
  aggregators,
}: PlanPayload): string {
  const slotsPerHour = 60 / horizon.slotMinutes;
  const sumOf = (series: readonly Float64Array[]) => (slot: number) =>
    series.reduce((sum, values) => sum + (values[slot] ?? 0), 0);
  const columns: readonly (readonly [string, (slot: number) => number])[] = [
    ['demand', sumOf([committedDemandKw])],
    ['gas', sumOf(gas.map(({ valueKw }) => valueKw))],
    ['wind', sumOf(wind.map(({ valueKw }) => valueKw))],
    ['EV charge', sumOf(aggregators.map(({ chargeKw }) => chargeKw))],
    ['EV discharge', sumOf(aggregators.map(({ dischargeKw }) => dischargeKw))],
    ['store charge', sumOf(storage.map(({ chargeKw }) => chargeKw))],
    ['store discharge', sumOf(storage.map(({ dischargeKw }) => dischargeKw))],
    ...(trucks
      ? ([
          ['truck charge', sumOf(trucks.units.map(({ chargeKw }) => chargeKw))],
          ['truck discharge', sumOf(trucks.units.map(({ dischargeKw }) => dischargeKw))],
        ] as const)
      : []),
    ['bought', sumOf([importKw])],
    ['sold', sumOf([exportKw])],
  ];
  const starts = Array.from({ length: Math.ceil(horizon.slots / slotsPerHour) }, (_, hour) => hour * slotsPerHour);
  const meanFrom = (start: number, value: (slot: number) => number) => {
    const count = Math.min(slotsPerHour, horizon.slots - start);
    return (
      Array.from({ length: count }, (_, offset) => value(start + offset)).reduce((sum, item) => sum + item, 0) / count
    );
  };
  return table(
    ['from', ...columns.map(([name]) => `${name} kW`)],
    starts.map((start) => [
      horizon.labels[start] ?? '',
      ...columns.map(([, value]) => number(meanFrom(start, value), 0)),
    ]),
  );
}
