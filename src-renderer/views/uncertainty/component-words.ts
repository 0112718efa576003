/** How a component of the set is drawn and spoken of. */
import type { ComponentPayload } from '../../../src-main/contract/uncertainty.ts';

type Kind = ComponentPayload['kind'];

export const meaningOf = (kind: Kind): 'ev' | 'load' | 'wind' => (kind === 'aggregator' ? 'ev' : kind);
export const kindWords: Record<Kind, string> = { aggregator: 'EV charging', load: 'load', wind: 'wind' };

export const originWords: Record<ComponentPayload['forecast']['origin'], string> = {
  imported: 'Published forecast, imported',
  'built-in': 'Own forecast from history',
  sessions: 'Own forecast from charging sessions',
};

/** 1 − RMSE / naive RMSE: the share of the naive forecast's error that is gone; NaN where either is not measured. */
export const skill = (rmseKw: number, naiveKw: number): number => (naiveKw > 0 ? 1 - rmseKw / naiveKw : NaN);

/** What the coverage verdict means; `level` as of an exception, null when there is nothing to decide or note. */
export function verdictWords(coverage: ComponentPayload['coverage']): { word: string; level: 1 | 3 | null } {
  if (coverage.verdict === 'too-few') return { word: 'too few days', level: null };
  if (coverage.verdict === 'agrees') return { word: 'agrees', level: null };
  // Too wide a set costs money; too narrow a one breaks its promise and must be fixed.
  return coverage.pooled.share < coverage.nominal ? { word: 'below', level: 1 } : { word: 'above', level: 3 };
}
