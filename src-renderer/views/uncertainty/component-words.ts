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

/** How the core judged the promise of a set, in one word beside "nominal". */
export const promiseWords: Record<ComponentPayload['coverage']['judgement']['state'], string> = {
  kept: 'agrees',
  broken: 'below',
  wider: 'above',
  untold: 'too few days',
};
