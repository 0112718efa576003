import { formatQuantity } from '../components/format-number.ts';

/** Successes out of trials with a binomial interval. */
export interface Share {
  hits: number;
  trials: number;
  share: number;
  lower: number;
  upper: number;
}

export const percentWords = (share: number): string => formatQuantity(100 * share, '%', 3);

/** "57 of 60, 95.0 %, interval 86.1 % to 99.0 %". */
export function shareWords(share: Share): string {
  if (share.trials === 0) return 'not measured';
  const counts = `${formatQuantity(share.hits, '', 'count')} of ${formatQuantity(share.trials, '', 'count')}`;
  return `${counts}, ${percentWords(share.share)}, interval ${percentWords(share.lower)} to ${percentWords(share.upper)}`;
}
