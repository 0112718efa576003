import { formatQuantity } from '../components/format-number.ts';
import { percentWords, shareWords, type Share } from './share.ts';

export interface RiskPoint {
  protection: number;
  state: 'solved' | 'failed' | 'cancelled';
  /** Why it is not solved. */
  problem: string;
  totalCost: number;
  anyViolation: Share;
  boundExponential: number;
  boundBinomial: number;
}

/** "α 2.25": protections are steps of a quarter or parts of the whole, so no more digits than they need. */
export const alphaWords = (protection: number): string => {
  const text = formatQuantity(protection, '', 4);
  return `α ${text.includes('.') ? text.replace(/\.?0+$/, '') : text}`;
};

/** Where a key leads along the curve, in multiples of `step` from the nearest one, held in [0, components]; null for other keys. */
export function protectionAfterKey(key: string, step: number, chosen: number, components: number): number | null {
  const target = {
    ArrowLeft: (Math.ceil(chosen / step - 1e-9) - 1) * step,
    ArrowRight: (Math.floor(chosen / step + 1e-9) + 1) * step,
    PageUp: chosen + 1,
    PageDown: chosen - 1,
    Home: 0,
    End: components,
  }[key];
  return target === undefined ? null : Math.min(components, Math.max(0, target));
}

/** The chosen protection in words: what was measured there, or why there is nothing. */
export function riskReading(
  chosen: number,
  points: readonly RiskPoint[],
  missing: readonly number[],
  currency: string,
): string {
  const same = (protection: number) => Math.abs(protection - chosen) < 1e-9;
  const point = points.find((candidate) => same(candidate.protection));
  if (point?.state === 'solved')
    return (
      `${alphaWords(chosen)}: violation on ${shareWords(point.anyViolation)}; bound ${percentWords(point.boundBinomial)}; ` +
      `worst-case cost ${formatQuantity(point.totalCost, currency)}`
    );
  if (point) return `${alphaWords(chosen)}: ${point.state}, ${point.problem}`;
  return `${alphaWords(chosen)}: ${missing.some(same) ? 'not solved yet' : 'no point of this curve'}`;
}
