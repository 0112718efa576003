/** What the search of the chance dial came to, sizes without a plan told apart: where none exists, and where none was found in time. */
export type DialVerdict = 'met' | 'not-binding' | 'not-reached' | 'unsolved';

export interface DialJudgement {
  /**
   * 'met': the least size found; 'not-binding': the day meets the target without protection; 'not-reached': no size that can be planned meets it;
   * 'unsolved': none that was solved meets it, and others had no plan in time.
   */
  verdict: DialVerdict;
  /** Sizes without a plan in time that may be a smaller answer, or one where there is none. */
  unsolved: number;
}

export interface TriedSize {
  size: number;
  state: 'solved' | 'infeasible' | 'failed' | 'cancelled';
}

/** @param chosen the least of the tried sizes that meets the target; null when none does. */
export function judgeDial(tried: readonly TriedSize[], chosen: number | null): DialJudgement {
  const unsolved = tried.filter(
    ({ size, state }) => state !== 'solved' && state !== 'infeasible' && (chosen === null || size < chosen),
  ).length;
  if (chosen === null) return { verdict: unsolved > 0 ? 'unsolved' : 'not-reached', unsolved };
  return { verdict: chosen === 0 ? 'not-binding' : 'met', unsolved };
}
