/** From the units of files to the canonical units of the store. */
import { Refusal } from '../base/errors.ts';
import type { FileUnit, SeriesKind, SeriesUnit } from './types.ts';

export const powerUnits: readonly FileUnit[] = ['W', 'kW', 'MW', 'GW', 'kWh-per-interval', 'MWh-per-interval'];
export const currencies = ['EUR', 'USD', 'GBP', 'CHF'] as const;
export const priceUnits: readonly FileUnit[] = currencies.flatMap((currency): FileUnit[] => [
  `${currency}/MWh`,
  `${currency}/kWh`,
]);

export interface UnitConversion {
  unit: SeriesUnit;
  /** Canonical value = file value × factor. */
  factor: number;
}

/** Energy per interval becomes mean power: MWh per quarter hour × 4 = MW. @throws Refusal `bad-request` for a unit the kind cannot have. */
export function convertUnit(kind: SeriesKind, unit: string, stepMinutes: number): UnitConversion {
  const perHour = 60 / stepMinutes;
  const power: Record<string, number> = {
    W: 1e-6,
    kW: 1e-3,
    MW: 1,
    GW: 1e3,
    'kWh-per-interval': perHour * 1e-3,
    'MWh-per-interval': perHour,
  };
  if (kind !== 'price' && power[unit] !== undefined) return { unit: 'MW', factor: power[unit] };
  const [currency, energy] = unit.split('/');
  const known = currencies.find((name) => name === currency);
  if (kind === 'price' && known && (energy === 'MWh' || energy === 'kWh'))
    return { unit: `${known}/MWh`, factor: energy === 'kWh' ? 1000 : 1 };
  throw new Refusal('bad-request', { call: 'telemetry.import', problem: `a ${kind} series cannot be in "${unit}"` });
}
