/** Services of a site on one day: what is stated by the clock becomes numbers of slots. */
import { slotLabel, type Horizon } from '../../base/horizon.ts';
import type { Services, VoltageService } from '../../models/v2g/services/services.ts';
import type { ByClock, ClockPeriod, ServicesSite, Site } from '../site.ts';

/** 'offered': whatever the site says; 'none': energy alone. */
export type ServiceWish = 'offered' | 'none';

/** Undefined where the day is planned for energy alone. @param loadKw expected [slot] */
export function servicesOf(
  site: Site,
  horizon: Horizon,
  loadKw: readonly number[],
  wish: ServiceWish | undefined,
): Services | undefined {
  const { services } = site;
  if (!services || (wish ?? (services.offer === 'always' ? 'offered' : 'none')) === 'none') return undefined;
  const bySlot = (value: ByClock): number[] => numbersOf(horizon, value);
  const { reserve, regulation, peak, voltage } = services;
  const hours = (minutes: number): number => minutes / 60;
  return {
    ...(reserve
      ? {
          reserve: {
            durationHours: hours(reserve.durationMinutes),
            withinHours: hours(reserve.withinMinutes),
            areas: reserve.areas.map(({ loadShare, shareOfLoad, requiredKw, mostKw, pricePerKwh, ...area }) => {
              const required = bySlot(requiredKw).map((kw, slot) =>
                Math.max(kw, shareOfLoad * loadShare * Math.max(0, loadKw[slot]!)),
              );
              return {
                ...area,
                requiredKw: required,
                mostKw: bySlot(mostKw).map((kw, slot) => Math.max(kw, required[slot]!)),
                pricePerKwh: bySlot(pricePerKwh),
              };
            }),
          },
        }
      : {}),
    ...(regulation ? { regulation: regulationOf(regulation, horizon) } : {}),
    ...(peak
      ? {
          peak: {
            of: peak.of,
            pricePerKw: peak.pricePerKw,
            soFarKw: peak.soFarKw,
            capKw: lowestOf(horizon, peak.caps),
          },
        }
      : {}),
    ...(voltage
      ? {
          voltage: voltage.map(({ requiredKvar, mostKvar, pricePerKvarh, ...product }): VoltageService => {
            const required = bySlot(requiredKvar);
            return {
              ...product,
              converters: convertersAt(site, product.bus),
              requiredKvar: required,
              mostKvar: bySlot(mostKvar).map((kvar, slot) => Math.max(kvar, required[slot]!)),
              pricePerKvarh: bySlot(pricePerKvarh),
            };
          }),
        }
      : {}),
  };
}

function regulationOf(
  { windowMinutes, netShare, runningMinutes, withinMinutes, ...stated }: NonNullable<ServicesSite['regulation']>,
  horizon: Horizon,
): NonNullable<Services['regulation']> {
  const { gas, storage, aggregators, mileagePerHour, performanceScore, throughputShare } = stated;
  return {
    gas,
    storage,
    aggregators,
    signals: { windowSlots: windowMinutes / horizon.slotMinutes, netShare, runningHours: runningMinutes / 60 },
    withinHours: withinMinutes / 60,
    mostKw: numbersOf(horizon, stated.mostKw),
    capacityPricePerKwh: numbersOf(horizon, stated.capacityPricePerKwh),
    mileagePricePerKw: numbersOf(horizon, stated.mileagePricePerKw),
    mileagePerHour,
    performanceScore,
    throughputShare,
  };
}

/** Storage and cars at the bus whose converters may give reactive power. */
const convertersAt = ({ network }: Site, bus: string): VoltageService['converters'] =>
  (network?.places ?? []).flatMap(({ kind, id, bus: at, converterKva }) =>
    at === bus && (kind === 'storage' || kind === 'aggregator') && converterKva > 0
      ? [{ kind, id, ratedKva: converterKva }]
      : [],
  );

/** Where periods overlap the last one stated holds. */
function numbersOf(horizon: Horizon, value: ByClock): number[] {
  return Array.from({ length: horizon.slots }, (_, slot) =>
    typeof value === 'number' ? value : (value.findLast((period) => holds(period, horizon, slot))?.value ?? 0),
  );
}

function lowestOf(horizon: Horizon, caps: readonly ClockPeriod[]): (number | null)[] {
  return Array.from({ length: horizon.slots }, (_, slot) => {
    const own = caps.filter((period) => holds(period, horizon, slot)).map(({ value }) => value);
    return own.length === 0 ? null : Math.min(...own);
  });
}

function holds({ from, to }: ClockPeriod, horizon: Horizon, slot: number): boolean {
  const at = slotLabel(horizon, slot).slice(0, 5);
  return from < to ? from <= at && at < to : at >= from || at < to;
}
