import type { RowQuestion } from './ambiguity.ts';
import { rootLog } from './root-log.ts';

/**
 * Worst law with Σ p_j ln(p_j / q_j) ≤ radius: p_j ∝ q_j e^{−(v_j − v_min)/λ}, with λ > 0 where the divergence meets the radius
 * (Nilim and El Ghaoui 2005). All mass on the lowest seen value is reached when −ln of its mass is within the radius.
 *
 * Writes the law [state].
 */
export function entropyLaw({ nominal, values, order }: RowQuestion, radius: number, law: Float64Array): void {
  const lowest = lowestSeen(nominal, values, order);
  let massAtLowest = 0;
  let spread = 0;
  for (let state = 0; state < law.length; state++) {
    law[state] = nominal[state]!;
    if (nominal[state]! === 0) continue;
    if (values[state]! === lowest) massAtLowest += nominal[state]!;
    spread = Math.max(spread, values[state]! - lowest);
  }
  if (radius <= 0 || spread === 0) return;
  if (-Math.log(massAtLowest) <= radius) {
    for (let state = 0; state < law.length; state++)
      law[state] = values[state]! === lowest ? nominal[state]! / massAtLowest : 0;
    return;
  }
  /** Tilts the row at temperature λ and returns its divergence from q; falls as λ rises. */
  const tilt = (temperature: number): number => {
    let mass = 0;
    let mean = 0;
    for (let state = 0; state < law.length; state++) {
      const over = (values[state]! - lowest) / temperature;
      const weight = nominal[state]! === 0 ? 0 : nominal[state]! * Math.exp(-over);
      law[state] = weight;
      mass += weight;
      if (weight > 0) mean += weight * over;
    }
    for (let state = 0; state < law.length; state++) law[state]! /= mass;
    return -mean / mass - Math.log(mass);
  };
  rootLog((temperature) => radius - tilt(temperature), spread);
}

function lowestSeen(nominal: ArrayLike<number>, values: ArrayLike<number>, order: ArrayLike<number>): number {
  for (let rank = 0; rank < order.length; rank++) if (nominal[order[rank]!]! > 0) return values[order[rank]!]!;
  return values[order[0]!]!;
}
