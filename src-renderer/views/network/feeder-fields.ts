/** The fields of a feeder's reading as the form shows them. */
import type { FeederMappingPayload, FeederRole } from '../../../src-main/contract/feeders.ts';

type Tables = Extract<FeederMappingPayload, { format: 'csv' }>;
interface Choice {
  value: string;
  label: string;
}
const named = (names: Record<string, string>): Choice[] =>
  Object.entries(names).map(([value, label]) => ({ value, label }));

export const roleNames: Record<FeederRole, string> = {
  case: 'MATPOWER case',
  buses: 'Table of buses',
  branches: 'Table of branches',
  coordinates: 'Places of buses',
};
export const busFields: readonly [keyof Tables['buses'], string][] = [
  ['id', 'Bus'],
  ['type', 'Type (3: substation)'],
  ['load', 'Load'],
  ['reactive', 'Reactive load'],
  ['capacitor', 'Capacitor, at 1 pu'],
  ['baseKv', 'Base voltage, kV'],
  ['voltageMin', 'Lowest voltage, pu'],
  ['voltageMax', 'Highest voltage, pu'],
  ['x', 'Place, x'],
  ['y', 'Place, y'],
];
export const branchFields: readonly [keyof Tables['branches'], string][] = [
  ['from', 'From bus'],
  ['to', 'To bus'],
  ['resistance', 'Resistance'],
  ['reactance', 'Reactance'],
  ['limit', 'Limit, MVA'],
  ['status', 'Status (0: open)'],
];
export const loadUnits = named({ kW: 'kW and kvar', MW: 'MW and Mvar' });
export const impedanceUnits = named({ ohm: 'Ω', pu: 'per unit' });
export const delimiters = named({ ',': 'comma', ';': 'semicolon', '\t': 'tab' });
export const decimalMarks = named({ '.': 'point 1234.5', ',': 'comma 1234,5' });
