/** Words of the market screen. */
import type { AmbiguityKindPayload, MarketPayload } from '../../../src-main/contract/market.ts';
import type { TariffTrialPayload } from '../../../src-main/contract/tariffs.ts';
import type { PlantBidsPayload } from '../../../src-main/contract/vpp.ts';
import { formatNumber, formatQuantity } from '../../components/format-number.ts';

export const kindNames: Record<AmbiguityKindPayload, string> = {
  nominal: 'None',
  scenario: 'Scenario',
  interval: 'Interval',
  l1: 'L1 distance',
  likelihood: 'Likelihood',
  entropy: 'Entropy',
  ellipsoid: 'Ellipsoid',
};

export const tariffNames: Record<TariffTrialPayload['outcomes'][number]['kind'], string> = {
  flat: 'Flat price',
  'time-of-use': 'Time of use',
  'critical-peak': 'Critical peak',
  'real-time': 'Real-time price',
  incentive: 'Incentive',
};

export interface Act {
  glyph: string;
  letter: string;
  word: string;
}

export function actOf(kwh: number): Act {
  if (kwh > 1e-9) return { glyph: '▲', letter: 'B', word: 'buy' };
  if (kwh < -1e-9) return { glyph: '▼', letter: 'S', word: 'sell' };
  return { glyph: '–', letter: 'H', word: 'hold' };
}

/** Prices of a state: "below 42.1", "42.1 to 88", "88 and above". */
export function bandText({ edges, states }: MarketPayload, slot: number, state: number): string {
  const ends = edges[slot]!;
  const price = (at: number): string => formatNumber(ends[at], 3);
  if (state === 0) return `below ${price(0)}`;
  return state === states - 1 ? `${price(state - 1)} and above` : `${price(state - 1)} to ${price(state)}`;
}

/** What the policy does at a slot and state with the energy it expects to hold. */
export function expectedAct(plan: MarketPayload, energyKwh: Float64Array, slot: number, state: number): number {
  const { levels } = plan.battery;
  return energyKwh[(slot * plan.states + state) * levels + plan.expectedLevel[slot]!]!;
}

export const chanceText = (share: number): string =>
  share < 0.001 ? 'below 0.1 %' : formatQuantity(100 * share, '%', 3);

/** Slot in which most is bought or sold at some price; the first of equal ones. */
export function largestBid({ bids }: MarketPayload): number {
  const sizes = bids.quantityKwh.map((curve) => Math.max(...curve.map(Math.abs)));
  return sizes.indexOf(Math.max(...sizes));
}

/** The steps of an hour's curve by rising price, in words: "from 64.8 EUR/MWh sell 121 kWh"; the first holds at any price. */
export function curveSteps(
  { curves, currency }: PlantBidsPayload,
  hour: number,
): { perMwh: number; netKwh: number; words: string }[] {
  return curves[hour]!.map(({ pricePerKwh, netKwh }, step) => {
    const from = step === 0 ? 'at any price' : `from ${formatQuantity(1000 * pricePerKwh, `${currency}/MWh`, 3)}`;
    const { word } = actOf(-netKwh);
    const what = Math.abs(netKwh) < 0.5 ? 'nothing' : `${word} ${formatQuantity(Math.abs(netKwh), 'kWh', 3)}`;
    return { perMwh: 1000 * pricePerKwh, netKwh, words: `${from} ${what}` };
  });
}
