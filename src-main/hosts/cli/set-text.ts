/** A set of whole days for reading in a terminal: its size, its promise, what was measured, and whether the two agree. */
import type { SizeScalePayload } from '../../contract/risk-curve.ts';
import type { DaySetPayload, SetEvidencePayload } from '../../contract/uncertainty.ts';
import { facts, number, percent } from './table.ts';

const events = {
  interval: 'an interval of a component in a slot',
  limit: 'one limit in one slot',
  day: 'every slot and running sum of a day',
} as const;

const verdicts = {
  keeps: 'keeps its promise',
  breaks: 'BREAKS ITS PROMISE: measured below it',
  exceeds: 'wider than its promise needs',
  'too-few': 'too few days to tell',
} as const;

export function daySetText({ kind, size, facts: told, meanWorstKw, worstDayKwh, evidence }: DaySetPayload): string {
  return facts([
    ['set of days', kind],
    [size.name, number(size.value, 3)],
    ...told.map((fact) => ['', fact] as const),
    ['worst slot, mean', `${number(meanWorstKw, 0)} kW`],
    ['worst day', `${number(worstDayKwh, 0)} kWh`],
    ...evidenceFacts(evidence),
  ]);
}

/** "r is the radius, standard deviations: 0 to 5.84, fitted 2.92". */
export const scaleWords = ({ symbol, name, most, fitted, kind }: SizeScalePayload): string =>
  `${symbol} is the ${name}: 0 to ${number(most, 3)}, ${kind === 'budget' ? 'in force' : 'fitted'} ${number(fitted, 3)}`;

/** What an a-priori bound of a curve is the failure of. */
export const boundWords = (event: SetEvidencePayload['guarantee']['event']): string => events[event];

function evidenceFacts({ guarantee, measured, verdict }: SetEvidencePayload): [string, string][] {
  const { limits, wholeDay, days } = measured;
  return [
    ['promise', `${promiseText({ guarantee })} for ${events[guarantee.event]}`],
    ['by', guarantee.source],
    ['if', guarantee.assumes],
    ['measured', `${days} unseen days`],
    ['  slots below', `${percent(limits.share)} (${percent(limits.lower)} … ${percent(limits.upper)})`],
    ['  whole days below', `${percent(wholeDay.share)} (${percent(wholeDay.lower)} … ${percent(wholeDay.upper)})`],
    ['verdict', verdictText(verdict)],
  ];
}

export const promiseText = ({ guarantee }: Pick<SetEvidencePayload, 'guarantee'>): string =>
  guarantee.probability === null ? 'nothing finite' : percent(guarantee.probability);

export const verdictText = (verdict: SetEvidencePayload['verdict']): string => verdicts[verdict];

/** In which form the chance constraint of an exact ball was stated; empty for other sets. */
export const chanceLine = (chance: string | null | undefined): string =>
  typeof chance === 'string' ? `Chance constraint: ${chance}.` : '';
