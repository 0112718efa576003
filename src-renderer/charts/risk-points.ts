import { formatQuantity } from '../components/format-number.ts';
import { percentWords, shareWords, type Share } from './share.ts';

export interface RiskPoint {
  size: number;
  /** 'infeasible': no plan exists at this size. */
  state: 'solved' | 'infeasible' | 'failed' | 'cancelled';
  /** Why it is not solved. */
  problem: string;
  totalCost: number;
  anyViolation: Share;
  /** A-priori; NaN where nothing is promised. */
  bound: number;
}

/** What is turned along a curve, and how far. */
export interface RiskScale {
  name: string;
  symbol: string;
  most: number;
  steps: 'continuous' | 'whole';
}

const trimmed = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);

/** "α 2.25", "r 1.9": no more digits than it needs. */
export const sizeWords = (symbol: string, size: number): string => `${symbol} ${trimmed(formatQuantity(size, '', 4))}`;
export const alphaWords = (protection: number): string => sizeWords('α', protection);

/** Sizes closer than this are the same point of a curve. */
export const sameSize = ({ most }: Pick<RiskScale, 'most'>, a: number, b: number): boolean =>
  Math.abs(a - b) <= 1e-6 * Math.max(1e-9, most);

/** Steps of the keys along a scale: an α by quarters and ones, a count by ones and tens, others by fortieths and eighths of the whole. */
export function keySteps({ symbol, most, steps }: RiskScale): { fine: number; coarse: number } {
  if (steps === 'whole') return { fine: 1, coarse: 10 };
  return symbol === 'α' ? { fine: 0.25, coarse: 1 } : { fine: most / 40, coarse: most / 8 };
}

/** Where a key leads along the curve, in multiples of a step from the nearest one, held in [0, most]; null for other keys. */
export function sizeAfterKey(
  key: string,
  { coarse, step }: { coarse: number; step: number },
  chosen: number,
  most: number,
): number | null {
  const target = {
    ArrowLeft: (Math.ceil(chosen / step - 1e-6) - 1) * step,
    ArrowRight: (Math.floor(chosen / step + 1e-6) + 1) * step,
    PageUp: chosen + coarse,
    PageDown: chosen - coarse,
    Home: 0,
    End: most,
  }[key];
  return target === undefined ? null : Math.min(most, Math.max(0, target));
}

/** The chosen size in words: what was measured there, or why there is nothing. */
export function riskReading(
  scale: RiskScale,
  chosen: number,
  points: readonly RiskPoint[],
  missing: readonly number[],
  currency: string,
): string {
  const here = sizeWords(scale.symbol, chosen);
  const point = points.find((candidate) => sameSize(scale, candidate.size, chosen));
  if (point?.state === 'solved') {
    const bound = Number.isFinite(point.bound) ? `bound ${percentWords(point.bound)}; ` : '';
    return `${here}: violation on ${shareWords(point.anyViolation)}; ${bound}worst-case cost ${formatQuantity(point.totalCost, currency)}`;
  }
  if (point) return `${here}: ${point.state === 'infeasible' ? 'no plan exists' : point.state}, ${point.problem}`;
  return `${here}: ${missing.some((size) => sameSize(scale, size, chosen)) ? 'not solved yet' : 'no point of this curve'}`;
}
