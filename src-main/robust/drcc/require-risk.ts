import { Refusal } from '../../base/errors.ts';

/** @throws Refusal `out-of-range` unless 0 < ε < 1. */
export function requireRisk(epsilon: number): void {
  if (!(epsilon > 0 && epsilon < 1))
    throw new Refusal('out-of-range', { what: 'The accepted risk', value: epsilon, range: 'above 0 and below 1' });
}
