/**
 * What the size in force is worth beside the least one that keeps the target: too small, fair, dearer than it need be, or absurdly
 * conservative.
 */
import type { MeasuredShare } from '../../uncertainty/types.ts';

export interface SettingJudgement {
  size: number;
  /**
   * 'short': more days than wanted; 'absurd': it keeps the target and pays more than twice what the least size that does pays for
   * protection; 'dear': it costs more than that one and is measured no safer; 'fair': none of these; 'untold': it could not be solved.
   */
  verdict: 'short' | 'absurd' | 'dear' | 'fair' | 'untold';
  /** What it costs beyond the least size that keeps the target; NaN where there is none. */
  extraCost: number;
}

interface Judged {
  size: number;
  state: 'solved' | 'infeasible' | 'failed' | 'cancelled';
  totalCost: number;
  anyViolation: MeasuredShare;
}

/** Below this share of the cost without protection a difference is not called absurd. */
const leastAbsurdShare = 0.005;

/**
 * @param points what was tried, size 0 among them where it could be solved.
 * @param chosen the least size that keeps the target; null when none does.
 * @param gap relative gap to which each was solved: a smaller difference is none.
 */
export function judgeSetting(
  points: readonly Judged[],
  chosen: Judged | null,
  { size, target, gap }: { size: number; target: number; gap: number },
): SettingJudgement {
  const at = points.find((point) => Math.abs(point.size - size) < 1e-9);
  const untold = { size, verdict: 'untold' as const, extraCost: NaN };
  if (at?.state !== 'solved') return untold;
  const extraCost = chosen ? at.totalCost - chosen.totalCost : NaN;
  if (at.anyViolation.share > target) return { size, verdict: 'short', extraCost };
  if (chosen === null) return untold;
  const bare = points.find((point) => point.size === 0 && point.state === 'solved')?.totalCost ?? chosen.totalCost;
  if (extraCost <= gap * Math.abs(bare)) return { size, verdict: 'fair', extraCost: Math.max(0, extraCost) };
  if (extraCost > Math.max(chosen.totalCost - bare, leastAbsurdShare * Math.abs(bare)))
    return { size, verdict: 'absurd', extraCost };
  return { size, verdict: at.anyViolation.share >= chosen.anyViolation.share ? 'dear' : 'fair', extraCost };
}
