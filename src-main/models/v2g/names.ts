/**
 * How rows and columns of the scheduling program are called. A conflict is shown to the operator in these names, and
 * `readName` takes one apart again: subject kind, its id, what is said of it, and the slot.
 */
const at = (slot: number): string => `, slot ${slot}`;
const named =
  (kind: string) =>
  (id: string, what: string, slot?: number): string =>
    `${kind} ${id}: ${what}${slot === undefined ? '' : at(slot)}`;

export const gasName = named('gas unit');
export const windName = named('wind park');
export const storageName = named('storage');
export const evName = named('EV');
export const aggregatorName = named('aggregator');
export const truckName = named('truck');
export const rentedName = named('rented truck');
export const gridName = (what: string, slot: number): string => `grid: ${what}${at(slot)}`;
export const poolName = (what: string, slot: number): string => `EV pool: ${what}${at(slot)}`;
export const responseName = (what: string, slot?: number): string =>
  `responses: ${what}${slot === undefined ? '' : at(slot)}`;
/** Of a car that does not keep to its plan. */
export const offPlanName = (id: string, what: string, slot: number): string => evName(id, `off plan, ${what}`, slot);
export const deliveryName = (slot: number): string => `power balance: what units may not deliver${at(slot)}`;
export const balanceName = (slot: number): string => `power balance${at(slot)}`;
export const objectiveName = (what: string, slot?: number): string =>
  `objective: ${what}${slot === undefined ? '' : at(slot)}`;
/** `bus` null: the substation's supply. */
export const networkName = (bus: string | null, what: string, slot: number): string =>
  `network bus ${bus ?? 'of the substation'}: ${what}${at(slot)}`;
export const lineName = (id: string, what: string, slot: number): string => `network line ${id}: ${what}${at(slot)}`;
export const areaName = named('control area');
export const voltageSupportName = named('voltage support');
export const regulationName = (what: string, slot: number): string => `regulation: ${what}${at(slot)}`;
export const peakName = (what: string, slot?: number): string => `peak: ${what}${slot === undefined ? '' : at(slot)}`;
export const reserveName = (slot: number): string => `reserve${at(slot)}`;

export interface NameParts {
  kind:
    | 'gas'
    | 'wind'
    | 'storage'
    | 'ev'
    | 'aggregator'
    | 'truck'
    | 'station'
    | 'rented'
    | 'grid'
    | 'pool'
    | 'balance'
    | 'reserve'
    | 'response'
    | 'network'
    | 'line'
    | 'objective'
    | 'area'
    | 'regulation'
    | 'peak'
    | 'voltage';
  id: string;
  what: string;
  slot: number | null;
}

const kinds: [prefix: string, kind: NameParts['kind']][] = [
  ['gas unit ', 'gas'],
  ['wind park ', 'wind'],
  ['storage ', 'storage'],
  ['EV pool', 'pool'],
  ['EV ', 'ev'],
  ['aggregator ', 'aggregator'],
  ['truck ', 'truck'],
  ['station ', 'station'],
  ['rented truck ', 'rented'],
  ['grid', 'grid'],
  ['power balance', 'balance'],
  ['reserve', 'reserve'],
  ['responses', 'response'],
  ['network bus ', 'network'],
  ['network line ', 'line'],
  ['objective', 'objective'],
  ['control area ', 'area'],
  ['regulation', 'regulation'],
  ['peak', 'peak'],
  ['voltage support ', 'voltage'],
];

/** The parts of a name made here; null for any other text. */
export function readName(name: string): NameParts | null {
  const found = kinds.find(([prefix]) => name.startsWith(prefix));
  if (!found) return null;
  const [prefix, kind] = found;
  const slotMark = /, slot (\d+)$/.exec(name);
  const body = name.slice(prefix.length, slotMark ? slotMark.index : undefined);
  // Ids may hold a colon; what is said of them never does.
  const colon = body.lastIndexOf(': ');
  return {
    kind,
    id: colon < 0 ? '' : body.slice(0, colon),
    what: colon < 0 ? prefix.trim() : body.slice(colon + 2),
    slot: slotMark ? Number(slotMark[1]) : null,
  };
}
