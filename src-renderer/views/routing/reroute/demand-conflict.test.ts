import { expect, test } from 'vitest';
import type { ErrorReport } from '../../../../src-main/base/errors.ts';
import { demandConflict } from './demand-conflict.ts';

const refusal = (code: string, details: ErrorReport['details']): ErrorReport =>
  ({ code, message: 'No plan exists.', next: 'Change something.', details }) as ErrorReport;

test('a refusal of demands tells why and which, whether it counts demands or changes', () => {
  expect(demandConflict(refusal('plan-infeasible', { why: 'demand 2 leaves Truck 1 no way' }))).toEqual({
    why: 'Demand 2 leaves Truck 1 no way',
    culprit: 1,
  });
  expect(demandConflict(refusal('bad-request', { problem: 'change 1 names no truck' }))?.culprit).toBe(0);
  expect(demandConflict(refusal('routes-impossible', {}))).toEqual({ why: 'No plan exists.', culprit: -1 });
});

test('anything else is no conflict of demands', () => {
  expect(demandConflict(null)).toBeNull();
  expect(demandConflict(refusal('too-little-history', { why: 'demand 1 of the data' }))).toBeNull();
});
