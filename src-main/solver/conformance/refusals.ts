/** What has no optimum: unbounded, infeasible, and which rows are in conflict. */
import { expect, it } from 'vitest';
import { parityConflict, plantedConflict, unbounded } from '../fixtures/programs.ts';
import { as, options, type Tested } from './expect-outcome.ts';

export function describeRefusals(solver: Tested): void {
  it.each(['continuous', 'integer'] as const)('tells unbounded from infeasible (%s)', async (kind) => {
    expect((await solver().solve(unbounded(kind), options())).kind).toBe('unbounded');
  });

  it('names exactly the planted conflict', async () => {
    const outcome = as(await solver().solve(plantedConflict(), options()), 'infeasible');
    expect(outcome.conflict.toSorted()).toEqual(['bound of x0', 'cap', 'need']);
  });

  it('names a conflict that only integrality makes', async () => {
    expect(as(await solver().solve(parityConflict(), options()), 'infeasible').conflict).toEqual(['parity']);
  });

  it('names nothing when not asked', async () => {
    const outcome = await solver().solve(plantedConflict(), options({ explainInfeasibility: 'no' }));
    expect(as(outcome, 'infeasible').conflict).toEqual([]);
  });
}
