import { describe, expect, it } from 'vitest';
import { describeError, errorTable, Refusal, toErrorReport, type ErrorCode } from './errors.ts';

describe('the error table', () => {
  it('gives every code a sentence and a next step', () => {
    for (const [code, entry] of Object.entries(errorTable)) {
      expect(entry.text.length, code).toBeGreaterThan(8);
      expect(entry.next, code).toMatch(/\.$/);
    }
  });
  it('fills placeholders and says ? for what is missing', () => {
    expect(describeError('not-found', { what: 'file', id: 'x', next: 'Look again.' }).next).toBe('Look again.');
    expect(describeError('plan-infeasible', { day: '2023-06-15' }).message).toBe('No plan exists for 2023-06-15: ?');
  });
  it('keeps the code of a refusal and calls anything else internal', () => {
    const code: ErrorCode = 'not-found';
    expect(toErrorReport(new Refusal(code, { what: 'plan', id: 'x' })).code).toBe(code);
    expect(toErrorReport(new Error('boom')).code).toBe('internal');
    expect(toErrorReport('boom').message).toContain('boom');
  });
});
