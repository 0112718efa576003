/** What the chance dial found, in sentences. */
import type { DialPayload, SweepPointPayload } from '../../../src-main/contract/risk-curve.ts';
import { sizeWords } from '../../charts/risk-points.ts';
import { percentWords } from '../../charts/share.ts';

export interface DialFinding {
  sentence: string;
  /** What the size now set is worth beside the one found; null where there is nothing to say of it. */
  setting: {
    /** "r 2.9, now set, is absurdly conservative". */
    words: string;
    /** In the plan's currency; null where cost is not the point. */
    extraCost: number | null;
    /** A setting that is absurd or too small asks for a decision. */
    level: 2 | 3;
  } | null;
  notes: string[];
}

export function dialFinding(dial: DialPayload): DialFinding {
  const { verdict, size, scale, target, points, flat, evidenceDays } = dial;
  const days = `1 day in ${Math.round(1 / target)}`;
  const found = pointAt(points, size);
  const here = sizeWords(scale.symbol, size);
  const more =
    scale.kind === 'budget' || scale.kind === 'interval'
      ? 'A wider set may: raise δ or the window.'
      : 'Another kind of set, or a longer window, may.';
  const sentence = {
    met: `${here} is the least protection that keeps it at ${days} or less.`,
    'not-binding': `No protection is needed: the day keeps ${days} without any.`,
    'not-reached': `No ${scale.kind === 'budget' ? 'protection' : 'size of this set'} keeps ${days}; the lowest chance is ${percentWords(found?.anyViolation.share ?? NaN)}, from ${here} on. ${more}`,
  }[verdict];
  const notes = [
    flat ? 'Robustness is worth nothing today: protection does not change the cost.' : '',
    target * evidenceDays < 1
      ? `Measured on ${evidenceDays} real days, too few to tell ${days} from none.`
      : `Measured on ${evidenceDays} real days.`,
  ].filter((note) => note !== '');
  return { sentence, setting: settingOf(dial), notes };
}

function settingOf({ setting, scale }: DialPayload): DialFinding['setting'] {
  const now = `${sizeWords(scale.symbol, setting.size)}, now set,`;
  switch (setting.verdict) {
    case 'absurd':
      return {
        words: `${now} is absurdly conservative: it pays more than twice over and costs`,
        extraCost: setting.extraCost,
        level: 2,
      };
    case 'dear':
      return { words: `${now} is measured no safer and costs`, extraCost: setting.extraCost, level: 3 };
    case 'short':
      return { words: `${now} does not keep it.`, extraCost: null, level: 2 };
    case 'fair':
    case 'untold':
      return null;
  }
}

const pointAt = (points: readonly SweepPointPayload[], size: number): SweepPointPayload | undefined =>
  points.find((point) => point.state === 'solved' && Math.abs(point.size - size) < 1e-9);
