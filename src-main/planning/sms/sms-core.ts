/**
 * The core of the day: what is left of the trucks' networks when only days worth enough at the prices of the bound are kept, solved as one
 * program. A part of the gap is asked of the days first, then more of it, so that a good decision comes early and the last core is a proof:
 * with z the bound those prices prove, no owner earns more than the core of all arcs within a slack s of z, or than z − s. Where even a small
 * part leaves too much, some trucks at a time are set free on the best routes known.
 */
import { CancelSource } from '../../base/cancel.ts';
import { buildCoreProgram } from '../../models/sms/marginal/core-program.ts';
import type { CostCurve } from '../../models/sms/marginal/cost-curve.ts';
import type { MasterPrices } from '../../models/sms/marginal/master-prices.ts';
import { dayRooms, keptRooms, type DayRoom } from '../../models/sms/marginal/day-rooms.ts';
import type { DaySearch, TruckDay } from '../../models/sms/marginal/priced-day.ts';
import type { TruckClass } from '../../models/sms/marginal/truck-classes.ts';
import type { SmsProblem } from '../../models/sms/problem.ts';
import type { SolveOptions, SolveOutcome, Solver } from '../../solver/solver.ts';

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
  /** The best at the time. */
  proof: () => BoundProof;
  solver: Solver;
  options: SolveOptions;
  secondsLeft: () => number;
  incumbentUsd: () => number;
  /** Days of the best decision [truck]; null before the first. */
  bestDays: () => TruckDay[] | null;
  tryDays: (days: TruckDay[]) => Promise<void>;
  onBound: (boundUsd: number) => void;
}

/** Arcs of all trucks that a first core may have, and any. */
const firstArcs = 350;
const mostArcs = 4000;
/** Arcs of trucks set free. */
const freeArcs = 600;
/** A core for less than this share of the gap says little. */
const leastShare = 0.1;
/** Share of the time left for a core that is not the whole gap's: it looks for a good decision, and proves little. */
const partShare = 0.15;
/** Seconds for some trucks set free. */
const freeSeconds = 15;

export interface RunningCore {
  /** Whether a core of the whole gap is being solved: it may prove all. */
  isProving: () => boolean;
  /** Ends the search with what is proven so far. */
  stop: () => Promise<void>;
}

export function startCore(search: CoreSearch): RunningCore {
  const ended = new CancelSource();
  for (const signal of [search.options.signal, search.options.stopSignal]) signal?.onCancel(() => ended.cancel());
  let proving = false;
  const onCore = (isWhole: boolean): void => {
    proving = isWhole;
  };
  const running = searchCores(search, ended, onCore).then((isProof) => {
    proving = false;
    return isProof ? undefined : freeTrucks(search, ended);
  });
  return {
    isProving: () => proving,
    stop: async () => {
      ended.cancel();
      await running;
    },
  };
}

/** @returns whether the bound and the best decision have met. */
async function searchCores(
  search: CoreSearch,
  ended: CancelSource,
  onCore: (isWhole: boolean) => void,
): Promise<boolean> {
  const { problem, secondsLeft, incumbentUsd, onBound } = search;
  let provenUsd = Infinity;
  for (let most = firstArcs; most <= mostArcs && !ended.cancelled && secondsLeft() > 0; most *= 2) {
    const proof = search.proof();
    const slackUsd = fittingSlack(search, proof, most);
    const openUsd = proof.boundUsd - incumbentUsd();
    if (slackUsd < leastShare * openUsd || proof.boundUsd - slackUsd >= provenUsd) continue;
    const rooms = perTruck(search, roomsAt(search, proof, slackUsd));
    const core = buildCoreProgram({ problem, curves: search.curves, classes: search.classes, rooms });
    onCore(slackUsd >= openUsd);
    const timeLimitSeconds = (slackUsd >= openUsd ? 1 : partShare) * secondsLeft();
    const outcome = await solve(search, core.program, { ended, timeLimitSeconds });
    if ('solution' in outcome) await search.tryDays(core.read(outcome.solution.columns));
    if (outcome.kind !== 'infeasible' && !('bound' in outcome)) return false;
    const coreUsd = 'bound' in outcome ? -outcome.bound : -Infinity;
    if (Number.isNaN(coreUsd)) return false;
    provenUsd = Math.min(provenUsd, Math.max(coreUsd, proof.boundUsd - slackUsd));
    onBound(provenUsd);
    if (slackUsd >= proof.boundUsd - incumbentUsd()) return true;
    if (outcome.kind === 'feasible') return false;
  }
  return false;
}

/** Two trucks at a time, later three, choose anew while the others keep their routes; until nothing gains. */
async function freeTrucks(search: CoreSearch, ended: CancelSource): Promise<void> {
  const { problem, secondsLeft, incumbentUsd, bestDays } = search;
  const count = problem.trucks.length;
  for (let size = 2; size < count && size <= 3; size++) {
    const groups = groupsOf(count, size);
    let sinceGain = 0;
    for (let i = 0; sinceGain < groups.length; i = (i + 1) % groups.length) {
      const days = bestDays();
      if (days === null || ended.cancelled || secondsLeft() <= 0) return;
      const before = incumbentUsd();
      const proof = search.proof();
      const free = new Set(groups[i]);
      const classOf = (k: number): number => search.classes.findIndex(({ members }) => members.includes(k));
      const slackUsd = fittingSlack(search, proof, (freeArcs * count) / size);
      const open = roomsAt(search, proof, slackUsd);
      const rooms = problem.trucks.map((truck, k) =>
        free.has(k) ? joined(open[classOf(k)]!, keptRooms(truck, days[k]!)) : keptRooms(truck, days[k]!),
      );
      const core = buildCoreProgram({ problem, curves: search.curves, classes: search.classes, rooms });
      const timeLimitSeconds = Math.min(freeSeconds, secondsLeft());
      const outcome = await solve(search, core.program, { ended, timeLimitSeconds });
      if ('solution' in outcome) await search.tryDays(core.read(outcome.solution.columns));
      sinceGain = incumbentUsd() > before + 1e-6 ? 0 : sinceGain + 1;
    }
  }
}

function groupsOf(count: number, size: number): number[][] {
  if (size === 0) return [[]];
  return Array.from({ length: count }, (_, k) => k).flatMap((k) =>
    groupsOf(count, size - 1).flatMap((rest) => (rest.every((other) => other > k) ? [[k, ...rest]] : [])),
  );
}

function joined(some: readonly DayRoom[], others: readonly DayRoom[]): DayRoom[] {
  const key = ({ arc }: DayRoom): string => `${arc.from} ${arc.to} ${arc.fromSlot}`;
  const rooms = new Map(some.map((room) => [key(room), room]));
  for (const room of others) rooms.set(key(room), room);
  return [...rooms.values()].sort((a, b) => a.arc.fromSlot - b.arc.fromSlot);
}

function solve(
  { solver, options }: CoreSearch,
  program: Parameters<Solver['solve']>[0],
  { ended, timeLimitSeconds }: { ended: CancelSource; timeLimitSeconds: number },
): Promise<SolveOutcome> {
  const { stopSignal: _, ...rest } = options;
  const relativeGap = Math.max(1e-7, options.relativeGap / 2);
  return solver.solve(program, {
    ...rest,
    relativeGap,
    timeLimitSeconds: Math.max(1, timeLimitSeconds),
    explainInfeasibility: 'no',
    signal: ended,
  });
}

/** The whole gap where its core is small enough, else the largest part of it that is. */
function fittingSlack(search: CoreSearch, proof: BoundProof, most: number): number {
  // A little more than the gap, so that what equals the best is not lost to rounding.
  const wholeUsd = (proof.boundUsd - search.incumbentUsd()) * 1.001 + 1e-6;
  const missing = roomsAt(search, proof, wholeUsd).flatMap((own, c) =>
    own.flatMap(({ valueUsd }) => search.classes[c]!.members.map(() => enoughUsd(proof, c) - valueUsd)),
  );
  missing.sort((x, y) => x - y);
  return missing.length <= most ? wholeUsd : Math.max(0, missing[most]! * (1 - 1e-9) - 1e-6);
}

/** What a day of the class brings in the bound. */
const enoughUsd = ({ bestUsd, prices }: BoundProof, c: number): number => Math.max(bestUsd[c]!, prices.truckUsd[c]!);

/** [class] */
function roomsAt({ classes, searches }: CoreSearch, proof: BoundProof, slackUsd: number): DayRoom[][] {
  const { prices } = proof;
  return classes.map((_, c) => {
    const stay = (terminal: number, slot: number) => prices.stay(c, terminal, slot);
    const leastUsd = enoughUsd(proof, c) - slackUsd;
    return dayRooms(searches[c]!, { stay, chargeUsdPerMwh: prices.chargeUsdPerMwh[c]! }, leastUsd);
  });
}

const perTruck = ({ problem, classes }: CoreSearch, rooms: readonly DayRoom[][]): DayRoom[][] =>
  problem.trucks.map((_, k) => rooms[classes.findIndex(({ members }) => members.includes(k))]!);
