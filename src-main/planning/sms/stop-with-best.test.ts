import { expect, it } from 'vitest';
import { CancelSource } from '../../base/cancel.ts';
import { stopWithBest } from './stop-with-best.ts';

it('stops at once when there is something to keep', () => {
  const asked = new CancelSource();
  const { signal, found } = stopWithBest(asked);
  found();
  expect(signal.cancelled).toBe(false);
  asked.cancel();
  expect(signal.cancelled).toBe(true);
});

it('waits for the first plan when asked before', () => {
  const asked = new CancelSource();
  const { signal, found } = stopWithBest(asked);
  asked.cancel();
  expect(signal.cancelled).toBe(false);
  found();
  expect(signal.cancelled).toBe(true);
});
