/** What a tariff does to a day: the answer of every owner, and the accounts of owners and utility side by side. */
import type { Ev } from '../v2g/problem.ts';
import { respond } from './respond.ts';
import { makeTariff, type Tariff, type TariffGround, type TariffKind } from './tariff.ts';

export interface UtilityCosts {
  /** What a kW of the day's highest demand costs the utility, in the site's currency. */
  peakPerKw: number;
}

export interface TariffOutcome {
  tariff: Tariff;
  strength: number;
  /** All cars [slot]. */
  carsKw: number[];
  /** What owners pay, less what they are paid. */
  bills: number;
  /** Of that, incentives paid out. */
  paid: number;
  /** What the cars' energy costs the utility, and what the whole demand's peak costs it. */
  energyCost: number;
  peakCost: number;
  /** Energy, peak and incentives less what owners pay for energy: what the day costs the utility. */
  utilityCost: number;
  peakKw: number;
  /** Charged in other slots than when charging at once. */
  shiftedKwh: number;
  /** Owners whose bill is higher than under the flat tariff, in cars. */
  carsWorseOff: number;
}

/** Strengths tried for each kind: ratios of prices, of the payment to the price, of the swing passed on. */
export const strengths: Readonly<Record<TariffKind, readonly number[]>> = {
  flat: [1],
  'time-of-use': [1.25, 1.5, 2, 3, 4],
  'critical-peak': [1.5, 2, 3, 5, 8],
  'real-time': [0.25, 0.5, 1, 1.5],
  incentive: [0.1, 0.2, 0.3, 0.5, 0.8],
};

/** Of each kind the strength that costs the utility least; the flat tariff first. */
export function bestTariffs(evs: readonly Ev[], ground: TariffGround, costs: UtilityCosts): TariffOutcome[] {
  return (Object.keys(strengths) as TariffKind[]).map((kind) =>
    strengths[kind]
      .map((strength) => tryTariff(evs, makeTariff(kind, strength, ground), strength, ground, costs))
      .reduce((best, one) => (one.utilityCost < best.utilityCost - 1e-9 ? one : best)),
  );
}

export function tryTariff(
  evs: readonly Ev[],
  tariff: Tariff,
  strength: number,
  ground: TariffGround,
  { peakPerKw }: UtilityCosts,
): TariffOutcome {
  const { slotHours, loadKw, wholesalePerKwh, atOnceKw, flatPerKwh } = ground;
  const carsKw = new Array<number>(loadKw.length).fill(0);
  let bills = 0;
  let paid = 0;
  let carsWorseOff = 0;
  for (const ev of evs) {
    const answer = respond(ev, tariff, slotHours);
    let energyKwh = 0;
    answer.chargeKw.forEach((kw, slot) => {
      carsKw[slot]! += kw;
      energyKwh += kw * slotHours;
    });
    bills += answer.bill;
    paid += answer.paid;
    if (answer.bill > energyKwh * flatPerKwh + 1e-9) carsWorseOff += ev.cars;
  }
  const total = (values: (slot: number) => number): number =>
    loadKw.reduce((sum, _, slot) => sum + values(slot) * slotHours, 0);
  const energyCost = total((slot) => carsKw[slot]! * wholesalePerKwh[slot]!);
  const peakKw = Math.max(...loadKw.map((kw, slot) => kw + carsKw[slot]!));
  const peakCost = peakPerKw * peakKw;
  return {
    tariff,
    strength,
    carsKw,
    bills,
    paid,
    energyCost,
    peakCost,
    utilityCost: energyCost + peakCost - bills,
    peakKw,
    shiftedKwh: total((slot) => Math.max(0, atOnceKw[slot]! - carsKw[slot]!)),
    carsWorseOff,
  };
}
