/**
 * The core of the day: what is left of the trucks' networks when only days worth enough at the prices of the bound are kept, solved as one
 * program. A part of the gap is asked of the days first, then more of it, so that a good decision comes early and the last core is a proof:
 * with z the bound those prices prove, no owner earns more than the core of all arcs within a slack s of z, or than z − s.
 */
import { CancelSource } from '../../base/cancel.ts';
import { buildCoreProgram } from '../../models/sms/marginal/core-program.ts';
import type { CostCurve } from '../../models/sms/marginal/cost-curve.ts';
import type { MasterPrices } from '../../models/sms/marginal/day-master.ts';
import { dayRooms, type DayRoom } from '../../models/sms/marginal/day-rooms.ts';
import type { DaySearch, TruckDay } from '../../models/sms/marginal/priced-day.ts';
import type { TruckClass } from '../../models/sms/marginal/truck-classes.ts';
import type { SmsProblem } from '../../models/sms/problem.ts';
import type { SolveOptions, Solver } from '../../solver/solver.ts';

/** Prices, and what they prove of the whole problem. */
export interface BoundProof {
  boundUsd: number;
  prices: MasterPrices;
  /** Best day at the prices [class]. */
  bestUsd: readonly number[];
}

export interface CoreSearch {
  problem: SmsProblem;
  curves: CostCurve[][];
  classes: readonly TruckClass[];
  searches: readonly DaySearch[];
  proof: BoundProof;
  solver: Solver;
  options: SolveOptions;
  secondsLeft: () => number;
  incumbentUsd: () => number;
  tryDays: (days: TruckDay[]) => Promise<void>;
  onBound: (boundUsd: number) => void;
}

/** Arcs of all trucks that a first core may have, and any. */
const firstArcs = 500;
const mostArcs = 4000;
/** A core whose days are worth more than this share of the gap is the whole of it. */
const wholeShare = 0.6;

export interface RunningCore {
  /** Ends the search with what is proven so far. */
  stop: () => Promise<void>;
}

export function startCore(search: CoreSearch): RunningCore {
  const ended = new CancelSource();
  for (const signal of [search.options.signal, search.options.stopSignal]) signal?.onCancel(() => ended.cancel());
  const running = searchCore(search, ended);
  return {
    stop: async () => {
      ended.cancel();
      await running;
    },
  };
}

async function searchCore(search: CoreSearch, ended: CancelSource): Promise<void> {
  const { proof, solver, secondsLeft, incumbentUsd, onBound } = search;
  const openUsd = (): number => proof.boundUsd - incumbentUsd();
  let most = firstArcs;
  let provenSlackUsd = 0;
  while (!ended.cancelled && secondsLeft() > 0 && openUsd() > provenSlackUsd) {
    const slackUsd = fittingSlack(search, openUsd(), most);
    if (slackUsd <= provenSlackUsd) {
      if (most >= mostArcs) return;
      most *= 2;
      continue;
    }
    const core = buildCoreProgram({ ...search, rooms: roomsAt(search, slackUsd) });
    const outcome = await solver.solve(core.program, {
      ...search.options,
      relativeGap: Math.max(1e-7, search.options.relativeGap / 2),
      timeLimitSeconds: secondsLeft(),
      explainInfeasibility: 'no',
      signal: ended,
    });
    const boundUsd = 'bound' in outcome ? -outcome.bound : outcome.kind === 'infeasible' ? -Infinity : NaN;
    if ('solution' in outcome) await search.tryDays(core.read(outcome.solution.columns));
    if (Number.isNaN(boundUsd)) return;
    onBound(Math.max(boundUsd, proof.boundUsd - slackUsd));
    if (outcome.kind !== 'optimal' && outcome.kind !== 'infeasible') return;
    provenSlackUsd = slackUsd;
    most *= 2;
  }
}

/** The whole gap where its core is small enough, else the largest part of it, halved, that is. */
function fittingSlack(search: CoreSearch, openUsd: number, most: number): number {
  const arcs = (slackUsd: number): number =>
    roomsAt(search, slackUsd).reduce((sum, own, c) => sum + own.length * search.classes[c]!.members.length, 0);
  // A little more than the gap, so that what equals the best is not lost to rounding.
  let slackUsd = openUsd * 1.001 + 1e-6;
  for (let share = 1; share > 1e-3; share = share === 1 ? wholeShare : share / 2) {
    slackUsd = share === 1 ? slackUsd : openUsd * share;
    if (arcs(slackUsd) <= most) return slackUsd;
  }
  return 0;
}

function roomsAt({ classes, searches, proof }: CoreSearch, slackUsd: number): DayRoom[][] {
  return classes.map((_, c) => {
    const leastUsd = Math.max(proof.bestUsd[c]!, proof.prices.truckUsd[c]!) - slackUsd;
    const stay = (terminal: number, slot: number) => proof.prices.stay(c, terminal, slot);
    return dayRooms(searches[c]!, { stay, chargeUsdPerMwh: proof.prices.chargeUsdPerMwh[c]! }, leastUsd);
  });
}
