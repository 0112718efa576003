/**
 * What an operator may change for a what-if, in domain words and as plain data. Slots fromSlot … toSlot, both included. Units are in the
 * names of the fields: kW, kWh, a share of 1, components.
 */
export interface SlotRange {
  fromSlot: number;
  toSlot: number;
}

/** A number of one device or aggregator, by its id. */
export interface DeviceEdit extends SlotRange {
  field:
    | 'gas.maxKw'
    | 'gas.minKw'
    | 'gas.pinKw'
    | 'wind.maxKw'
    | 'wind.pinKw'
    | 'storage.chargeKw'
    | 'storage.dischargeKw'
    | 'storage.minKwh'
    | 'storage.maxKwh'
    | 'storage.pinKw'
    | 'aggregator.chargeKw'
    | 'aggregator.dischargeKw'
    /** Of cars that leave at the end of a slot of the range: energy as a share of their capacity, or in kWh together. */
    | 'aggregator.departureShare'
    | 'aggregator.departureKwh';
  id: string;
  value: number;
}

export interface OutageEdit extends SlotRange {
  field: 'gas.outOfService';
  id: string;
}

/** A number of the site as a whole. */
export interface SiteEdit extends SlotRange {
  field: 'grid.importKw' | 'grid.exportKw' | 'reserve.share';
  value: number;
}

/** α holds for the whole day. */
export interface ProtectionEdit {
  field: 'protection';
  value: number;
}

/** A number of the problem, or a device taken out of service. */
export type NumberEdit = DeviceEdit | OutageEdit | SiteEdit | ProtectionEdit;
export type EditField = NumberEdit['field'];

/** Of the routes of own trucks, which move in whole steps. Ids of trucks, places and grids are those of mobile storage. */
export type RouteEdit =
  /** The truck spends these slots at the place. */
  | ({ field: 'truck.pin'; id: string; place: string } & SlotRange)
  /** No truck (or not this one) stands at the place in these slots. */
  | ({ field: 'truck.keepAway'; id: string | null; place: string } & SlotRange)
  /** The truck stays where its day begins and does not work. */
  | { field: 'truck.outOfService'; id: string }
  /** In these slots the truck is connected to no other grid. */
  | ({ field: 'truck.reserve'; id: string; grid: string } & SlotRange)
  /** No truck takes the links from node to node. */
  | { field: 'roads.close'; links: { from: string; to: string }[] };

export type PlanEdit = NumberEdit | RouteEdit;

export const isRouteEdit = (edit: PlanEdit): edit is RouteEdit =>
  edit.field.startsWith('truck.') || edit.field === 'roads.close';
export const isNumberEdit = (edit: PlanEdit): edit is NumberEdit => !isRouteEdit(edit);

export const idOf = (edit: NumberEdit): string | null => ('id' in edit ? edit.id : null);

/** The whole day where an edit has no slots of its own. */
export const rangeOf = (edit: NumberEdit, slots: number): SlotRange =>
  'fromSlot' in edit ? { fromSlot: edit.fromSlot, toSlot: edit.toSlot } : { fromSlot: 0, toSlot: slots - 1 };
