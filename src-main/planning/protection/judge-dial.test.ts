import { expect, it } from 'vitest';
import { judgeDial, type TriedSize } from './judge-dial.ts';

const tried = (states: TriedSize['state'][]): TriedSize[] => states.map((state, size) => ({ size, state }));

it('tells what cannot be reached from what was not solved', () => {
  expect(judgeDial(tried(['solved', 'solved', 'infeasible']), null)).toEqual({ verdict: 'not-reached', unsolved: 0 });
  expect(judgeDial(tried(['solved', 'failed', 'infeasible']), null)).toEqual({ verdict: 'unsolved', unsolved: 1 });
  expect(judgeDial(tried(['failed', 'failed']), null)).toEqual({ verdict: 'unsolved', unsolved: 2 });
});

it('counts only sizes that may be a smaller answer', () => {
  expect(judgeDial(tried(['solved', 'failed', 'solved', 'failed']), 2)).toEqual({ verdict: 'met', unsolved: 1 });
  expect(judgeDial(tried(['solved', 'failed']), 0)).toEqual({ verdict: 'not-binding', unsolved: 0 });
});
