import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { battery, electricCar, gasUnit, gridAt, smallProblem } from '../../models/v2g/fixtures/small-problem.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import { testSolver } from '../../robust/fixtures/test-solver.ts';
import { daySets } from '../../uncertainty/fixtures/day-sets.ts';
import { checkPlan } from '../../verify/check-plan.ts';
import { exactSolve } from '../exact-solve.ts';
import { solveV2g } from '../plan/solve-v2g.ts';
import { applyEdits } from './apply-edits.ts';
import { editableResources } from './edit-fields.ts';
import { describeEdit } from './edit-words.ts';
import type { PlanEdit } from './plan-edit.ts';

const slots = 6;
const hours = (value: number) => new Array<number>(slots).fill(value);

/** A day with one of everything that can be edited. */
function day(parts: Partial<V2gProblem> = {}): V2gProblem {
  return smallProblem([60, 70, 80, 90, 80, 70], {
    gas: [
      gasUnit({ commitment: 'committed', minKw: 20, costLinearPerKwh: 0.1, noLoadPerHour: 1 }),
      gasUnit({ id: 'gas-2', name: 'Gas 2', minKw: 10, costLinearPerKwh: 0.2, noLoadPerHour: 0.5, rampKwPerHour: 40 }),
    ],
    wind: [{ id: 'wind', name: 'Wind', availableKw: hours(30), maintenancePerKwh: 0.01 }],
    storage: [battery()],
    grid: gridAt(hours(0.3), { importLimitKw: 200, exportLimitKw: 20, sellPerKwh: hours(0.02) }),
    evs: [
      electricCar({ departureSlot: 4, requiredKwh: 30 }),
      electricCar({ id: 'car-2', arrivalSlot: 1, departureSlot: 6, requiredKwh: 35 }),
    ],
    unmetPerKwh: 2,
    throughputPerKwh: 0.001,
    dischargePerKwh: 0.05,
    reserve: { shareOfLoad: 0.05, counts: 'spinning' },
    uncertainty: {
      components: [
        { id: 'load', name: 'Load', kind: 'load', halfWidthKw: hours(5) },
        { id: 'wind', name: 'Wind', kind: 'wind', halfWidthKw: hours(12) },
      ],
      protection: 1.5,
    },
    ...parts,
  });
}
const base = day();

it('a share of the whole site is no field where control areas hold the reserve', () => {
  const kinds = (problem: V2gProblem) => editableResources(problem).map(({ kind }) => kind);
  const areas = { reserve: { durationHours: 1, withinHours: 1, areas: [] } };
  expect(kinds(base)).toContain('reserve');
  expect(kinds({ ...base, services: areas })).not.toContain('reserve');
});

it('keeps the set of the plan, cut where wind is limited; a budget takes over another protection', () => {
  const edits: PlanEdit[] = [{ field: 'wind.maxKw', id: 'wind', value: 4, fromSlot: 0, toSlot: 0 }];
  for (const set of daySets(3, slots, 2)) {
    const before = day({ uncertainty: { ...base.uncertainty, set } });
    const after = applyEdits(before, edits).uncertainty.set!;
    expect(after.kind).toBe(set.kind);
    if ('points' in after && 'points' in set) {
      expect(after.points.every((point) => point[slots]! <= 4)).toBe(true);
      expect(set.points.some((point) => point[slots]! > 4)).toBe(true);
      after.points.forEach((point, i) => expect(point.with(slots, 0)).toEqual(set.points[i]!.with(slots, 0)));
    }
    if ('halfWidths' in after) expect(after.halfWidths[slots]).toBeLessThanOrEqual(4);
    const gas = applyEdits(before, [{ field: 'gas.maxKw', id: 'gas-2', value: 50, fromSlot: 0, toSlot: 1 }]);
    expect(gas.uncertainty).toEqual(before.uncertainty);
    const isBudget = set.kind === 'budget';
    const alpha = () => applyEdits(before, [{ field: 'protection', value: 1 }]).uncertainty;
    if (isBudget) expect(alpha()).toMatchObject({ protection: 1, set: { ...set, protection: 1 } });
    else expect(alpha).toThrow(/protection/);
  }
});

/** Any edit within its allowed range. */
const anyEdit = fc
  .record({
    pick: fc.nat(),
    other: fc.nat(),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    first: fc.nat(slots - 1),
    length: fc.nat(slots - 1),
  })
  .map(({ pick, other, share, first, length }): PlanEdit => {
    const resources = editableResources(base);
    const resource = resources[pick % resources.length]!;
    const field = resource.fields[other % resource.fields.length]!;
    const range = { fromSlot: first, toSlot: Math.min(slots - 1, first + length) };
    const most = field.most ?? 300;
    const value = field.least + share * (most - field.least);
    const id = resource.id === null ? {} : { id: resource.id };
    if (field.field === 'protection') return { field: 'protection', value };
    return { field: field.field, ...id, ...(field.unit === 'none' ? {} : { value }), ...range } as PlanEdit;
  });

const applied = (edits: PlanEdit[]): V2gProblem | null => {
  try {
    return applyEdits(base, edits);
  } catch {
    return null;
  }
};

describe('edits of a problem', () => {
  it('without edits is the problem itself', () => {
    expect(applyEdits(base, [])).toBe(base);
  });

  it('does not depend on the order of edits of different numbers or slots', () => {
    fc.assert(
      fc.property(fc.array(anyEdit, { maxLength: 6 }), (edits) => {
        const keyOf = (edit: PlanEdit) =>
          `${edit.field.replace('outOfService', 'maxKw').replace(/departure.*/, 'departure')} ${'id' in edit ? edit.id : ''}`;
        const distinct = edits.filter((edit, at) => edits.findIndex((other) => keyOf(other) === keyOf(edit)) === at);
        expect(applied(distinct.toReversed())).toEqual(applied(distinct));
      }),
    );
  });

  it('never touches what it was given, and the last of two edits of one number holds where they meet', () => {
    const before = structuredClone(base);
    const limit = (value: number, fromSlot: number, toSlot: number): PlanEdit => ({
      field: 'gas.maxKw',
      id: 'gas-1',
      value,
      fromSlot,
      toSlot,
    });
    const edited = applyEdits(base, [limit(80, 0, 3), limit(50, 2, 4)]);
    expect(edited.gas[0]!.maxKwAt).toEqual([80, 80, 50, 50, 50, null]);
    expect(base).toEqual(before);
  });

  it('every plan of an edited day passes the independent check', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyEdit, { minLength: 1, maxLength: 4 }), async (edits) => {
        const problem = applied(edits);
        if (problem === null) return;
        const answer = await solveV2g(problem, testSolver, exactSolve);
        if (answer.kind === 'infeasible') return;
        expect(answer.kind).toBe('optimal');
        if (answer.kind !== 'optimal') return;
        expect(checkPlan(problem, answer.schedule).breaches).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it('limits only what it names: cost never falls when a limit is tightened', async () => {
    const cost = async (edits: PlanEdit[]) => {
      const answer = await solveV2g(applyEdits(base, edits), testSolver, exactSolve);
      return 'schedule' in answer ? answer.schedule.totalCost : Infinity;
    };
    const free = await cost([]);
    const range = { fromSlot: 1, toSlot: 3 };
    const tightened: PlanEdit[] = [
      { field: 'gas.maxKw', id: 'gas-1', value: 40, ...range },
      { field: 'gas.outOfService', id: 'gas-1', ...range },
      { field: 'gas.minKw', id: 'gas-2', value: 60, ...range },
      { field: 'wind.maxKw', id: 'wind', value: 5, ...range },
      { field: 'aggregator.chargeKw', id: 'depot', value: 2, ...range },
      { field: 'aggregator.departureShare', id: 'depot', value: 1, fromSlot: 0, toSlot: 5 },
      { field: 'protection', value: 2 },
    ];
    for (const edit of tightened) expect(await cost([edit]), edit.field).toBeGreaterThan(free + 1e-6);
    const short: PlanEdit = { field: 'gas.maxKw', id: 'gas-1', value: 20, ...range };
    const held: PlanEdit = { field: 'reserve.share', value: 0.9, ...range };
    expect(await cost([short, held])).toBeGreaterThan((await cost([short])) + 1e-6);
  });
});

describe('refused edits', () => {
  const range = { fromSlot: 1, toSlot: 3 };
  const cases: [edit: PlanEdit | PlanEdit[], code: string, words: RegExp][] = [
    [
      { field: 'gas.maxKw', id: 'gas-1', value: 101, ...range },
      'out-of-range',
      /Gas 1: greatest output cannot be 101 kW: it must be from 0 kW to 100 kW/,
    ],
    [{ field: 'gas.maxKw', id: 'gas-1', value: 12, ...range }, 'out-of-range', /0, or from its minimum of 20 kW/],
    [{ field: 'gas.maxKw', id: 'gas-2', value: 5, ...range }, 'out-of-range', /from 10 kW to 100 kW/],
    [{ field: 'gas.maxKw', id: 'gas-9', value: 5, ...range }, 'not-found', /gas-9/],
    [
      { field: 'aggregator.departureShare', id: 'depot', value: 1.2, ...range },
      'out-of-range',
      /120 %.*from 0 % to 100 %/,
    ],
    [{ field: 'aggregator.departureKwh', id: 'depot', value: 60, ...range }, 'out-of-range', /Depot.*at most 40 kWh/],
    [
      { field: 'aggregator.departureShare', id: 'depot', value: 0.5, fromSlot: 0, toSlot: 1 },
      'bad-request',
      /no car of Depot leaves/,
    ],
    [{ field: 'protection', value: 3 }, 'out-of-range', /from 0 to 2/],
    [{ field: 'reserve.share', value: NaN, ...range }, 'out-of-range', /Reserve/],
    [{ field: 'storage.minKwh', id: 'battery-1', value: 51, ...range }, 'out-of-range', /Battery 1/],
    [{ field: 'gas.outOfService', id: 'gas-1', fromSlot: 4, toSlot: 6 }, 'bad-request', /0 to 5/],
    [
      [
        { field: 'gas.outOfService', id: 'gas-1', ...range },
        { field: 'gas.pinKw', id: 'gas-1', value: 40, ...range },
      ],
      'out-of-range',
      /Gas 1: output held.*40 kW.*to 0 kW/,
    ],
    [
      [
        { field: 'wind.maxKw', id: 'wind', value: 10, ...range },
        { field: 'wind.pinKw', id: 'wind', value: 20, ...range },
      ],
      'out-of-range',
      /Wind: output held.*to 10 kW/,
    ],
  ];
  for (const [edit, code, words] of cases)
    it(`${[edit]
      .flat()
      .map(({ field }) => field)
      .join(' with ')}: ${code}`, () => {
      const act = () => applyEdits(base, [edit].flat());
      expect(act).toThrow(words);
      expect(act).toThrow(expect.objectContaining({ code }));
    });
});

it('says an edit in words', () => {
  expect(
    describeEdit(base, { field: 'aggregator.departureShare', id: 'depot', value: 0.715, fromSlot: 2, toSlot: 5 }),
  ).toBe('Depot, slots 2 to 5: charge at departure 71.5 %');
  expect(describeEdit(base, { field: 'gas.outOfService', id: 'gas-2', fromSlot: 0, toSlot: 0 })).toBe(
    'Gas 2, slots 0 to 0: out of service',
  );
});
