/** The sentences of the risk screen: a chance as a count of days, never a bare percentage. */
import type { BackTestPayload } from '../../../src-main/contract/plan-evidence.ts';
import type { SweepPayload, SweepPointPayload } from '../../../src-main/contract/risk-curve.ts';

/** "on 3 of the last 60 real days this plan would have run short". */
export function backTestSentence(backTest: BackTestPayload): string {
  const { hits, trials } = backTest.violated;
  if (trials === 0) return 'There is no past day to replay this plan on.';
  if (hits === 0) return `On none of the last ${trials} real days would this plan have run short.`;
  return `On ${hits} of the last ${trials} real days this plan would have run short.`;
}

/** What an a-priori bound is the failure of. */
export const boundEvents: Readonly<Record<SweepPayload['promises'], string>> = {
  interval: 'one interval',
  limit: 'one limit',
  day: 'a whole day',
};

/** The smallest size whose measured chance meets the target; null when none of the solved does. */
export function kneeOf(points: readonly SweepPointPayload[], targetChance: number): SweepPointPayload | null {
  return points.find((point) => point.state === 'solved' && point.anyViolation.share <= targetChance) ?? null;
}

/** What drawing `trials` days leaves open of a share at 95 %; by the rule of three where none was hit. */
const drawingError = ({ share, trials }: SweepPointPayload['anyViolation']): number =>
  Math.max(1.96 * Math.sqrt((share * (1 - share)) / trials), 3 / trials);

/**
 * Where more protection stops making the day safer: the cheapest solved size whose measured chance is the lowest one up to what
 * the drawing of days leaves open. The wider interval shown with a chance also holds what so few real days leave open; that is common
 * to all points and would call a far riskier one equal. Null while nothing is solved.
 */
export function plateauOf(points: readonly SweepPointPayload[]): SweepPointPayload | null {
  const solved = points.filter((point) => point.state === 'solved');
  const safest = solved.toSorted((a, b) => a.anyViolation.share - b.anyViolation.share)[0];
  if (safest === undefined) return null;
  const equal = safest.anyViolation.share + drawingError(safest.anyViolation);
  return (
    solved
      .filter((point) => point.anyViolation.share <= equal)
      .toSorted((a, b) => a.totalCost - b.totalCost || a.size - b.size)[0] ?? null
  );
}

/** Why there is nothing to read at a size that is not solved. */
export const unsolvedWords: Readonly<Record<Exclude<SweepPointPayload['state'], 'solved'>, string>> = {
  infeasible: 'No plan exists at this size',
  failed: 'No plan was found at this size in time',
  cancelled: 'This size was cancelled',
};
