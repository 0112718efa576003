/** What kinds of telemetry and of flags are called on screen. */
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
