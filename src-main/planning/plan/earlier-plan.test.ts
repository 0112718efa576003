import { describe, expect, it } from 'vitest';
import { latestEarlier } from './earlier-plan.ts';
import type { PlanSummary } from '../ports.ts';

const plan = (id: string, day: string, status: PlanSummary['status'], createdAtMs: number): PlanSummary => ({
  id,
  day,
  status,
  createdAtMs,
  protection: 4,
  totalCost: 100,
  currency: 'EUR',
  gap: 0,
  passed: true,
  basedOn: null,
  setAside: false,
  bytes: 1,
});

describe('latestEarlier', () => {
  const plans = [
    plan('today', '2023-06-15', 'approved', 50),
    plan('later draft', '2023-06-13', 'draft', 40),
    plan('approved', '2023-06-13', 'approved', 30),
    plan('older', '2023-06-10', 'approved', 60),
  ];
  it('is the approved plan of the latest earlier day, however new its drafts are', () => {
    expect(latestEarlier(plans, '2023-06-15')?.id).toBe('approved');
  });
  it('passes over what-ifs that nobody approved', () => {
    const whatIf = { ...plan('what-if', '2023-06-14', 'draft', 70), basedOn: 'other' };
    expect(latestEarlier([...plans, whatIf], '2023-06-15')?.id).toBe('approved');
    expect(latestEarlier([...plans, { ...whatIf, status: 'approved' }], '2023-06-15')?.id).toBe('what-if');
  });
  it('is the newest where none of that day is approved', () => {
    const drafts = plans.filter(({ id }) => id !== 'approved');
    expect(latestEarlier([...drafts, plan('first draft', '2023-06-13', 'draft', 10)], '2023-06-15')?.id).toBe(
      'later draft',
    );
  });
  it('passes over what was set aside', () => {
    const aside = plans.map((each) => ({ ...each, setAside: each.id === 'approved' }));
    expect(latestEarlier(aside, '2023-06-15')?.id).toBe('later draft');
  });
  it('never looks at the same day or after it', () => {
    expect(latestEarlier(plans, '2023-06-10')).toBeNull();
    expect(latestEarlier(plans, '2023-06-13')?.id).toBe('older');
  });
});
