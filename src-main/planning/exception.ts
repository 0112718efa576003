/**
 * Something in the plan or its data that needs a word from the operator, and how its numbers are written. Levels: 1 must fix, 2 should
 * decide, 3 note (EEMUA 191: no row without an operator response).
 */
export interface Exception {
  level: 1 | 2 | 3;
  code: string;
  cause: string;
  fromSlot: number | null;
  toSlot: number | null;
  consequence: string;
  action: { label: string; screen: 'overview' | 'telemetry' | 'uncertainty' | 'schedule' | 'risk' | 'network' };
  count: number;
}

export const percent = (share: number): string => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
