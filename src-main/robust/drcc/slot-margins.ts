/** The reserve margin of every slot of the day for one grid, from the errors of its usable past days. */
import { Refusal } from '../../base/errors.ts';
import { mean, standardDeviation } from '../../base/statistics.ts';
import { commonDays, type ErrorHistory } from '../../uncertainty/moments.ts';
import { downsideMargin, type ErrorEvidence, type MarginForm } from './margin.ts';

const leastDays = 10;

/**
 * @param formOf the form, which may depend on the slot's evidence (a radius by its spread, the doubt of its moments).
 * @returns [slot], kW, not below zero: what is needed against errors below the centre.
 * @throws Refusal `too-little-history` with fewer than ten usable days; `out-of-range` for ε outside (0, 1).
 */
export const slotMargins = (
  history: ErrorHistory,
  formOf: (evidence: ErrorEvidence) => MarginForm,
  epsilon: number,
): number[] => slotMarginsBy(history, (evidence) => Math.max(0, downsideMargin(formOf(evidence), evidence, epsilon)));

/** By any rule from the errors of a slot. @throws Refusal `too-little-history` with fewer than ten usable days. */
export function slotMarginsBy(history: ErrorHistory, marginOf: (evidence: ErrorEvidence) => number): number[] {
  const days = new Set(commonDays([history]));
  if (days.size < leastDays)
    throw new Refusal('too-little-history', { days: days.size, kind: history.id, needed: leastDays });
  const rows = history.residuals.filter(({ day }) => days.has(day)).map(({ errorKw }) => errorKw);
  return rows[0]!.map((_, slot) => {
    const samples = rows.map((errorKw) => errorKw[slot]!);
    return marginOf({ mean: mean(samples), deviation: standardDeviation(samples), samples });
  });
}
