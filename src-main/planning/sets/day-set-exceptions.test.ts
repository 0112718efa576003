import { expect, it } from 'vitest';
import type { DaySetFit, SetEvidence } from '../../uncertainty/day-set.ts';
import { daySetExceptions } from './day-set-exceptions.ts';

const share = (value: number) => ({ hits: 100 * value, trials: 100, share: value, lower: value, upper: value });
const fitOf = (event: 'limit' | 'day', verdict: SetEvidence['verdict']): DaySetFit => ({
  kind: 'ellipsoid',
  set: { kind: 'ellipsoid', centre: [0], factors: [], spread: [1], radius: 1 },
  size: { name: 'radius', value: 1 },
  facts: [],
  evidence: {
    guarantee: { event, probability: 0.95, source: 'test', assumes: '' },
    measured: { days: 100, perSlot: [], limits: share(0.99), wholeDay: share(0.8) },
    verdict,
  },
  heldOut: [],
});

it('names what the promise is about and what was measured', () => {
  const [broken] = daySetExceptions(fitOf('day', 'breaks'));
  expect(broken).toMatchObject({ level: 1, code: 'set-broken' });
  expect(broken!.cause).toBe(
    'The ellipsoid set is meant to hold 95 % of whole days; it held 80 % on 100 held-out days',
  );
  const [wider] = daySetExceptions(fitOf('limit', 'exceeds'));
  expect(wider).toMatchObject({ level: 3, code: 'set-wider' });
  expect(wider!.cause).toContain('of slots; it held 99 %');
});

it('says nothing where promise and measurement agree, or days are too few', () => {
  expect(daySetExceptions(fitOf('day', 'keeps'))).toEqual([]);
  expect(daySetExceptions(fitOf('day', 'too-few'))).toEqual([]);
});
