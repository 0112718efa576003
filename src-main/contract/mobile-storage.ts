/**
 * Shared mobile storage as an operator writes it: trucks, where they may stand, the grids that rent them, and the roads between. Field
 * by field: docs/operator/mobile-storage.md. Power kW, energy kWh, money in the site's currency.
 */
import { z } from 'zod';
import {
  efficiency,
  fieldsOf,
  identity,
  listOf,
  named,
  needs,
  notNegative,
  obeying,
  oneOf,
  positive,
  repeated,
  seriesId,
  share,
  wholeFrom1,
  type Fault,
} from './site-fields.ts';

export const marginForm = oneOf([
  'gaussian',
  'unimodal-symmetric',
  'unimodal',
  'symmetric',
  'cantelli',
  'delage-ye',
  'wasserstein',
  'wasserstein-safe',
]);
export type MarginFormPayload = z.infer<typeof marginForm>;

/** Margins k(ε) σ with a k that is the same for any share of the errors. */
const byMoments = new Set<string>(['gaussian', 'unimodal-symmetric', 'unimodal', 'symmetric', 'cantelli']);

export const epsilon = z.number({ error: needs('a number') }).refine((value) => value > 0 && value < 1, {
  error: ({ input }) => `must be above 0 and below 1, not ${String(input)}`,
});
export const arrivalConfidence = z.number({ error: needs('a number') }).refine((value) => value >= 0.5 && value < 1, {
  error: ({ input }) => `must be at least 0.5 and below 1, not ${String(input)}`,
});

const roads = fieldsOf({
  /** Id of an imported network; null: the first, so that a later import never changes what trucks drive on. */
  networkId: named.nullable(),
  forbiddenClasses: listOf(named),
  closedLinks: listOf(fieldsOf({ from: named, to: named })),
  /** Flow over capacity in the busiest hour where the network's own data name none. */
  peakFlowRatio: notNegative,
  /** Share of the busiest hour's traffic by hour of the day; null: a usual working day. */
  hourlyFlow: listOf(notNegative).length(24, 'must have 24 values').nullable(),
  /** A road may take up to this share longer than forecast. */
  lateShare: notNegative,
});

const travel = fieldsOf({
  wagePerHour: notNegative,
  roadPerKm: notNegative,
  energyKwhPerKm: notNegative,
  energyPerKwh: notNegative,
  /** Where a trip's energy comes from: the battery it rents out, or elsewhere (then it only costs). Left out: elsewhere. */
  energyFrom: oneOf(['battery', 'elsewhere']).optional(),
});

const terminal = fieldsOf({
  id: identity,
  name: named,
  /** Node of the road network. */
  node: z.string({ error: needs('a text') }).refine((text) => text.trim() !== '' && text.length <= 120, {
    error: 'must name a node of the roads',
  }),
  /** Grid a truck can work for here; null: a depot, where it only stands. */
  grid: identity.nullable(),
  /** Trucks that find a connection at once; of no meaning for a depot. */
  places: wholeFrom1,
  standingPerHour: notNegative,
  /** Most that all trucks of the operator's own together exchange here; left out: what they have. */
  powerKw: positive.optional(),
  /** Bus of its grid's feeder; left out: the feeder's stationBus. */
  bus: named.optional(),
});

const truck = fieldsOf({
  id: identity,
  name: named,
  /** Terminals at the start and at the end of the day. */
  home: identity,
  end: identity,
  capacityKwh: positive,
  minKwh: notNegative,
  initialKwh: notNegative,
  finalMinKwh: notNegative,
  powerKw: positive,
  chargeEfficiency: efficiency,
  dischargeEfficiency: efficiency,
  degradationPerKwh: notNegative,
  /** In place of that of `travel`. */
  energyKwhPerKm: notNegative.optional(),
}).check(
  obeying(({ capacityKwh, minKwh, initialKwh, finalMinKwh }): Fault[] => [
    ...(initialKwh < minKwh || initialKwh > capacityKwh
      ? [
          {
            path: ['initialKwh'],
            message: `must be from minKwh (${minKwh}) to capacityKwh (${capacityKwh}), not ${initialKwh}`,
          },
        ]
      : []),
    ...(finalMinKwh > capacityKwh
      ? [{ path: ['finalMinKwh'], message: `must be at most capacityKwh (${capacityKwh}), not ${finalMinKwh}` }]
      : []),
  ]),
);

const perUnit = z.number({ error: needs('a number') }).refine((value) => value >= 0.5 && value <= 1.5, {
  error: ({ input }) => `must be per unit, from 0.5 to 1.5, not ${String(input)}`,
});
/** An imported radial feeder; the grid's demand is spread over its buses as that of its file. */
const feeder = fieldsOf({
  /** Null: the first imported. */
  feederId: named.nullable(),
  stationBus: named,
  windBus: named,
  /** Left out: the substation. */
  generatorBus: named.optional(),
  /** Left out: as the file says. */
  voltageMinPu: perUnit.optional(),
  voltageMaxPu: perUnit.optional(),
});

const grid = fieldsOf({
  id: identity,
  name: named,
  /** Telemetry of its own by series id; null: the site's. */
  series: fieldsOf({
    'load-actual': seriesId,
    'load-forecast': seriesId,
    'wind-actual': seriesId,
    'wind-forecast': seriesId,
  }),
  /** Demand and wind of the grid as shares of those series. */
  loadShare: share,
  windShare: share,
  importLimitKw: notNegative,
  importReserveKw: notNegative,
  importReservePerKwh: notNegative,
  /** On top of the market price. */
  importFeePerKwh: notNegative,
  generatorKw: notNegative,
  generatorPerKwh: notNegative,
  generatorReservePerKwh: notNegative,
  generatorRampKwPerHour: positive.nullable(),
  curtailPerKwh: notNegative,
  unservedPerKwh: positive,
  dumpPerKwh: notNegative,
  emergencyReservePerKwh: notNegative,
  activityFee: notNegative,
  /** Left out: the whole grid is one bus. */
  feeder: feeder.optional(),
  /** At which trucks of the operator's own charge and discharge here; left out: they do not. Null: they cannot discharge. */
  tariff: fieldsOf({ chargePerKwh: notNegative, dischargePerKwh: notNegative.nullable() })
    .check(
      obeying(({ chargePerKwh, dischargePerKwh }): Fault[] =>
        dischargePerKwh !== null && dischargePerKwh > chargePerKwh
          ? [{ path: ['dischargePerKwh'], message: `must be at most chargePerKwh (${chargePerKwh})` }]
          : [],
      ),
    )
    .optional(),
  /** Rents the owner may ask of this grid, per kWh charged or discharged: these, or any up to a cap. */
  rentMenuPerKwh: listOf(notNegative).min(1, 'must offer at least one rent').optional(),
  rentCapPerKwh: positive.optional(),
}).check(
  obeying(({ feeder: own, rentMenuPerKwh, rentCapPerKwh, generatorRampKwPerHour }): Fault[] => {
    const fault = (field: string, message: string): Fault => ({ path: [field], message });
    if (own !== undefined && generatorRampKwPerHour !== null)
      return [fault('feeder', 'needs generatorRampKwPerHour to be null')];
    if (rentCapPerKwh === undefined)
      return rentMenuPerKwh === undefined ? [fault('rentMenuPerKwh', 'is missing; give rents, or rentCapPerKwh')] : [];
    return [
      ...(rentMenuPerKwh === undefined ? [] : [fault('rentCapPerKwh', 'is given beside rentMenuPerKwh; give one')]),
      ...(generatorRampKwPerHour === null
        ? []
        : [fault('rentCapPerKwh', 'needs generatorRampKwPerHour to be null; with a ramp give rentMenuPerKwh')]),
    ];
  }),
);

export const mobileStorage = fieldsOf({
  /** 'owned': the operator's own trucks, routed with the schedule; 'rented' (also when left out): priced and routed by their owner. */
  ownership: oneOf(['owned', 'rented']).optional(),
  /** The grid that is the site: its terminals are the site's stations. */
  siteGrid: identity.nullable().optional(),
  slotMinutes: z.literal([15, 30, 60], { error: 'must be 15, 30 or 60' }),
  /** Accepted risk that the reserve of a grid falls short in a slot. */
  epsilon,
  margin: marginForm,
  /** Whether each grid answers its own wind, or grids hold reserve for each other where that costs less. Left out: own. */
  reserves: oneOf(['own', 'shared']).optional(),
  arrivalConfidence,
  ties: oneOf(['optimistic', 'pessimistic']),
  roads,
  travel,
  terminals: listOf(terminal).min(1, 'must hold at least one terminal'),
  trucks: listOf(truck).min(1, 'must hold at least one truck'),
  grids: listOf(grid).min(1, 'must hold at least one grid'),
}).check(
  obeying((whole): Fault[] => {
    const { ownership, siteGrid, terminals, trucks, grids, margin, reserves } = whole;
    const { energyFrom, energyKwhPerKm } = whole.travel;
    const unknown = <Item>(
      list: string,
      items: readonly Item[],
      field: keyof Item & string,
      known: readonly { id: string }[],
      what: string,
    ): Fault[] =>
      items.flatMap((item, index) => {
        const id = item[field] as string | null;
        return id === null || known.some((other) => other.id === id)
          ? []
          : [{ path: [list, index, field], message: `names ${what} "${id}", which is not there` }];
      });
    const capped = grids.some(({ rentCapPerKwh }) => rentCapPerKwh !== undefined);
    return [
      ...grids.flatMap(({ rentMenuPerKwh }, index) =>
        capped && rentMenuPerKwh !== undefined
          ? [
              {
                path: ['grids', index, 'rentMenuPerKwh'],
                message: 'stands beside grids with rentCapPerKwh; give all grids one or the other',
              },
            ]
          : [],
      ),
      ...(reserves === 'shared' && !byMoments.has(margin)
        ? [
            {
              path: ['reserves'],
              message: `cannot be "shared" with margin "${margin}"; one by mean and spread alone is needed`,
            },
          ]
        : []),
      ...trucks.flatMap(({ initialKwh, finalMinKwh, energyKwhPerKm: own }, index): Fault[] => {
        const fault = (field: string, message: string): Fault => ({ path: ['trucks', index, field], message });
        if (energyFrom !== 'battery') return [];
        if (finalMinKwh > initialKwh)
          return [
            fault('finalMinKwh', `must be at most initialKwh (${initialKwh}) where trucks drive on their batteries`),
          ];
        return own !== undefined && energyKwhPerKm === 0
          ? [fault('energyKwhPerKm', 'needs travel.energyKwhPerKm above 0, of which it is a multiple')]
          : [];
      }),
      ...repeated('terminals', terminals),
      ...repeated('trucks', trucks),
      ...repeated('grids', grids),
      ...unknown('terminals', terminals, 'grid', grids, 'grid'),
      ...terminals.flatMap(({ bus, grid: at }, index) =>
        bus === undefined || grids.find(({ id }) => id === at)?.feeder !== undefined
          ? []
          : [{ path: ['terminals', index, 'bus'], message: 'is given, but the grid there has no feeder' }],
      ),
      ...unknown('trucks', trucks, 'home', terminals, 'terminal'),
      ...(siteGrid !== null && siteGrid !== undefined && !grids.some(({ id }) => id === siteGrid)
        ? [{ path: ['siteGrid'], message: `names grid "${siteGrid}", which is not there` }]
        : []),
      ...(ownership === 'owned' && (siteGrid ?? null) === null
        ? [{ path: ['siteGrid'], message: 'is missing: trucks of the operator’s own need the stations of the site' }]
        : []),
      ...unknown('trucks', trucks, 'end', terminals, 'terminal'),
      ...terminals.flatMap(({ node }, index) =>
        terminals.findIndex((other) => other.node === node) < index
          ? [{ path: ['terminals', index, 'node'], message: `"${node}" is the node of another terminal` }]
          : [],
      ),
      ...grids.flatMap(({ id }, index) =>
        terminals.some((other) => other.grid === id)
          ? []
          : [{ path: ['grids', index, 'id'], message: `"${id}" has no terminal where a truck could work for it` }],
      ),
    ];
  }),
);
export type MobileStoragePayload = z.infer<typeof mobileStorage>;

export const mobileStorageCalls = {
  /** As stored; null when there is none. */
  'mobile.get': {
    request: z.object({}),
    response: z.custom<MobileStoragePayload>((value) => typeof value === 'object' && value !== null).nullable(),
  },
  /** Adds a version; earlier ones stay. Refused when a terminal is not on the roads or a truck cannot get home. */
  'mobile.save': {
    request: z.object({ mobileStorage }),
    response: z.object({ notes: z.array(z.string()) }),
  },
};
