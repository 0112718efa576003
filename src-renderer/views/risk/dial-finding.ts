/** What the chance dial found, in sentences. */
import type { DialPayload, SweepPointPayload } from '../../../src-main/contract/plan.ts';
import { alphaWords } from '../../charts/risk-points.ts';
import { percentWords } from '../../charts/share.ts';

export interface DialFinding {
  sentence: string;
  /** What the protection now set costs beyond the one found, where it is dearer and not measurably safer; in the plan's currency. */
  extraCost: number | null;
  notes: string[];
}

/** @param current α of the draft's settings. */
export function dialFinding(dial: DialPayload, current: number): DialFinding {
  const { verdict, protection, target, points, flat, evidenceDays } = dial;
  const days = `1 day in ${Math.round(1 / target)}`;
  const found = pointAt(points, protection);
  const sentence = {
    met: `${alphaWords(protection)} is the least protection that keeps it at ${days} or less.`,
    'not-binding': `No protection is needed: the day keeps ${days} without any.`,
    'not-reached': `No protection keeps ${days}; the lowest chance is ${percentWords(found?.anyViolation.share ?? NaN)}, from ${alphaWords(protection)} on. A wider set may: raise δ or the window.`,
  }[verdict];
  const set = pointAt(points, current);
  const noSafer = found && set && set.protection > protection && set.anyViolation.share >= found.anyViolation.share;
  const extra = noSafer ? set.totalCost - found.totalCost : 0;
  const notes = [
    flat ? 'Robustness is worth nothing today: protection does not change the cost.' : '',
    target * evidenceDays < 1
      ? `Measured on ${evidenceDays} real days, too few to tell ${days} from none.`
      : `Measured on ${evidenceDays} real days.`,
  ].filter((note) => note !== '');
  return { sentence, extraCost: extra > 0.005 ? extra : null, notes };
}

const pointAt = (points: readonly SweepPointPayload[], protection: number): SweepPointPayload | undefined =>
  points.find((point) => point.state === 'solved' && Math.abs(point.protection - protection) < 1e-9);
