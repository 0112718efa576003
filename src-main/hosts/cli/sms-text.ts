/** A plan of mobile storage for reading in a terminal: what it earns, where each truck goes, what each grid pays. */
import type { SmsPlanPayload } from '../../contract/sms.ts';
import { facts, number, percent, table } from './table.ts';

export function smsText(plan: SmsPlanPayload): string {
  const { owner, users, options, outcome, check, currency, horizon, provenance, exceptions } = plan;
  const money = (amount: number): string => `${number(amount, 2)} ${currency}`;
  const feeders = plan.grids.some(({ feeder }) => feeder !== null);
  return [
    facts([
      ['plan', plan.id],
      ['status', plan.status],
      ['day', `${plan.day} (${horizon.slots} slots of ${horizon.slotMinutes} min, ${horizon.zone})`],
      ['accepted risk ε', `${percent(options.epsilon)} (${options.margin})`],
      ["owner's profit", money(owner.profit)],
      ['  rent', money(owner.rent)],
      ['  degradation', money(owner.degradation)],
      ['  travel and standing', money(owner.travel + owner.standing)],
      ['grids pay', `${money(users.cost)}, without trucks ${money(users.costWithoutTrucks)}`],
      [
        'solver',
        `${outcome.kind}, gap ${percent(outcome.gap ?? NaN, 2)}, ${plan.rounds.length} rounds, ${number(provenance.solveSeconds, 1)} s, ${provenance.solverVersion}`,
      ],
      [
        'check',
        check.passed ? `passed, ${number(check.checked, 0)} limits` : `FAILED: ${check.breaches[0]?.sentence ?? ''}`,
      ],
    ]),
    ...plan.trucks.map((truck) => routeText(plan, truck)),
    table(
      [
        'grid',
        'rent',
        'charged kWh',
        'discharged kWh',
        'wind saved kWh',
        'pays',
        'without trucks',
        'too small (held out)',
        ...(feeders ? ['lowest voltage'] : []),
      ],
      plan.grids.map(({ name, totals, account, violation, feeder }) => [
        name,
        money(totals.rent),
        number(totals.chargeKwh, 0),
        number(totals.dischargeKwh, 0),
        number(totals.windSavedKwh, 0),
        money(account.paysCents / 100),
        money(account.aloneCents / 100),
        `${percent(violation.allSlots.share)} of slots, ${violation.days} days: ${violation.verdict}`,
        ...(feeders ? [feeder === null ? 'one bus' : lowestVoltage(plan, feeder)] : []),
      ]),
    ),
    ...exceptions.map(
      ({ level, cause, consequence }) =>
        `${['■ must fix', '▲ should decide', '● note'][level - 1]}: ${cause} ${consequence}`,
    ),
  ].join('\n\n');
}

type Feeder = NonNullable<SmsPlanPayload['grids'][number]['feeder']>;
const lowestVoltage = ({ horizon }: SmsPlanPayload, { lowestPu, minPu, worst }: Feeder): string =>
  `${number(lowestPu[worst.slot]!, 4)} pu at bus ${worst.bus}, ${horizon.labels[worst.slot]} (at least ${number(minPu, 2)})`;

function routeText(plan: SmsPlanPayload, truck: SmsPlanPayload['trucks'][number]): string {
  const { terminals, horizon } = plan;
  const clock = (slot: number): string => (slot < horizon.slots ? horizon.labels[slot]! : '24:00');
  const energy = (values: Float64Array, from: number, until: number): string =>
    number((horizon.slotMinutes / 60) * values.subarray(from, until).reduce((sum, kw) => sum + kw, 0), 0);
  const rows = truck.legs.map((leg) => {
    const [from, until] = [leg.fromSlot, leg.untilSlot];
    const times = [clock(from), clock(until)];
    if (leg.kind === 'stay')
      return [
        ...times,
        terminals[leg.terminal]!.name,
        energy(truck.chargeKw, from, until),
        energy(truck.dischargeKw, from, until),
        number(truck.energyKwh[until - 1]!, 0),
      ];
    const way = `→ ${terminals[leg.to]!.name}, ${number(leg.lengthKm)} km, ${number(leg.minutes, 0)} to ${number(leg.latestMinutes, 0)} min`;
    return [...times, way, '', '', number(truck.energyKwh[until - 1]!, 0)];
  });
  const { totals } = truck;
  return [
    `${truck.name}: utilisation ${percent(totals.utilisation)}, ${number(totals.cycles, 2)} cycles, ${number(totals.lengthKm)} km.`,
    table(['from', 'until', 'where', 'charge kWh', 'discharge kWh', 'energy kWh'], rows),
  ].join('\n');
}
