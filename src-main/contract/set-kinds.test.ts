import { expect, it } from 'vitest';
import { planCalls } from './plan.ts';
import { riskCalls } from './risk-curve.ts';
import { setKind } from './uncertainty.ts';

it('every kind of set can be asked for at once', () => {
  const kinds = setKind.options;
  expect(planCalls['plan.compareSets'].request.shape.kinds.parse(kinds)).toEqual(kinds);
  expect(riskCalls['risk.sweep'].request.shape.kinds.parse(kinds)).toEqual(kinds);
});
