/** What the fields of a definition are called on the form, and what is said of them there. */
import type { MobileStoragePayload } from '../../../../src-main/contract/mobile-storage.ts';

export interface NumberSpec {
  field: string;
  label: string;
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
      { field: 'capacityKwh', label: 'Capacity', unit: 'kWh' },
      { field: 'minKwh', label: 'Least energy', unit: 'kWh' },
      { field: 'initialKwh', label: 'First energy', unit: 'kWh' },
      { field: 'finalMinKwh', label: 'Final energy, at least', unit: 'kWh' },
    ],
  },
  {
    title: 'Power',
    fields: [
      { field: 'powerKw', label: 'Power', unit: 'kW' },
      { field: 'chargeEfficiency', label: 'Charging efficiency', unit: '0 to 1' },
      { field: 'dischargeEfficiency', label: 'Discharging efficiency', unit: '0 to 1' },
      { field: 'degradationPerKwh', label: 'Wear', unit: perKwh(currency) },
    ],
  },
];

export const gridGroups = (currency: string): readonly NumberGroup[] => [
  {
    title: 'Share of the series',
    fields: [
      { field: 'loadShare', label: 'Load', unit: '0 to 1' },
      { field: 'windShare', label: 'Wind', unit: '0 to 1' },
    ],
  },
  {
    title: 'Import',
    fields: [
      { field: 'importLimitKw', label: 'At most', unit: 'kW' },
      { field: 'importFeePerKwh', label: 'Fee on the market price', unit: perKwh(currency) },
      { field: 'importReserveKw', label: 'Reserve, at most', unit: 'kW' },
      { field: 'importReservePerKwh', label: 'Reserve', unit: perKwh(currency) },
    ],
  },
  {
    title: 'Generator',
    fields: [
      { field: 'generatorKw', label: 'Power', unit: 'kW' },
      { field: 'generatorPerKwh', label: 'Energy', unit: perKwh(currency) },
      { field: 'generatorReservePerKwh', label: 'Reserve', unit: perKwh(currency) },
      { field: 'generatorRampKwPerHour', label: 'Ramp', unit: 'kW/h', leftOut: 'any' },
    ],
  },
  {
    title: 'What else costs',
    fields: [
      { field: 'curtailPerKwh', label: 'Curtailed wind', unit: perKwh(currency) },
      { field: 'unservedPerKwh', label: 'Unserved load', unit: perKwh(currency) },
      { field: 'dumpPerKwh', label: 'Dumped energy', unit: perKwh(currency) },
      { field: 'emergencyReservePerKwh', label: 'Emergency reserve', unit: perKwh(currency) },
      { field: 'activityFee', label: 'Each slot trucks work', unit: currency },
    ],
  },
];

export const travelFields = (currency: string): readonly NumberSpec[] => [
  { field: 'wagePerHour', label: 'Wage', unit: `${currency}/h` },
  { field: 'roadPerKm', label: 'Road', unit: `${currency}/km` },
  { field: 'energyKwhPerKm', label: 'Consumption', unit: 'kWh/km' },
  { field: 'energyPerKwh', label: 'Energy driven', unit: perKwh(currency) },
];

/** Other names a rule may speak of: those of fields above come with them. */
const further: Record<string, string> = {
  rentCapPerKwh: 'Rents up to',
  rentMenuPerKwh: 'Rents on the menu',
  chargePerKwh: 'Charging',
  dischargePerKwh: 'Discharging',
  siteGrid: 'Grid of the site',
  stationBus: 'Bus of the stations',
};

const labels: Record<string, string> = {
  ...Object.fromEntries(
    [...truckGroups(''), ...gridGroups('')].flatMap(({ fields }) => fields).map(({ field, label }) => [field, label]),
  ),
  'travel.energyKwhPerKm': 'Consumption',
  energyKwhPerKm: 'Consumption',
  ...further,
};

/** A rule's words with the fields it names called as they are here: "from minKwh (200)" → "from “Least energy” (200)". */
export function problemWords(message: string): string {
  return message.replace(/(?:travel\.)?[a-z]+[A-Z]\w*/g, (name) => (labels[name] ? `“${labels[name]}”` : name));
}

/** Whose field a path names, for a list of what is wrong: "Truck 2, capacity". */
export function placeWords(definition: MobileStoragePayload | null, path: string): string {
  const [, list, index, rest = ''] = /^(\w+)\[(\d+)\]\.?(.*)$/.exec(path) ?? [];
  if (list === undefined) return path;
  const items = (definition as unknown as Record<string, { name?: string }[]> | null)?.[list];
  const name = items?.[Number(index)]?.name ?? `${list} ${Number(index) + 1}`;
  return rest === '' ? name : `${name}, ${labels[rest] ?? rest}`;
}
