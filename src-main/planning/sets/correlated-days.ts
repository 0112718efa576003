/**
 * Drawn days of deviations that move together: across components and from slot to slot, as real forecast errors do.
 *
 *   ξ_{j,t} = s_{j,t} (√ρ z_t + √(1−ρ) y_{j,t}),   z and y_j independent standard normal AR(1) series with lag-one correlation φ
 *
 * Each ξ_{j,t} has standard deviation s_{j,t}; two components of one slot have correlation ρ. Symbols: ρ → `betweenComponents`, φ → `betweenSlots`,
 * s → `sdKw` [component][slot].
 */
import { seededRandom, type Random } from '../../base/random.ts';
import type { DeviationDay } from '../../verify/types.ts';

export interface Correlation {
  betweenComponents: number;
  betweenSlots: number;
}

export function correlatedDays(
  sdKw: readonly (readonly number[])[],
  { betweenComponents, betweenSlots }: Correlation,
  { days, seed }: { days: number; seed: number },
): DeviationDay[] {
  const random = seededRandom(seed);
  const slots = sdKw[0]?.length ?? 0;
  const common = Math.sqrt(betweenComponents);
  const own = Math.sqrt(1 - betweenComponents);
  return Array.from({ length: days }, (_, day) => {
    const shared = series(random, slots, betweenSlots);
    const deviationKw = sdKw.map((row) => {
      const apart = series(random, slots, betweenSlots);
      return row.map((sd, slot) => sd * (common * shared[slot]! + own * apart[slot]!));
    });
    return { label: `draw ${day + 1}`, deviationKw };
  });
}

function series(random: Random, slots: number, lagOne: number): Float64Array {
  const values = new Float64Array(slots);
  const fresh = Math.sqrt(1 - lagOne ** 2);
  for (let slot = 0; slot < slots; slot++)
    values[slot] = slot === 0 ? random.normal() : lagOne * values[slot - 1]! + fresh * random.normal();
  return values;
}
