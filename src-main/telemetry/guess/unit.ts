/** Units as column names write them. */
import { currencies } from '../units.ts';
import type { FileUnit, SeriesKind } from '../types.ts';

const words = (header: string): string[] =>
  header
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/k Wh|K WH/g, 'kWh')
    .toLowerCase()
    .split(/[^a-z€$£]+/);

/** The unit a value column's name states; null when it states none. Energy columns hold energy per interval. */
export function unitInHeader(header: string, kind: SeriesKind): FileUnit | null {
  const found = words(header);
  const has = (...names: string[]): boolean => names.some((name) => found.includes(name));
  if (kind === 'price') {
    const currency = currencies.find((name) =>
      has(name.toLowerCase(), { EUR: '€', USD: '$', GBP: '£', CHF: 'sfr' }[name]),
    );
    if (!currency) return null;
    return has('kwh') ? `${currency}/kWh` : has('mwh') ? `${currency}/MWh` : null;
  }
  if (has('mwh')) return 'MWh-per-interval';
  if (has('kwh')) return 'kWh-per-interval';
  if (has('gw')) return 'GW';
  if (has('mw', 'megawatt')) return 'MW';
  if (has('kw')) return 'kW';
  return has('w', 'watt') ? 'W' : null;
}

/** kWh or Wh as an energy column's name states; null when it states neither. */
export function energyUnitInHeader(header: string): 'kWh' | 'Wh' | null {
  if (/kwh/i.test(header)) return 'kWh';
  return words(header).includes('wh') ? 'Wh' : null;
}
