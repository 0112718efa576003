/** What the chance dial found, in sentences. */
import type { DialPayload, SweepPointPayload } from '../../../src-main/contract/risk-curve.ts';
import { formatQuantity } from '../../components/format-number.ts';
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
  const { verdict, unsolved, size, scale, target, points, flat, evidenceDays } = dial;
  const days = `1 day in ${Math.round(1 / target)}`;
  const found = pointAt(points, size);
  const here = sizeWords(scale.symbol, size);
  const more =
    scale.kind === 'budget' || scale.kind === 'interval'
      ? 'A wider set may: raise δ or the window.'
      : 'Another kind of set, or a longer window, may.';
  const known = points.some(({ state }) => state === 'solved');
  const impossible = points.some(({ state }) => state === 'infeasible');
  const lowest = `the lowest chance is ${percentWords(found?.anyViolation.share ?? NaN)}, from ${here} on`;
  const sizes = formatQuantity(unsolved, 'sizes', 'count');
  const sentence = {
    met: `${here} is the least protection that keeps it at ${days} or less.`,
    'not-binding': `No protection is needed: the day keeps ${days} without any.`,
    'not-reached': known
      ? `No ${scale.kind === 'budget' ? 'protection' : 'size of this set'} ${impossible ? 'that can be planned ' : ''}keeps ${days}; ${lowest}. ${more}`
      : 'No size of this set can be planned with: no schedule keeps all limits.',
    unsolved: known
      ? `Not known: of the sizes solved none keeps ${days} (${lowest}), and ${sizes} had no plan in time.`
      : `Not known: none of the ${sizes} tried had a plan in time.`,
  }[verdict];
  const notes = [
    typeof dial.chance === 'string' ? `Chance constraint: ${dial.chance}.` : '',
    unsolved > 0 && verdict !== 'unsolved'
      ? `Below it ${sizes} had no plan in time: a smaller one may keep it too.`
      : '',
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
