import { describe, expect, it } from 'vitest';
import { smallProblem } from '../../models/v2g/fixtures/small-problem.ts';
import { regulationOf } from '../../models/v2g/fixtures/small-services.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import { serviceExceptions } from './service-exceptions.ts';

const day = (parts: Partial<V2gProblem> = {}): V2gProblem =>
  smallProblem([10, 10], { poolAccount: 'by-car-in-days', services: { regulation: regulationOf(2) }, ...parts });
const wholeDays: Pick<V2gProblem, 'uncertainty'> = {
  uncertainty: {
    components: [{ id: 'load', name: 'Load', kind: 'load', halfWidthKw: [1, 1] }],
    protection: 1,
    set: { kind: 'interval', halfWidths: [1, 1] },
  },
};

const codes = (problem: V2gProblem): string[] => serviceExceptions(problem).map(({ code }) => code);

describe('exceptions of a plan that offers services', () => {
  it('say that the test is of energy alone', () => {
    expect(codes(day())).toEqual(['services-not-tested']);
    const { services: _, ...plain } = day();
    expect(codes(plain)).toEqual([]);
  });

  it('say how the promise of the pool is kept beside a set of whole days, where there is one', () => {
    expect(codes(day(wholeDays))).toEqual(['services-pool-account', 'services-not-tested']);
    expect(serviceExceptions(day(wholeDays))[0]!.cause).toMatch(/kind interval.*cars that have left/);
    expect(codes(day({ ...wholeDays, recourse: 0 }))).toEqual(['services-not-tested']);
    expect(codes(day({ ...wholeDays, poolAccount: 'published' }))).toEqual(['services-not-tested']);
  });
});
