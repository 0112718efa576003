/** What the map's layers show at the terminals and on the roads. */
import type { RoadsGeometryPayload } from '../../../src-main/contract/roads.ts';
import type { SmsTrafficPayload } from '../../../src-main/contract/sms.ts';
import { formatQuantity } from '../../components/format-number.ts';
import type { RoutedDay } from './routed-day.ts';

export type MapLayer = 'price' | 'surplus' | 'congestion';
export const mapLayers = (whose: RoutedDay['whose']): readonly { value: MapLayer; label: string }[] => [
  { value: 'price', label: whose === 'rented' ? 'Rent' : 'Price' },
  { value: 'surplus', label: 'Wind' },
  { value: 'congestion', label: 'Traffic' },
];

export interface Shade {
  /** 0 … 4 */
  level: number;
  words: string;
}

/** One per terminal. */
export function placeShades(plan: RoutedDay, layer: MapLayer, slot: number): Shade[] {
  const prices = plan.grids.flatMap(({ rentMenuPerKwh, rentCapPerKwh, pricePerKwh }) => [
    ...rentMenuPerKwh,
    rentCapPerKwh ?? 0,
    ...pricePerKwh,
  ]);
  const highest = Math.max(...prices, 1e-9);
  const mostSurplus = Math.max(...plan.grids.flatMap(({ surplusKw }) => [...(surplusKw ?? [])]), 1e-9);
  return plan.terminals.map(({ grid: index }) => {
    const grid = index === null ? undefined : plan.grids[index];
    if (grid === undefined) return { level: 0, words: 'depot' };
    if (layer === 'price') {
      const price = grid.pricePerKwh[slot]!;
      return { level: Math.max(0, Math.round((4 * price) / highest)), words: rentWords(price, plan.currency) };
    }
    if (layer === 'surplus') {
      const surplus = grid.surplusKw?.[slot];
      if (surplus === undefined) return { level: 0, words: 'no forecast' };
      const level = surplus <= 0 ? 0 : Math.max(1, Math.round((4 * surplus) / mostSurplus));
      return { level, words: surplus <= 0 ? 'no surplus' : `${formatQuantity(surplus, 'kW', 3)} surplus` };
    }
    return { level: 0, words: '' };
  });
}

/** The longest words under each name over the whole day: room is kept for them, so that names stand still. */
export function longestWords(plan: RoutedDay, layer: MapLayer): string[] {
  const bySlot = Array.from({ length: plan.horizon.slots }, (_, slot) => placeShades(plan, layer, slot));
  return plan.terminals.map((_, index) =>
    bySlot.reduce((longest, shades) => {
      const { words } = shades[index]!;
      return words.length > longest.length ? words : longest;
    }, ''),
  );
}

export const rentWords = (rent: number, currency: string): string => formatQuantity(rent, `${currency}/kWh`, 3);

/** How much longer a road takes, in steps: below 2 %, 10 %, 30 %, and above. */
export const congestionSteps = [0.02, 0.1, 0.3] as const;

/** Step of a link at a minute of the day, 0 … 3. */
export function congestionAt(
  { periods, linkMinutes }: SmsTrafficPayload,
  { freeFlowMinutes }: Pick<RoadsGeometryPayload, 'freeFlowMinutes'>,
  hour: number,
): (link: number) => number {
  return (link) => {
    const free = freeFlowMinutes[link]!;
    const longer = free > 0 ? linkMinutes[link * periods + hour]! / free - 1 : 0;
    return congestionSteps.filter((step) => longer >= step).length;
  };
}

export const periodAt = (minute: number, periods: number): number => Math.floor((minute / 1440) * periods) % periods;
