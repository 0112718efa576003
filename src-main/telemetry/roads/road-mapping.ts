/** How the columns of a node or link table are to be read, and a guess of it from their names. */
import type { DecimalMark } from './road-cells.ts';
import type { LengthUnit, SpeedUnit, TimeUnit } from './road-units.ts';

export interface RoadDialect {
  /** Label of the text encoding; decoding is the host's. */
  encoding: string;
  delimiter: string;
  decimalMark: DecimalMark;
}

export interface LinkColumns {
  from: string;
  to: string;
  /** Empty: the time is length ÷ speed. */
  time: string;
  length: string;
  speed: string;
  capacity: string;
  congestionFactor: string;
  congestionPower: string;
  flow: string;
  name: string;
  roadClass: string;
}

export interface LinkMapping extends RoadDialect {
  /** Empty where the file has no such column; `from`, `to` and a time or a length with a speed are needed. */
  columns: LinkColumns;
  timeUnit: TimeUnit;
  lengthUnit: LengthUnit;
  speedUnit: SpeedUnit;
}

export interface NodeMapping extends RoadDialect {
  columns: { id: string; x: string; y: string };
  /** Nodes whose names are numbers below it are centroids without through traffic; 1 when there are none. */
  firstThroughNode: number;
}

const plainDialect: RoadDialect = { encoding: 'utf-8', delimiter: ',', decimalMark: '.' };

const linkNames: Record<keyof LinkColumns, readonly string[]> = {
  from: ['from_node', 'init_node', 'from', 'start', 'source', 'tail'],
  to: ['to_node', 'term_node', 'to', 'end', 'target', 'head'],
  time: ['free_flow_time_min', 'free_flow_time_h', 'free_flow_time_s', 'free_flow_time', 'time_min', 'minutes', 'fft'],
  length: ['length_m', 'length_km', 'length_mi', 'length_ft', 'length'],
  speed: ['speed_kmh', 'speed_mph', 'speed_ms', 'u'],
  capacity: ['capacity'],
  congestionFactor: ['b', 'alpha'],
  congestionPower: ['power', 'beta'],
  flow: ['ue_flow', 'flow', 'volume'],
  name: ['name'],
  roadClass: ['highway', 'road_class', 'link_type', 'type'],
};
const nodeNames = { id: ['node', 'name', 'id'], x: ['lon', 'longitude', 'x'], y: ['lat', 'latitude', 'y'] };

const timeBySuffix: Record<string, TimeUnit> = { _min: 'minutes', minutes: 'minutes', _h: 'hours', _s: 'seconds' };
const lengthBySuffix: Record<string, LengthUnit> = { _m: 'm', _km: 'km', _mi: 'miles', _ft: 'feet' };
const speedBySuffix: Record<string, SpeedUnit> = { _kmh: 'km/h', _mph: 'mph', _ms: 'm/s' };

const pick = (header: readonly string[], names: readonly string[]): string => {
  const byLowerCase = new Map(header.map((column) => [column.trim().toLowerCase(), column.trim()]));
  const found = names.find((name) => byLowerCase.has(name));
  return found === undefined ? '' : byLowerCase.get(found)!;
};

/** `doubts` are sentences about what the names do not say; units then stand at what is usual. */
export function guessLinkMapping(header: readonly string[]): { mapping: LinkMapping; doubts: string[] } {
  const doubts: string[] = [];
  const entries = Object.entries(linkNames).map(([field, names]) => [field, pick(header, names)]);
  const columns = Object.fromEntries(entries) as LinkColumns;
  const unitOf = <Unit extends string>(column: string, bySuffix: Record<string, Unit>, usual: Unit): Unit => {
    if (column === '') return usual;
    const suffix = Object.keys(bySuffix).find((ending) => column.toLowerCase().endsWith(ending));
    if (suffix !== undefined) return bySuffix[suffix]!;
    doubts.push(`column "${column}" does not name its unit; taken as ${usual}`);
    return usual;
  };
  // The traffic simulator UXsim writes speed as "u" in metres per second, and lengths in metres.
  const simulator = columns.speed.toLowerCase() === 'u';
  return {
    mapping: {
      ...plainDialect,
      columns,
      timeUnit: unitOf(columns.time, timeBySuffix, 'minutes'),
      lengthUnit: unitOf(columns.length, lengthBySuffix, simulator ? 'm' : 'km'),
      speedUnit: unitOf(columns.speed, speedBySuffix, simulator ? 'm/s' : 'km/h'),
    },
    doubts,
  };
}

export function guessNodeMapping(header: readonly string[], firstThroughNode = 1): NodeMapping {
  const columns = { id: pick(header, nodeNames.id), x: pick(header, nodeNames.x), y: pick(header, nodeNames.y) };
  return { ...plainDialect, columns, firstThroughNode };
}
