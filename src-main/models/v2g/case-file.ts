/**
 * The file format of a V2G case: one instance with `queries`, as in docs/method/v2g.md, "Case files". Read by hand, so that what is wrong
 * is said with its place in the file; fields that are not named there are ignored.
 */
import { Refusal } from '../../base/errors.ts';
import type { Ev, V2gProblem } from './problem.ts';

export interface V2gCase {
  name: string;
  /** One complete problem per query, in the order of the file. */
  problems: V2gProblem[];
}

/** @throws Refusal `case-bad` naming the field. */
export function readV2gCase(json: unknown): V2gCase {
  const file = isRecord(json) && typeof json['name'] === 'string' ? json['name'] : 'The file';
  const refuse = (problem: string): never => {
    throw new Refusal('case-bad', { file, problem });
  };
  const record = (value: unknown, path: string): Record<string, unknown> =>
    isRecord(value) ? value : refuse(`${path} is not an object`);
  const list = (value: unknown, path: string): unknown[] =>
    Array.isArray(value) ? value : refuse(`${path} is not a list`);
  const number = (value: unknown, path: string): number =>
    typeof value === 'number' && Number.isFinite(value) ? value : refuse(`${path} is not a number`);
  const series = (value: unknown, path: string): number[] => {
    const values = list(value, path).map((x, t) => number(x, `${path}[${t}]`));
    return values.length === slots ? values : refuse(`${path} has ${values.length} values for ${slots} slots`);
  };

  const whole = record(json, 'the case');
  if (whole['kind'] !== 'v2g') refuse(`kind is ${JSON.stringify(whole['kind'])}, not "v2g"`);
  const slots = number(whole['slots'], 'slots');
  if (!Number.isInteger(slots) || slots < 1) refuse(`slots is ${slots}`);
  const count = number(whole['aggregators'], 'aggregators');
  const halfWidth = list(whole['halfWidth'], 'halfWidth').map((x, l) => series(x, `halfWidth[${l}]`));
  const uncoordinated = list(whole['uncoordinatedLoad'], 'uncoordinatedLoad').map((x, l) =>
    series(x, `uncoordinatedLoad[${l}]`),
  );
  const gas = record(whole['gas'], 'gas');
  const gasNumber = (field: string): number => number(gas[field], `gas.${field}`);
  const committed = gas['unitCommitment'] === true;

  const base: V2gProblem = {
    name: file,
    currency: 'USD',
    slots,
    slotHours: number(whole['slotHours'], 'slotHours'),
    loadKw: series(whole['load'], 'load'),
    wind: list(whole['wind'], 'wind').map((value, k) => {
      const park = record(value, `wind[${k}]`);
      return {
        id: `wind-${k + 1}`,
        name: `Wind ${k + 1}`,
        availableKw: series(park['available'], `wind[${k}].available`),
        maintenancePerKwh: number(park['maintenanceUsdPerKwh'], `wind[${k}].maintenanceUsdPerKwh`),
      };
    }),
    gas: [
      {
        id: 'gas-1',
        name: 'Gas 1',
        minKw: gasNumber('minKw'),
        maxKw: gasNumber('maxKw'),
        rampKwPerHour: gasNumber('rampKwPerHour'),
        costLinearPerKwh: gasNumber('costLinearUsdPerKwh'),
        costQuadraticPerKwh2: gasNumber('costQuadraticUsdPerKwh2'),
        costSegments: gasNumber('costSegments'),
        noLoadPerHour: gasNumber('noLoadUsdPerHour'),
        startUpCost: gasNumber('startUpUsd'),
        shutDownCost: 0,
        minimumUpHours: 0,
        minimumDownHours: 0,
        commitment: committed ? 'committed' : 'always-on',
        initial: { state: 'free' },
      },
    ],
    storage: [],
    grid: null,
    aggregators: Array.from({ length: count }, (_, l) => ({ id: `aggregator-${l + 1}`, name: `Aggregator ${l + 1}` })),
    evs: list(whole['evs'], 'evs').map((value, i): Ev => {
      const ev = record(value, `evs[${i}]`);
      const field = (name: string): number => number(ev[name], `evs[${i}].${name}`);
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
  };
  const problems = list(whole['queries'], 'queries').map((value, q): V2gProblem => {
    const query = record(value, `queries[${q}]`);
    const protection = number(query['protection'], `queries[${q}].protection`);
    const asked = query['recourse'] ?? 'optimal';
    const recourse = asked === 'optimal' ? asked : number(asked, `queries[${q}].recourse`);
    const charging = query['v2g'] === false ? 'uncoordinated' : 'coordinated';
    // A case without V2G is nominal, whatever its protection says.
    const used = charging === 'coordinated' ? protection : 0;
    return { ...base, recourse, charging, uncertainty: { ...base.uncertainty, protection: used } };
  });
  return { name: file, problems };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
