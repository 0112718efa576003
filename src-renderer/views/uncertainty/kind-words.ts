/** How a kind of set, its promise and its verdict are spoken of. */
import type { SetComparisonPayload } from '../../../src-main/contract/comparisons.ts';
import type { DaySetPayload, SetEvidencePayload, SetKindPayload } from '../../../src-main/contract/uncertainty.ts';
import { formatQuantity } from '../../components/format-number.ts';

/** A kind on the day that was compared. */
export type ComparedKind = SetComparisonPayload['rows'][number];

/** What each kind takes tomorrow's deviations to be, in one sentence. */
export const kindSentences: Record<SetKindPayload, string> = {
  interval: 'Everything may deviate by its half-width at once, in every slot.',
  budget: 'At most α components deviate fully in a slot; slots know nothing of each other.',
  ellipsoid: 'Whole days around the mean, by the covariance of past days.',
  factor: 'Whole days along the main patterns of past errors, and a rest.',
  scenarios: 'Any mixture of past error days.',
  support: 'Any mixture of past days that were forecast like this one.',
  moment: 'Every law with the mean and covariance of past days.',
  wasserstein: 'Every law near the past days, by the mean of the worst share of cases (CVaR).',
  'wasserstein-exact': 'Every law near the past days, each limit with just the risk that is accepted.',
};

const events: Record<SetEvidencePayload['guarantee']['event'], string> = {
  interval: 'an interval',
  limit: 'a slot',
  day: 'a day',
};

/** What the promise of a kind is about, in full. */
export const eventSentences: Record<SetEvidencePayload['guarantee']['event'], string> = {
  interval: 'that one interval of one component holds',
  limit: 'that the worst case of one slot is not exceeded',
  day: 'that no slot and no running sum of a day exceeds its worst case',
};

/** "95.0 % for a day", or that nothing finite is promised. */
export function promiseWords({ event, probability }: SetEvidencePayload['guarantee']): string {
  return probability === null ? 'none' : `${formatQuantity(100 * probability, '%', 3)} for ${events[event]}`;
}

/** Only a broken promise must be fixed; a set wider than it need be costs money. */
export function evidenceWords({ verdict }: SetEvidencePayload): { word: string; level: 1 | 3 | null } {
  if (verdict === 'breaks') return { word: 'breaks it', level: 1 };
  if (verdict === 'exceeds') return { word: 'wider than needed', level: 3 };
  return { word: verdict === 'keeps' ? 'keeps it' : 'too few days', level: null };
}

export const sizeWords = ({ size }: DaySetPayload): string => `${size.name} ${formatQuantity(size.value, '', 3)}`;
