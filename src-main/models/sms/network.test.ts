import { describe, expect, it } from 'vitest';
import { ProgramBuilder } from '../../program/program.ts';
import { optimum } from '../../robust/fixtures/test-solver.ts';
import { smallSms, smallTruck } from './fixtures/small-sms.ts';
import { networkOf, type Arc } from './network.ts';
import type { SmsProblem, Truck } from './problem.ts';
import { addRouting } from './routing.ts';

const short = ({ kind, from, to, fromSlot, untilSlot }: Arc): string =>
  kind === 'stay' ? `${from} stays ${fromSlot}` : `${from}-${to} ${fromSlot}-${untilSlot}`;

describe('networkOf', () => {
  it('keeps what leads from start to end, and nothing else', () => {
    const problem = smallSms(2);
    // From station 1 to station 2 in two slots: wait then drive, drive then wait; there is no time to touch the depot but on the way.
    expect(networkOf(problem, problem.trucks[0]!).map(short)).toEqual([
      '1-0 0-1',
      '1 stays 0',
      '1-2 0-1',
      '0-2 1-2',
      '1-2 1-2',
      '2 stays 1',
    ]);
  });
  it('takes the time of the slot in which a trip leaves, and no trip beyond the day', () => {
    const problem = smallSms(3);
    problem.travelSlots[1]![2] = [3, 1, 2];
    problem.travelSlots[1]![0] = [null, null, null];
    expect(networkOf(problem, problem.trucks[0]!).map(short)).toEqual(['1 stays 0', '1-2 0-3', '1-2 1-2', '2 stays 2']);
  });
  it('keeps to where the operator wants a truck, and lets it drive only where it need not stand', () => {
    const withRules = (...places: NonNullable<Truck['places']>) => {
      const problem = smallSms(3, { trucks: [smallTruck('a', { places })] });
      return networkOf(problem, problem.trucks[0]!).map(short);
    };
    expect(withRules({ kind: 'only', terminals: [1], fromSlot: 0, untilSlot: 2 })).toEqual([
      '1 stays 0',
      '1 stays 1',
      '1-2 2-3',
    ]);
    const never = withRules({ kind: 'never', terminals: [1, 0], fromSlot: 0, untilSlot: 3 });
    expect(never).toContain('1-2 0-1');
    expect(never.filter((arc) => /^[01] stays/.test(arc))).toEqual([]);
    expect(withRules({ kind: 'only', terminals: [2], fromSlot: 0, untilSlot: 1 })).toEqual([]);
  });
  it('is empty for a truck that cannot get home', () => {
    const problem = smallSms(1, { trucks: [smallTruck('a', { end: 2 })] });
    problem.travelSlots[1]![2] = [null];
    expect(networkOf(problem, problem.trucks[0]!)).toEqual([]);
  });
});

describe('addRouting', () => {
  const cheapest = async (problem: SmsProblem) => {
    const program = new ProgramBuilder('routes');
    const routing = addRouting(program, problem);
    const cost = program.addColumn({ name: 'cost', lower: -Infinity, upper: Infinity, cost: 1 });
    program.addRow({ name: 'cost', lower: 0, upper: 0, terms: [[cost, -1], ...routing.cost] });
    const { objective, columns } = await optimum(program.compile());
    return { objective, routes: routing.read((column) => columns[column]!) };
  };
  it('lets only as many trucks stay as there are places', async () => {
    const trucks = ['a', 'b', 'c'].map((id) => smallTruck(id, { end: 1 }));
    const problem = smallSms(3, { trucks, holdCostUsdPerSlot: [1, 0.5, 0.5] });
    // Two stay for 0.5 a slot; the third drives out and back for 3 each and stays somewhere for one slot.
    const { objective, routes } = await cheapest(problem);
    expect(objective).toBeCloseTo(2 * 1.5 + 6 + 0.5, 9);
    expect(routes.filter((legs) => legs.length === 1)).toHaveLength(2);
  });
  it('says of routes what they share with others', async () => {
    const program = new ProgramBuilder('routes');
    const routing = addRouting(program, smallSms(3));
    const { terms, legs } = routing.same([
      [
        { kind: 'stay', terminal: 1, fromSlot: 0, untilSlot: 2 },
        { kind: 'travel', from: 1, to: 2, fromSlot: 2, untilSlot: 3 },
      ],
    ]);
    expect(legs).toBe(3);
    expect(terms).toHaveLength(3);
  });
});
