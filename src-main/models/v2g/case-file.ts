/**
 * The file format of a V2G case: one instance with `queries`, as in docs/method/v2g.md, "Case files". Read by hand, so that what is wrong
 * is said with its place in the file; fields that are not named there are ignored.
 */
import { CaseFields } from '../case-fields.ts';
import { readObjectives } from './read-objectives.ts';
import { readServices } from './services/read-services.ts';
import type { Ev, UncertainCoefficients, V2gProblem } from './problem.ts';
import { readGas } from './read-gas.ts';
import { readSiteMesh } from './read-site-mesh.ts';
import { readTruckFleet } from './read-truck-fleet.ts';

export interface V2gCase {
  name: string;
  /** One complete problem per query, in the order of the file. */
  problems: V2gProblem[];
}

/** @throws Refusal `case-bad` naming the field. */
export function readV2gCase(json: unknown): V2gCase {
  const fields = new CaseFields(json, 'v2g');
  const { file, whole } = fields;
  const number = (value: unknown, path: string): number => fields.number(value, path);
  const series = (value: unknown, path: string): number[] => {
    const values = fields.numbers(value, path);
    return values.length === slots ? values : fields.refuse(`${path} has ${values.length} values for ${slots} slots`);
  };
  const slots = number(whole['slots'], 'slots');
  if (!Number.isInteger(slots) || slots < 1) fields.refuse(`slots is ${slots}`);
  const count = number(whole['aggregators'], 'aggregators');
  const halfWidth = fields.list(whole['halfWidth'], 'halfWidth', series);
  const uncoordinated = fields.list(whole['uncoordinatedLoad'], 'uncoordinatedLoad', series);

  const trucks = readTruckFleet(fields, whole['trucks'], slots);
  const mesh = readSiteMesh(fields, whole['network']);
  const base: V2gProblem = {
    name: file,
    currency: 'USD',
    slots,
    slotHours: number(whole['slotHours'], 'slotHours'),
    loadKw: series(whole['load'], 'load'),
    wind: fields.list(whole['wind'], 'wind', (value, path, k) => {
      const park = fields.record(value, path);
      return {
        id: `wind-${k + 1}`,
        name: `Wind ${k + 1}`,
        availableKw: series(park['available'], `${path}.available`),
        maintenancePerKwh: fields.field(park, path, 'maintenanceUsdPerKwh'),
      };
    }),
    gas: readGas(fields, whole['gas']),
    storage: [],
    ...(trucks ? { trucks } : {}),
    ...(mesh ? { mesh } : {}),
    grid: null,
    aggregators: Array.from({ length: count }, (_, l) => ({ id: `aggregator-${l + 1}`, name: `Aggregator ${l + 1}` })),
    evs: fields.list(whole['evs'], 'evs', (value, path, i): Ev => {
      const ev = fields.record(value, path);
      const field = (name: string): number => fields.field(ev, path, name);
      return {
        id: `ev-${i + 1}`,
        aggregator: field('aggregator'),
        cars: 1,
        capacityKwh: field('capacityKwh'),
        arrivalSlot: field('arrivalSlot'),
        departureSlot: field('departureSlot'),
        initialKwh: field('initialKwh'),
        minKwh: field('minKwh'),
        maxKwh: field('maxKwh'),
        requiredKwh: field('requiredKwh'),
        chargeKw: field('chargeKw'),
        dischargeKw: field('dischargeKw'),
        efficiency: field('efficiency'),
      };
    }),
    throughputPerKwh: number(whole['throughputUsdPerKwh'], 'throughputUsdPerKwh'),
    dischargePerKwh: number(whole['dischargeUsdPerKwh'], 'dischargeUsdPerKwh'),
    unmetPerKwh: null,
    lossShare: 0,
    reserve: { shareOfLoad: number(whole['headroomShareOfLoad'], 'headroomShareOfLoad'), counts: 'installed' },
    uncertainty: {
      components: halfWidth.map((halfWidthKw, l) => ({
        id: `aggregator-${l + 1}`,
        name: `Aggregator ${l + 1}`,
        kind: 'aggregator',
        halfWidthKw,
      })),
      protection: 0,
    },
    recourse: 'optimal',
    charging: 'coordinated',
    uncoordinatedKw: uncoordinated,
    ...(whole['coefficients'] === undefined ? {} : { coefficients: coefficientsOf(fields, whole['coefficients']) }),
  };
  const problems = fields.list(whole['queries'], 'queries', (value, path): V2gProblem => {
    const query = fields.record(value, path);
    const protection = fields.field(query, path, 'protection');
    const asked = query['recourse'] ?? 'optimal';
    const recourse = asked === 'optimal' ? asked : number(asked, `${path}.recourse`);
    const charging = query['v2g'] === false ? 'uncoordinated' : 'coordinated';
    // A case without V2G is nominal, whatever its protection says.
    const used = charging === 'coordinated' ? protection : 0;
    const { trucks: ownTrucks, mesh: ownMesh, ...bare } = base;
    const of = {
      ...bare,
      ...(ownTrucks && query['trucks'] !== false ? { trucks: ownTrucks } : {}),
      ...(ownMesh
        ? { mesh: query['network'] === false ? { ...ownMesh, model: 'unconstrained' as const } : ownMesh }
        : {}),
    };
    const wanted = query['objectives'] ?? whole['objectives'];
    const place = query['objectives'] === undefined ? 'objectives' : `${path}.objectives`;
    const objectives = wanted === undefined ? {} : { objectives: readObjectives(fields, wanted, place) };
    const services =
      whole['services'] === undefined || query['services'] === false
        ? {}
        : { services: readServices(fields, whole['services'], slots, 'services') };
    return {
      ...of,
      ...objectives,
      ...services,
      recourse,
      charging,
      uncertainty: { ...base.uncertainty, protection: used },
    };
  });
  return { name: file, problems };
}

/** Devices by the ids they have here: gas-1, wind-1 …, aggregator-1 …; whether they are there is judged with the problem. */
function coefficientsOf(fields: CaseFields, value: unknown): UncertainCoefficients {
  const path = 'coefficients';
  const own = fields.record(value, path);
  return {
    unitsAtOnce: fields.field(own, path, 'unitsAtOnce'),
    slotsAtOnce: fields.field(own, path, 'slotsAtOnce'),
    losses: fields.list(own['losses'], `${path}.losses`, (item, place): UncertainCoefficients['losses'][number] => {
      const loss = fields.record(item, place);
      const kind = lossKinds.find((known) => known === loss['kind']);
      return {
        kind:
          kind ?? fields.refuse(`${place}.kind is ${JSON.stringify(loss['kind'])}; ${lossKinds.join(', ')} expected`),
        id: fields.text(loss['id'], `${place}.id`),
        share: fields.field(loss, place, 'share'),
      };
    }),
  };
}
const lossKinds = ['gas', 'wind', 'storage', 'aggregator'] as const;
