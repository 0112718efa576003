/**
 * The site as an operator writes it, with every limit a field has. Field by field: docs/operator/site.md.
 *
 * A schema here refuses what no planning day could use; what depends on the telemetry in store is judged by planning.
 */
import { z } from 'zod';
import { zoneOf } from '../base/zone.ts';
import { networkChanges } from './network-changes.ts';
import { networkModel } from './network-model.ts';
import { serviceFaults, siteServices } from './site-services.ts';
import { gasUnit, storageUnit } from './site-units.ts';
import {
  efficiency,
  fieldsOf,
  identity,
  listOf,
  named,
  notNegative,
  obeying,
  numberBetween,
  oneOf,
  positive,
  positiveShare,
  repeated,
  share,
  shareUpTo,
  seriesId,
  type Fault,
} from './site-fields.ts';

const zone = named.refine(isZone, {
  error: ({ input }) => `must be a time zone such as Europe/Berlin, not "${String(input)}"`,
});

function isZone(id: string): boolean {
  try {
    zoneOf(id);
    return true;
  } catch {
    return false;
  }
}

const namedSeries = fieldsOf({
  'load-actual': seriesId,
  'load-forecast': seriesId,
  'wind-actual': seriesId,
  'wind-forecast': seriesId,
  price: seriesId,
});

const windPark = fieldsOf({ id: identity, name: named, share: positiveShare, maintenancePerKwh: notNegative });

const connection = fieldsOf({
  importLimitKw: notNegative,
  exportLimitKw: notNegative,
  feePerKwh: notNegative,
  saleShare: share,
});

const aggregator = fieldsOf({
  id: identity,
  name: named,
  stations: listOf(named).min(1, 'must name at least one station'),
  carsPerSession: positive,
  capacityKwh: positive,
  chargeKw: positive,
  dischargeKw: notNegative,
  efficiency,
  minShare: share,
  departureShare: share,
  maxShare: positiveShare,
}).check(
  obeying(({ minShare, departureShare, maxShare }): Fault[] => [
    ...(minShare >= maxShare
      ? [{ path: ['maxShare'], message: `must be above minShare (${minShare}), not ${maxShare}` }]
      : []),
    ...(departureShare < minShare || departureShare > maxShare
      ? [
          {
            path: ['departureShare'],
            message: `must be from minShare (${minShare}) to maxShare (${maxShare}), not ${departureShare}`,
          },
        ]
      : []),
  ]),
);

const place = fieldsOf({
  kind: oneOf(['wind', 'gas', 'storage', 'aggregator']),
  id: identity,
  bus: named,
  converterKva: notNegative,
});

const network = fieldsOf({
  feederId: named.nullable(),
  model: networkModel,
  voltageMinPu: numberBetween(0.5, 1),
  voltageMaxPu: numberBetween(1, 1.5),
  places: listOf(place),
  loads: listOf(fieldsOf({ bus: named, share: positiveShare }))
    .min(1, 'must name at least one bus')
    .optional(),
  changes: networkChanges.optional(),
}).check(obeying(({ loads }): Fault[] => loadFaults(loads ?? [])));

/** Shares that are not those of one whole, or a bus named twice. */
function loadFaults(loads: readonly { bus: string; share: number }[]): Fault[] {
  const sum = loads.reduce((total, { share: part }) => total + part, 0);
  return [
    ...(loads.length > 0 && Math.abs(sum - 1) > 1e-6
      ? [{ path: ['loads'], message: `must hold shares that sum to 1, not ${Number(sum.toFixed(6))}` }]
      : []),
    ...loads.flatMap(({ bus }, index) =>
      loads.findIndex((other) => other.bus === bus) < index
        ? [{ path: ['loads', index, 'bus'], message: `"${bus}" is named twice` }]
        : [],
    ),
  ];
}

const loss = fieldsOf({
  kind: oneOf(['wind', 'gas', 'storage', 'aggregator']),
  id: identity,
  share: shareUpTo(0.99),
});

const coefficients = fieldsOf({ unitsAtOnce: notNegative, slotsAtOnce: notNegative, losses: listOf(loss) });

/** Ids of the components every set has beside those of the aggregators. */
const takenIds: readonly string[] = ['load', 'wind'];

export const site = fieldsOf({
  name: named,
  zone,
  currency: oneOf(['EUR', 'USD', 'GBP', 'CHF']),
  slotMinutes: z.literal([15, 30, 60], { error: 'must be 15, 30 or 60' }),
  series: namedSeries,
  loadShare: positiveShare,
  wind: listOf(windPark),
  gas: listOf(gasUnit),
  storage: listOf(storageUnit),
  grid: connection.nullable(),
  aggregators: listOf(aggregator).min(1, 'must hold at least one aggregator'),
  throughputPerKwh: notNegative,
  dischargePerKwh: notNegative,
  unmetPerKwh: notNegative,
  lossShare: shareUpTo(0.99),
  reserve: fieldsOf({ shareOfLoad: share, counts: oneOf(['installed', 'spinning']) }),
  network: network.optional(),
  coefficients: coefficients.optional(),
  services: siteServices.optional(),
})
  .check(
    obeying(({ wind, gas, storage, grid, aggregators, network: placed, coefficients: doubted }): Fault[] => {
      const imports = grid !== null && grid.importLimitKw > 0;
      const stations = aggregators.flatMap((one, index) =>
        one.stations.map((id, place) => ({ id, path: ['aggregators', index, 'stations', place] })),
      );
      return [
        ...repeated('wind', wind),
        ...repeated('gas', gas),
        ...repeated('storage', storage),
        ...repeated('aggregators', aggregators),
        ...aggregators.flatMap(({ id }, index) =>
          takenIds.includes(id)
            ? [{ path: ['aggregators', index, 'id'], message: `must not be "${id}", which the site itself goes by` }]
            : [],
        ),
        ...stations
          .filter(({ id }, index) => stations.findIndex((other) => other.id === id) < index)
          .map(({ id, path }) => ({ path, message: `names station "${id}", which is counted elsewhere already` })),
        ...placeFaults(placed?.places ?? [], { wind, gas, storage, aggregator: aggregators }),
        ...lossFaults(doubted?.losses ?? [], { wind, gas, storage, aggregator: aggregators }),
        ...(wind.length + gas.length === 0 && !imports
          ? [
              {
                path: ['gas'],
                message: 'must hold a unit: without wind or a grid that imports, nothing else supplies the load',
              },
            ]
          : []),
      ];
    }),
  )
  .check(serviceFaults);

/** Places of devices that are not there, or that are given twice. */
function placeFaults(
  places: readonly z.infer<typeof place>[],
  devices: Record<'wind' | 'gas' | 'storage' | 'aggregator', readonly { id: string }[]>,
): Fault[] {
  return places.flatMap(({ kind, id, converterKva }, index): Fault[] => {
    const path = ['network', 'places', index];
    const first = places.findIndex((other) => other.kind === kind && other.id === id);
    return [
      ...(devices[kind].some((device) => device.id === id)
        ? []
        : [{ path: [...path, 'id'], message: `names ${kind} "${id}", which the site does not have` }]),
      ...(first < index ? [{ path: [...path, 'id'], message: `"${id}" is placed twice` }] : []),
      ...(kind === 'gas' && converterKva > 0
        ? [{ path: [...path, 'converterKva'], message: 'must be 0: a gas unit has no converter' }]
        : []),
    ];
  });
}
/** Losses of devices that are not there, or that are given twice. */
function lossFaults(
  losses: readonly z.infer<typeof loss>[],
  devices: Record<'wind' | 'gas' | 'storage' | 'aggregator', readonly { id: string }[]>,
): Fault[] {
  return losses.flatMap(({ kind, id }, index): Fault[] => {
    const path = ['coefficients', 'losses', index, 'id'];
    const first = losses.findIndex((other) => other.kind === kind && other.id === id);
    return [
      ...(devices[kind].some((device) => device.id === id)
        ? []
        : [{ path, message: `names ${kind} "${id}", which the site does not have` }]),
      ...(first < index ? [{ path, message: `"${id}" is named twice` }] : []),
    ];
  });
}
export type SitePayload = z.infer<typeof site>;

export const siteCalls = {
  /** The site as stored. Not held against today's limits: what they would refuse must be readable to be repaired. */
  'site.get': {
    request: z.object({}),
    response: z.custom<SitePayload>((value) => typeof value === 'object' && value !== null).nullable(),
  },
  /** Replaces the site; earlier versions stay in the database. Notes say what of the telemetry it names is not there yet. */
  'site.save': {
    request: z.object({ site }),
    response: z.object({ name: z.string(), notes: z.array(z.string()) }),
  },
};
