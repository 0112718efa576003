/**
 * How far the true mean and second moment may lie from those of N days, in variances of the sample:
 *
 *   γ₁ ≥ (E X − μ̂)² / σ̂²,   γ₂ ≥ E (X − μ̂)² / σ̂²      together with the stated confidence
 *
 * by drawing the days again with replacement: the sample stands for the truth, each draw for an estimate of it, and each γ is the
 * quantile at (1 + confidence)/2 of what was drawn. Delage and Ye's own constants hold for every bounded law and are far larger. Days
 * are taken as independent. Source: Efron 1979; the role of γ₁, γ₂ Delage and Ye 2010.
 */
import { Refusal } from '../base/errors.ts';
import { seededRandom } from '../base/random.ts';
import { mean, quantileSorted } from '../base/statistics.ts';

export interface DoubtWish {
  /** In (0, 1). */
  confidence: number;
  seed: number;
  /** Draws of N days. */
  draws: number;
}

export interface MomentDoubt {
  /** γ₁ */
  meanDoubt: number;
  /** γ₂, at least 1 and γ₁. */
  spreadDoubt: number;
}

/** @throws Refusal `out-of-range` for a confidence outside (0, 1) or fewer than two different samples. */
export function momentDoubt(samples: readonly number[], { confidence, seed, draws }: DoubtWish): MomentDoubt {
  if (!(confidence > 0 && confidence < 1))
    throw new Refusal('out-of-range', { what: 'The confidence', value: confidence, range: 'above 0 and below 1' });
  const distinct = new Set(samples).size;
  if (distinct < 2)
    throw new Refusal('out-of-range', { what: 'The number of different samples', value: distinct, range: '2 or more' });
  const random = seededRandom(seed);
  const count = samples.length;
  const centre = mean(samples);
  const secondMoment = samples.reduce((sum, value) => sum + value * value, 0) / count;
  const meanErrors: number[] = [];
  const spreads: number[] = [];
  for (let draw = 0; draw < draws; draw++) {
    let sum = 0;
    let squares = 0;
    for (let day = 0; day < count; day++) {
      const value = samples[random.integer(count)]!;
      sum += value;
      squares += value * value;
    }
    const drawn = sum / count;
    const variance = (squares - count * drawn * drawn) / (count - 1);
    // All days the same: no estimate of a spread could be made from such a draw.
    if (!(variance > 1e-12 * secondMoment)) continue;
    meanErrors.push((centre - drawn) ** 2 / variance);
    spreads.push((secondMoment - 2 * drawn * centre + drawn * drawn) / variance);
  }
  const level = (1 + confidence) / 2;
  const quantile = (values: number[]): number => quantileSorted(Float64Array.from(values).sort(), level);
  const meanDoubt = quantile(meanErrors);
  return { meanDoubt, spreadDoubt: Math.max(1, meanDoubt, quantile(spreads)) };
}
