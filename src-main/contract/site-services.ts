/** Products a site offers beside energy, as an operator writes them. Field by field: docs/operator/services.md. */
import { z } from 'zod';
import {
  fieldsOf,
  identity,
  listOf,
  named,
  notNegative,
  obeying,
  oneOf,
  positive,
  repeated,
  share,
  type Fault,
} from './site-fields.ts';

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, { error: 'must be a time such as 17:30' });
const period = fieldsOf({ from: clock, to: clock, value: notNegative });

/** One number for the whole day, or numbers for parts of it by the local clock, 0 elsewhere. */
const byClock = z.union([notNegative, listOf(period)], {
  error: ({ input }) =>
    Array.isArray(input)
      ? 'must list periods, each with from, to (17:30) and a value of 0 or more'
      : 'must be a number of 0 or more, or a list of periods with from, to and value',
});

const providers = { gas: listOf(identity), storage: listOf(identity), aggregators: listOf(identity) };

const area = fieldsOf({
  id: identity,
  name: named,
  ...providers,
  loadShare: share,
  shareOfLoad: share,
  requiredKw: byClock,
  mostKw: byClock,
  pricePerKwh: byClock,
});

const reserve = fieldsOf({
  durationMinutes: positive,
  withinMinutes: positive,
  areas: listOf(area).min(1, 'must hold at least one control area'),
});

const regulation = fieldsOf({
  ...providers,
  windowMinutes: positive,
  netShare: share,
  runningMinutes: positive,
  withinMinutes: positive,
  mostKw: byClock,
  capacityPricePerKwh: byClock,
  mileagePricePerKw: byClock,
  mileagePerHour: notNegative,
  performanceScore: share,
  throughputShare: share,
});

const peak = fieldsOf({
  of: oneOf(['import', 'net-demand']),
  pricePerKw: notNegative,
  soFarKw: notNegative,
  caps: listOf(period),
});

const voltage = fieldsOf({
  id: identity,
  name: named,
  bus: named,
  requiredKvar: byClock,
  mostKvar: byClock,
  pricePerKvarh: byClock,
});

export const siteServices = fieldsOf({
  offer: oneOf(['always', 'on-request']),
  reserve: reserve.optional(),
  regulation: regulation.optional(),
  peak: peak.optional(),
  voltage: listOf(voltage).optional(),
});
export type SiteServices = z.infer<typeof siteServices>;

interface SiteParts {
  slotMinutes: number;
  gas: readonly { id: string }[];
  storage: readonly { id: string }[];
  aggregators: readonly { id: string }[];
  grid: object | null;
  reserve: { shareOfLoad: number };
  services?: SiteServices | undefined;
  network?: { places: readonly { kind: string; id: string; bus: string; converterKva: number }[] } | undefined;
  coefficients?: { losses: readonly { kind: string; id: string; share: number }[] } | undefined;
}

/** What of the services contradicts the rest of the site. */
export const serviceFaults = obeying((site: SiteParts): Fault[] => {
  const { services } = site;
  if (!services) return [];
  return [...reserveFaults(site, services), ...regulationFaults(site, services), ...otherFaults(site, services)];
});

type Kind = 'gas' | 'storage' | 'aggregators';
const kinds: readonly Kind[] = ['gas', 'storage', 'aggregators'];

function providerFaults(site: SiteParts, of: Record<Kind, readonly string[]>, path: Fault['path']): Fault[] {
  return kinds.flatMap((kind) =>
    of[kind].flatMap((id, index): Fault[] => {
      const at = [...path, kind, index];
      const isLossy = site.coefficients?.losses.some((loss) => loss.kind === 'aggregator' && loss.id === id);
      return [
        ...(site[kind].some((device) => device.id === id)
          ? []
          : [{ path: at, message: `names "${id}", which the site does not have` }]),
        ...(of[kind].indexOf(id) < index ? [{ path: at, message: `"${id}" is named twice` }] : []),
        ...(kind === 'aggregators' && isLossy
          ? [
              {
                path: at,
                message: `names "${id}", whose chargers may lose efficiency: services are not stated for those`,
              },
            ]
          : []),
      ];
    }),
  );
}

function reserveFaults(site: SiteParts, { reserve: asked }: SiteServices): Fault[] {
  if (!asked) return [];
  const path = ['services', 'reserve', 'areas'];
  const loads = asked.areas.reduce((sum, one) => sum + one.loadShare, 0);
  return [
    ...repeated('areas', asked.areas).map((fault) => ({ ...fault, path: ['services', 'reserve', ...fault.path] })),
    ...asked.areas.flatMap((one, index) => providerFaults(site, one, [...path, index])),
    ...asked.areas.flatMap((one, index) =>
      kinds.flatMap((kind) =>
        one[kind].flatMap((id, at): Fault[] => {
          const other = asked.areas.find((before, k) => k < index && before[kind].includes(id));
          return other
            ? [{ path: [...path, index, kind, at], message: `names "${id}", which belongs to "${other.id}" already` }]
            : [];
        }),
      ),
    ),
    ...(loads > 1 + 1e-9
      ? [{ path, message: `must share no more load than there is, not ${loads.toFixed(3)} of it` }]
      : []),
    ...asked.areas.flatMap((one, index) =>
      typeof one.mostKw === 'number' && typeof one.requiredKw === 'number' && one.mostKw < one.requiredKw
        ? [
            {
              path: [...path, index, 'mostKw'],
              message: `must be at least requiredKw (${one.requiredKw}), not ${one.mostKw}`,
            },
          ]
        : [],
    ),
  ];
}

function regulationFaults(site: SiteParts, { regulation: asked }: SiteServices): Fault[] {
  if (!asked) return [];
  return [
    ...providerFaults(site, asked, ['services', 'regulation']),
    ...(asked.windowMinutes % site.slotMinutes === 0
      ? []
      : [
          {
            path: ['services', 'regulation', 'windowMinutes'],
            message: `must be whole slots of ${site.slotMinutes} minutes, not ${asked.windowMinutes}`,
          },
        ]),
  ];
}

function otherFaults(site: SiteParts, services: SiteServices): Fault[] {
  const bought = services.peak?.of === 'import' && site.grid === null;
  return [
    ...(bought
      ? [{ path: ['services', 'peak', 'of'], message: 'must be net-demand: the site has no grid to buy from' }]
      : []),
    ...repeated('voltage', services.voltage ?? []).map((fault) => ({ ...fault, path: ['services', ...fault.path] })),
    ...(services.voltage ?? []).flatMap(({ bus }, index): Fault[] => {
      const path = ['services', 'voltage', index, 'bus'];
      const here = (site.network?.places ?? []).filter(
        (place) =>
          place.bus === bus && (place.kind === 'storage' || place.kind === 'aggregator') && place.converterKva > 0,
      );
      if (here.length === 0)
        return [{ path, message: `must be a bus with a converter of storage or cars in network.places, not "${bus}"` }];
      return services.voltage!.findIndex((other) => other.bus === bus) < index
        ? [{ path, message: `"${bus}" keeps a range for another product already` }]
        : [];
    }),
  ];
}
