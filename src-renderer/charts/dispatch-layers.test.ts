import { expect, it } from 'vitest';
import { changedSlots, reachOf, stackedSeries, supplyChange, type Dispatch } from './dispatch-layers.ts';

const dispatch = (gas: number[], charge: number[]): Dispatch => ({
  supply: [
    { id: 'gas', name: 'Gas', meaning: 'gas', valueKw: gas },
    { id: 'wind', name: 'Wind', meaning: 'wind', valueKw: [5, 5, 5] },
  ],
  demand: charge.length > 0 ? [{ id: 'charge', name: 'EV charging', meaning: 'ev', valueKw: charge }] : [],
  loadKw: [12, 12, 12],
  committedDemandKw: [13, 13, 13],
});

it('a series alone stands on the zero line', () => {
  const all = stackedSeries(dispatch([10, 10, 10], [2, 2, 2]), null, 0);
  expect(all.map((one) => one.layer.upper[0])).toEqual([10, 15, -2]);
  const [wind, ...rest] = stackedSeries(dispatch([10, 10, 10], [2, 2, 2]), 'wind', 0);
  expect(rest).toEqual([]);
  expect([...wind!.layer.lower]).toEqual([0, 0, 0]);
  expect(reachOf(all, [[30]])).toEqual([-2, 30]);
});

it('counts charging against supply, and a series that only one of the plans has', () => {
  const changes = supplyChange(dispatch([10, 10, 14], []), dispatch([10, 9, 10], [2, 0, 0]), null);
  const of = (id: string) => [...(changes.find((one) => one.id === id)?.valueKw as Float64Array)];
  expect(of('gas')).toEqual([0, 1, 4]);
  expect(of('wind')).toEqual([0, 0, 0]);
  expect(of('charge')).toEqual([2, 0, 0]);
  expect(changedSlots(changes, 0.5)).toBe(3);
  expect(changedSlots(changes, 1.5)).toBe(2);
});

it('a plan differs from itself nowhere', () => {
  const plan = dispatch([10, 9, 8], [1, 2, 3]);
  expect(changedSlots(supplyChange(plan, plan, null), 0)).toBe(0);
});
