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

export type PlanEdit = DeviceEdit | OutageEdit | SiteEdit | ProtectionEdit;
export type EditField = PlanEdit['field'];

export const idOf = (edit: PlanEdit): string | null => ('id' in edit ? edit.id : null);

/** The whole day where an edit has no slots of its own. */
export const rangeOf = (edit: PlanEdit, slots: number): SlotRange =>
  'fromSlot' in edit ? { fromSlot: edit.fromSlot, toSlot: edit.toSlot } : { fromSlot: 0, toSlot: slots - 1 };
