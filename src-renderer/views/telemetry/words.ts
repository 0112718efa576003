/** What kinds of telemetry, flags and fill rules are called on screen. */
import type { FillRulePayload } from '../../../src-main/contract/telemetry.ts';

export const kindWords = {
  'load-actual': 'Load',
  'load-forecast': 'Load forecast',
  'wind-actual': 'Wind',
  'wind-forecast': 'Wind forecast',
  price: 'Price',
  sessions: 'Charging sessions',
} as const;

export const flagWords: Record<string, string> = {
  gap: 'Gap',
  duplicate: 'Duplicate',
  frozen: 'Frozen',
  spike: 'Spike',
  impossible: 'Impossible',
  negative: 'Negative',
  clockChange: 'Clock change',
  filled: 'Filled',
  operatorBad: 'Marked bad',
  operatorGood: 'Marked good',
};

export const flagWord = (kind: string): string => flagWords[kind] ?? kind;

/** Lengths a straight line may be allowed to cross, in minutes. */
export const lineChoices = [0, 15, 30, 60, 120, 240, 360] as const;

export function lineWords(minutes: number): string {
  if (minutes === 0) return 'no straight line';
  return minutes % 60 === 0 ? `up to ${minutes / 60} h` : `up to ${minutes} min`;
}

export const fillWords: Record<FillRulePayload['longer'], string> = {
  'week-before': 'Same time a week before',
  'day-before': 'Same time the day before',
  'last-value': 'The value before, held on',
  'leave-out': 'Nothing: leave the day out',
};
