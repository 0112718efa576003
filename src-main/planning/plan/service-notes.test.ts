import { describe, expect, it } from 'vitest';
import { smallProblem } from '../../models/v2g/fixtures/small-problem.ts';
import { regulationOf } from '../../models/v2g/fixtures/small-services.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import { serviceNotes } from './service-notes.ts';

const day = (parts: Partial<V2gProblem> = {}): V2gProblem =>
  smallProblem([10, 10], { poolAccount: 'by-car-in-days', services: { regulation: regulationOf(2) }, ...parts });
const wholeDays: Pick<V2gProblem, 'uncertainty'> = {
  uncertainty: {
    components: [{ id: 'load', name: 'Load', kind: 'load', halfWidthKw: [1, 1] }],
    protection: 1,
    set: { kind: 'interval', halfWidths: [1, 1] },
  },
};

describe('notes of a plan that offers services', () => {
  it('say that the test is of energy alone', () => {
    expect(serviceNotes(day())).toEqual([expect.stringContaining('energy alone')]);
    const { services: _, ...plain } = day();
    expect(serviceNotes(plain)).toEqual([]);
  });

  it('say how the promise of the pool is kept beside a set of whole days, where there is one', () => {
    expect(serviceNotes(day(wholeDays))[0]).toMatch(/interval set.*cars that have left/);
    expect(serviceNotes(day({ ...wholeDays, recourse: 0 }))).toHaveLength(1);
    expect(serviceNotes(day({ ...wholeDays, poolAccount: 'published' }))).toHaveLength(1);
  });
});
