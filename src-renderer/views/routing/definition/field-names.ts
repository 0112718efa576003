/** What the fields of a definition are called on the form, and what is said of them there. */
import type { MobileStoragePayload } from '../../../../src-main/contract/mobile-storage.ts';

export interface NumberSpec {
  field: string;
  unit: string;
  /** What holds where nothing is typed; without it a number is needed. */
  leftOut?: string;
}
export interface NumberGroup {
  title: string;
  fields: readonly NumberSpec[];
}

const perKwh = (currency: string): string => `${currency}/kWh`;

export const truckGroups = (currency: string): readonly NumberGroup[] => [
  {
    title: 'Battery',
    fields: [
      { field: 'capacityKwh', unit: 'kWh' },
      { field: 'minKwh', unit: 'kWh' },
      { field: 'initialKwh', unit: 'kWh' },
      { field: 'finalMinKwh', unit: 'kWh' },
    ],
  },
  {
    title: 'Power',
    fields: [
      { field: 'powerKw', unit: 'kW' },
      { field: 'chargeEfficiency', unit: '0 to 1' },
      { field: 'dischargeEfficiency', unit: '0 to 1' },
      { field: 'degradationPerKwh', unit: perKwh(currency) },
    ],
  },
];

export const gridGroups = (currency: string): readonly NumberGroup[] => [
  {
    title: 'Load and wind',
    fields: [
      { field: 'loadShare', unit: '0 to 1' },
      { field: 'windShare', unit: '0 to 1' },
    ],
  },
  {
    title: 'Import',
    fields: [
      { field: 'importLimitKw', unit: 'kW' },
      { field: 'importFeePerKwh', unit: perKwh(currency) },
      { field: 'importReserveKw', unit: 'kW' },
      { field: 'importReservePerKwh', unit: perKwh(currency) },
    ],
  },
  {
    title: 'Generator',
    fields: [
      { field: 'generatorKw', unit: 'kW' },
      { field: 'generatorPerKwh', unit: perKwh(currency) },
      { field: 'generatorReservePerKwh', unit: perKwh(currency) },
      { field: 'generatorRampKwPerHour', unit: 'kW/h', leftOut: 'any' },
    ],
  },
  {
    title: 'What else costs',
    fields: [
      { field: 'curtailPerKwh', unit: perKwh(currency) },
      { field: 'unservedPerKwh', unit: perKwh(currency) },
      { field: 'dumpPerKwh', unit: perKwh(currency) },
      { field: 'emergencyReservePerKwh', unit: perKwh(currency) },
      { field: 'activityFee', unit: currency },
    ],
  },
];

export const travelFields = (currency: string): readonly NumberSpec[] => [
  { field: 'wagePerHour', unit: `${currency}/h` },
  { field: 'roadPerKm', unit: `${currency}/km` },
  { field: 'energyKwhPerKm', unit: 'kWh/km' },
  { field: 'energyPerKwh', unit: perKwh(currency) },
];

const item = { name: 'Name', id: 'Short name' };
/** By place in the definition, items of a list alike. A name in two parts is that of the field within that of its group. */
const labels = flat({
  trucks: {
    ...item,
    home: 'Begins the day at',
    end: 'Ends it at',
    capacityKwh: 'Capacity',
    minKwh: 'Least energy',
    initialKwh: 'Energy at the start',
    finalMinKwh: 'Energy at the end, at least',
    powerKw: 'Power',
    chargeEfficiency: 'Charging efficiency',
    dischargeEfficiency: 'Discharging efficiency',
    degradationPerKwh: 'Wear',
    energyKwhPerKm: 'Consumption',
  },
  terminals: {
    ...item,
    node: 'Node',
    grid: 'Connected to',
    places: 'Places',
    standingPerHour: 'Standing',
    powerKw: 'Power for own trucks',
    bus: 'Bus of the feeder',
  },
  grids: {
    ...item,
    'series.load-actual': 'Load, as it was',
    'series.load-forecast': 'Load, forecast',
    'series.wind-actual': 'Wind, as it was',
    'series.wind-forecast': 'Wind, forecast',
    loadShare: 'Share of the load',
    windShare: 'Share of the wind',
    importLimitKw: 'Import, at most',
    importFeePerKwh: 'Fee on market price',
    importReserveKw: 'Reserve, at most',
    importReservePerKwh: 'Reserve from import',
    generatorKw: 'Generator power',
    generatorPerKwh: 'Generator energy',
    generatorReservePerKwh: 'Generator reserve',
    generatorRampKwPerHour: 'Ramp',
    curtailPerKwh: 'Curtailed wind',
    unservedPerKwh: 'Unserved load',
    dumpPerKwh: 'Dumped energy',
    emergencyReservePerKwh: 'Emergency reserve',
    activityFee: 'Each slot trucks work',
    rentMenuPerKwh: 'Rents on the menu',
    rentCapPerKwh: 'Rents up to',
    tariff: 'Own trucks',
    'tariff.chargePerKwh': 'Charging',
    'tariff.dischargePerKwh': 'Discharging',
    feeder: 'Feeder',
    'feeder.feederId': 'Imported feeder',
    'feeder.stationBus': 'Bus of the stations',
    'feeder.windBus': 'Bus of the wind',
    'feeder.generatorBus': 'Bus of the generator',
    'feeder.voltageMinPu': 'Lowest voltage',
    'feeder.voltageMaxPu': 'Highest voltage',
  },
  roads: {
    networkId: 'Network driven on',
    peakFlowRatio: 'Traffic of the busiest hour',
    lateShare: 'Longer than forecast by at most',
    hourlyFlow: 'Traffic by hour',
    forbiddenClasses: 'Closed to trucks',
    closedLinks: 'Closed roads',
  },
  travel: {
    wagePerHour: 'Wage',
    roadPerKm: 'Road',
    energyKwhPerKm: 'Consumption',
    energyPerKwh: 'Energy driven',
    energyFrom: 'Energy comes from',
  },
});
const ofAll: Record<string, string> = {
  ...labels,
  trucks: 'Trucks',
  terminals: 'Terminals and stations',
  grids: 'Grids',
  ownership: 'The trucks are',
  siteGrid: 'Grid of the site',
  ties: 'Grids that do not mind choose',
  epsilon: 'Accepted risk ε',
  margin: 'Taken as known of wind errors',
  reserves: 'Reserve is held',
  slotMinutes: 'Length of a slot',
  arrivalConfidence: 'Confidence to arrive in time',
};

function flat(parts: Record<string, Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parts).flatMap(([part, fields]) =>
      Object.entries(fields).map(([field, label]) => [`${part}.${field}`, label]),
    ),
  );
}
const kindOf = (path: string): string => path.replace(/\[\d+\]/g, '');

/** What the field at a path is called: "trucks[1].capacityKwh" → "Capacity"; a path without a field is its own name. */
export const labelAt = (path: string): string => ofAll[kindOf(path)] ?? path;

/**
 * A rule's words with the fields it names called as they are here: "from minKwh (200)" → "from “Least energy” (200)". It names them by
 * their whole path, beside the field it is about, or within it.
 */
export function problemWords(path: string, message: string): string {
  const kind = kindOf(path);
  return message
    .replace(/(?:[a-z]+\.)?[a-z]+[A-Z]\w*/g, (name) => {
      const label = ofAll[name] ?? ofAll[kind.replace(/[^.]+$/, name)] ?? ofAll[`${kind}.${name}`];
      return label === undefined ? name : `“${label}”`;
    })
    .replace(' to be null', ' to be empty');
}

/** Whose field a path names, for a list of what is wrong: "Truck 2, Capacity"; "Traffic by hour no. 3". */
export function placeWords(definition: MobileStoragePayload | null, path: string): string {
  const [, list, index, rest = ''] = /^(trucks|terminals|grids)\[(\d+)\](.*)$/.exec(path) ?? [];
  const number = /\[(\d+)\]$/.exec(list === undefined ? path : rest)?.[1];
  const label = `${labelAt(path)}${number === undefined ? '' : ` no. ${Number(number) + 1}`}`;
  if (list === undefined) return label;
  const { name, id } = definition?.[list as 'trucks' | 'terminals' | 'grids'][Number(index)] ?? { name: '', id: '' };
  const whose = [name, id, `${labelAt(list)} ${Number(index) + 1}`].find((text) => text !== '')!;
  return rest === '' ? whose : `${whose}, ${label}`;
}
