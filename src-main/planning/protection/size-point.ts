/** One size of a set, solved and tested: what it costs, and how often it fails on days not planned for. */
import type { V2gProblem } from '../../models/v2g/problem.ts';
import type { SolveOptions, Solver } from '../../solver/solver.ts';
import type { MeasuredShare } from '../../uncertainty/types.ts';
import type { CountedDays } from '../../verify/types.ts';
import { operationSolve } from '../operation-solve.ts';
import { costItems, type CostItem } from '../plan/cost-items.ts';
import { energiesKwh, peakKw } from '../plan/plan-totals.ts';
import { solveOnNetwork } from '../network/solve-on-network.ts';
import { sweepOnNetwork } from '../network/sweep-on-network.ts';
import { failureOf } from '../plan/chance-form.ts';
import type { PlannedAnswer, V2gAnswer } from '../plan/solve-v2g.ts';
import { testAgainst } from '../plan/test-plan.ts';
import type { SizedDay } from './sized-day.ts';

export interface SizePoint {
  size: number;
  /** 'infeasible': no plan exists at this size; 'failed': none was found in time. */
  state: 'solved' | 'infeasible' | 'failed' | 'cancelled';
  /** Why it is not solved; empty when it is. */
  problem: string;
  totalCost: number;
  cost: CostItem[];
  anyViolation: MeasuredShare;
  largestSingle: MeasuredShare;
  /** A-priori bound on the failure of what the kind promises (`SizeScale` of the curve says which event); NaN where nothing is. */
  bound: number;
  expectedUnservedKwh: number;
  chargeKwh: number;
  dischargeKwh: number;
  peakKw: number;
  dots: { day: string; unservedKwh: number }[];
  /** The distinct days the chance was counted on; null where they are drawn from a law. */
  counted: CountedDays | null;
}

const nothing: MeasuredShare = { hits: 0, trials: 0, share: NaN, lower: NaN, upper: NaN };

/** `onPoint` is called as each size is known: the budget's from the largest down, others as they are solved. */
export async function solveSizes(
  day: SizedDay,
  sizes: readonly number[],
  solver: Solver,
  options: SolveOptions,
  onPoint: (point: SizePoint) => void,
): Promise<SizePoint[]> {
  const points: SizePoint[] = [];
  const settle = (size: number, answer: V2gAnswer): void => {
    const point = sizePoint(day, size, answer);
    points.push(point);
    onPoint(point);
  };
  if (day.warm) await sweepOnNetwork(day.at(0), sizes, solver, options, settle);
  else
    await solveEach(day, sizes.toReversed(), async (size) =>
      settle(size, (await solveOnNetwork(day.at(size), solver, options)).answer),
    );
  return points.sort((a, b) => a.size - b.size);
}

/** Sizes at once, on as many threads as there are; with routes of trucks to search, which take them all, one after another. */
export async function solveEach<Point>(
  day: SizedDay,
  sizes: readonly number[],
  solveSize: (size: number) => Promise<Point>,
): Promise<Point[]> {
  if (!day.at(0).trucks) return Promise.all(sizes.map(solveSize));
  const points: Point[] = [];
  for (const size of sizes) points.push(await solveSize(size));
  return points;
}

export function sizePoint(day: SizedDay, size: number, answer: V2gAnswer): SizePoint {
  const { kind, set } = day;
  const { probability } = day.promiseAt(size);
  const bound = probability === null ? NaN : 1 - probability;
  if (!('schedule' in answer))
    return {
      size,
      bound,
      state: answer.kind,
      problem: whyNot(day.at(size), answer),
      totalCost: NaN,
      cost: [],
      anyViolation: nothing,
      largestSingle: nothing,
      expectedUnservedKwh: NaN,
      chargeKwh: NaN,
      dischargeKwh: NaN,
      peakKw: NaN,
      dots: [],
      counted: null,
    };
  const { schedule } = answer;
  const problem = day.at(size);
  const test = testAgainst(problem, schedule, { set, kind, seed: operationSolve.seed });
  const energies = energiesKwh(schedule);
  return {
    size,
    bound,
    state: 'solved',
    problem: '',
    totalCost: schedule.totalCost,
    cost: costItems(schedule),
    anyViolation: test.anyViolation,
    largestSingle: test.largestSingle,
    expectedUnservedKwh: test.expectedUnservedKwh,
    chargeKwh: energies.charge,
    dischargeKwh: energies.discharge,
    peakKw: peakKw(problem, schedule),
    dots: test.dots,
    counted: test.counted ?? null,
  };
}

function whyNot(problem: V2gProblem, answer: Exclude<V2gAnswer, PlannedAnswer>): string {
  switch (answer.kind) {
    case 'infeasible':
      return answer.why;
    case 'failed':
      return failureOf(problem, answer.problem);
    case 'cancelled':
      return 'cancelled';
  }
}

/** Protection costs nothing along these points, up to the gap each was solved to. */
export function isFlat(points: readonly SizePoint[]): boolean {
  const costs = points.filter((point) => point.state === 'solved').map((point) => point.totalCost);
  return (
    costs.length > 1 && Math.max(...costs) - Math.min(...costs) <= operationSolve.relativeGap * Math.abs(costs[0]!)
  );
}
