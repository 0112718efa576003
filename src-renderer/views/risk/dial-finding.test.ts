import { expect, it } from 'vitest';
import type { DialPayload } from '../../../src-main/contract/risk-curve.ts';
import { sweepFixture } from '../../charts/fixtures/sweep.ts';
import { dialFinding } from './dial-finding.ts';

it('says when no protection is needed, and when none is enough', () => {
  const dial: DialPayload = {
    ...sweepFixture(),
    target: 0.05,
    verdict: 'not-binding',
    unsolved: 0,
    size: 0,
    setting: { size: 4, verdict: 'absurd', extraCost: 83.2 },
    evidenceDays: 60,
  };
  const free = dialFinding(dial);
  expect(free.sentence).toBe('No protection is needed: the day keeps 1 day in 20 without any.');
  expect(free.setting).toMatchObject({ level: 2, extraCost: 83.2 });
  expect(free.setting!.words).toContain('α 4, now set, is absurdly conservative');
  expect(dialFinding({ ...dial, flat: true }).notes[0]).toContain('Robustness is worth nothing today');
  const missed = dialFinding({
    ...dial,
    verdict: 'not-reached',
    size: 5,
    setting: { size: 4, verdict: 'short', extraCost: NaN },
  });
  expect(missed.sentence.replaceAll(/\s/g, ' ')).toContain('the lowest chance is 3.70 %, from α 5 on');
  expect(missed.setting).toEqual({ words: 'α 4, now set, does not keep it.', extraCost: null, level: 2 });
  const open = dialFinding({ ...dial, verdict: 'unsolved', unsolved: 2, size: 5 });
  expect(open.sentence.replaceAll(/\s/g, ' ')).toBe(
    'Not known: of the sizes solved none keeps 1 day in 20 (the lowest chance is 3.70 %, from α 5 on), and 2 sizes had no plan in time.',
  );
  const none = dialFinding({ ...dial, points: [], verdict: 'unsolved', unsolved: 2, size: 8 });
  expect(none.sentence.replaceAll(/\s/g, ' ')).toBe('Not known: none of the 2 sizes tried had a plan in time.');
  const beyond = { ...dial.points[0]!, size: 8, state: 'infeasible' as const, problem: 'no schedule' };
  const impossible = dialFinding({ ...dial, points: [...dial.points, beyond], verdict: 'not-reached', size: 5 });
  expect(impossible.sentence).toContain('No protection that can be planned keeps');
  const maybe = dialFinding({ ...dial, verdict: 'met', unsolved: 1, size: 2 });
  expect(maybe.notes[0]!.replaceAll(/\s/g, ' ')).toBe(
    'Below it 1 size had no plan in time: a smaller one may keep it too.',
  );
  const ellipsoid = {
    ...sweepFixture('ellipsoid'),
    target: 0.05,
    verdict: 'met' as const,
    unsolved: 0,
    size: 1.5,
    evidenceDays: 60,
  };
  const fair = dialFinding({ ...ellipsoid, setting: { size: 2, verdict: 'fair', extraCost: 0 } });
  expect(fair).toMatchObject({ setting: null });
  expect(fair.sentence).toBe('r 1.5 is the least protection that keeps it at 1 day in 20 or less.');
});
