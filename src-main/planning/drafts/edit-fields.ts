/** Which numbers of a problem can be edited, device by device, with unit, allowed range and what holds now. */
import type { Ev, GasUnit, StorageUnit, V2gProblem } from '../../models/v2g/problem.ts';
import type { EditField } from './plan-edit.ts';

export type EditUnit = 'kW' | 'kWh' | 'share' | 'components' | 'none';

export interface EditableField {
  field: EditField;
  label: string;
  unit: EditUnit;
  /** Allowed values; `most` null: any from `least` up. Both 0 where the field takes no value. */
  least: number;
  most: number | null;
  /** The device's own number, without what-if values of single slots; null where there is none. */
  own: number | null;
  /** Holds for the slots of a range; else for the whole day. */
  ranged: 'slots' | 'day';
}

export interface EditableResource {
  kind: 'gas' | 'wind' | 'storage' | 'aggregator' | 'grid' | 'reserve' | 'protection';
  /** Null for what the site has once. */
  id: string | null;
  name: string;
  fields: EditableField[];
}

export function editableResources(problem: V2gProblem): EditableResource[] {
  return [
    ...problem.gas.map(gasResource),
    ...problem.aggregators.map(({ id, name }, index) =>
      aggregatorResource(
        id,
        name,
        problem.evs.filter((ev) => ev.aggregator === index),
      ),
    ),
    ...problem.wind.map(({ id, name, availableKw }): EditableResource => {
      const most = Math.max(0, ...availableKw);
      return {
        kind: 'wind',
        id,
        name,
        fields: [
          field('wind.maxKw', 'Greatest output', 'kW', [0, most], null),
          field('wind.pinKw', 'Output held at', 'kW', [0, most], null),
        ],
      };
    }),
    ...problem.storage.map(storageResource),
    ...gridResource(problem),
    ...siteReserve(problem),
    ...protectionOf(problem),
  ];
}

const field = (
  name: EditField,
  label: string,
  unit: EditUnit,
  [least, most]: [number, number | null],
  own: number | null,
): EditableField => ({ field: name, label, unit, least, most, own, ranged: 'slots' });

function gasResource(unit: GasUnit): EditableResource {
  // A unit that cannot be switched off runs from its minimum up, or is out of service.
  const least = unit.commitment === 'always-on' ? unit.minKw : 0;
  return {
    kind: 'gas',
    id: unit.id,
    name: unit.name,
    fields: [
      field('gas.maxKw', 'Greatest output', 'kW', [least, unit.maxKw], unit.maxKw),
      field('gas.minKw', 'Least output', 'kW', [unit.minKw, unit.maxKw], least === 0 ? null : least),
      field('gas.pinKw', 'Output held at', 'kW', [least, unit.maxKw], null),
      field('gas.outOfService', 'Out of service', 'none', [0, 0], null),
    ],
  };
}

function storageResource(unit: StorageUnit): EditableResource {
  return {
    kind: 'storage',
    id: unit.id,
    name: unit.name,
    fields: [
      field('storage.chargeKw', 'Charging limit', 'kW', [0, unit.chargeKw], unit.chargeKw),
      field('storage.dischargeKw', 'Discharging limit', 'kW', [0, unit.dischargeKw], unit.dischargeKw),
      field('storage.minKwh', 'Least energy', 'kWh', [unit.minKwh, unit.maxKwh], unit.minKwh),
      field('storage.maxKwh', 'Most energy', 'kWh', [unit.minKwh, unit.maxKwh], unit.maxKwh),
      field('storage.pinKw', 'Power held at (discharge positive)', 'kW', [-unit.chargeKw, unit.dischargeKw], null),
    ],
  };
}

function aggregatorResource(id: string, name: string, evs: readonly Ev[]): EditableResource {
  const total = (of: (ev: Ev) => number): number => evs.reduce((sum, ev) => sum + of(ev), 0);
  const capacityKwh = total((ev) => ev.capacityKwh);
  const share = (of: (ev: Ev) => number): number => (capacityKwh > 0 ? total(of) / capacityKwh : 0);
  const mostShare = Math.min(1, ...evs.map((ev) => (ev.capacityKwh > 0 ? ev.maxKwh / ev.capacityKwh : 1)));
  return {
    kind: 'aggregator',
    id,
    name,
    fields: [
      field('aggregator.chargeKw', 'Charging limit, all cars', 'kW', [0, total((ev) => ev.chargeKw)], null),
      field('aggregator.dischargeKw', 'Discharging limit, all cars', 'kW', [0, total((ev) => ev.dischargeKw)], null),
      field(
        'aggregator.departureShare',
        'Charge at departure',
        'share',
        [0, mostShare],
        share((ev) => ev.requiredKwh),
      ),
      field('aggregator.departureKwh', 'Energy at departure, all cars', 'kWh', [0, mostShare * capacityKwh], null),
    ],
  };
}

function gridResource({ grid }: V2gProblem): EditableResource[] {
  if (!grid) return [];
  return [
    {
      kind: 'grid',
      id: null,
      name: 'Grid connection',
      fields: [
        field('grid.importKw', 'Import limit', 'kW', [0, null], grid.importLimitKw),
        field('grid.exportKw', 'Export limit', 'kW', [0, null], grid.exportLimitKw),
      ],
    },
  ];
}

/** Where control areas hold the reserve nothing of the site as a whole is asked. */
function siteReserve({ reserve, services }: V2gProblem): EditableResource[] {
  if (services?.reserve) return [];
  const share = field('reserve.share', 'Share of the load held', 'share', [0, 1], reserve.shareOfLoad);
  return [{ kind: 'reserve', id: null, name: 'Reserve', fields: [share] }];
}

/** A set of whole days has a size of its own and is fitted with it. */
function protectionOf({ uncertainty: { components, protection, set } }: V2gProblem): EditableResource[] {
  if (set && set.kind !== 'budget') return [];
  const most = field(
    'protection',
    'Components that may deviate at once',
    'components',
    [0, components.length],
    protection,
  );
  return [{ kind: 'protection', id: null, name: 'Protection α', fields: [{ ...most, ranged: 'day' }] }];
}

/** The field an edit speaks of and the device it belongs to; null when the problem has no such. */
export function findEditable(
  resources: readonly EditableResource[],
  field: EditField,
  id: string | null,
): { resource: EditableResource; field: EditableField } | null {
  for (const resource of resources) {
    const found = resource.id === id ? resource.fields.find((candidate) => candidate.field === field) : undefined;
    if (found) return { resource, field: found };
  }
  return null;
}
