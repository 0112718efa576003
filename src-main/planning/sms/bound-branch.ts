/**
 * One branch of the search for the owner's bound: the best mixture of known truck days, new days and corners of work at its prices, and again,
 * until the mixture is best, the branch is beaten, or time is over. Every round proves a bound.
 */
import { branchesOf, type Mixture } from '../../models/sms/marginal/branching.ts';
import type { CostCurve } from '../../models/sms/marginal/cost-curve.ts';
import {
  buildDayMaster,
  type BranchRow,
  type ClassDay,
  type DayMaster,
  type RevenueDetail,
  type WorkDetail,
} from '../../models/sms/marginal/day-master.ts';
import type { CarriedPrices, MasterPrices } from '../../models/sms/marginal/master-prices.ts';
import type { DaySearch, StayPrice, TruckDay } from '../../models/sms/marginal/priced-day.ts';
import { roundedDays } from '../../models/sms/marginal/rounded-days.ts';
import type { TruckClass } from '../../models/sms/marginal/truck-classes.ts';
import type { SmsProblem } from '../../models/sms/problem.ts';
import { basisFor, namedBasis, type NamedBasis } from '../../program/basis.ts';
import type { SolveOptions, Solver } from '../../solver/solver.ts';
import type { HelperReply } from '../helpers/helpers.ts';
import type { BoundAim } from './bound-aim.ts';
import { allRooms, isWithin, narrowRooms, type BranchRooms } from './branch-rooms.ts';
import { canRefine, canTellApart, CornerStore } from './corner-store.ts';
import type { DayPricers } from './day-pricers.ts';
import type { DayStore } from './day-store.ts';
import { dayOf, daySearches, staysOf, type DaysFound } from './day-trade.ts';
import type { BoundProof } from './sms-core.ts';
import type { SmsTuning } from './sms-tuning.ts';

/** How finely revenue tells trucks apart: the first branch begins coarse, since smaller programs bring prices near sooner. */
export interface BoundStage {
  revenue: RevenueDetail | CornerStore;
  /** Parts of full power after which prices of its days may bend. */
  parts: number;
  /** [class] */
  searches: DaySearch[];
  /** Share of the bound that prices of this stage may leave before the next begins. */
  leftShare: number;
  /** Parts of full power at which places may have steps beside those that all have; null: none. */
  finerParts: number | null;
}

export interface BranchState {
  problem: SmsProblem;
  curves: CostCurve[][];
  solver: Solver;
  options: SolveOptions;
  tuning: SmsTuning;
  classes: TruckClass[];
  stages: BoundStage[];
  /** Shared by all branches. */
  days: DayStore;
  pricers: DayPricers;
  isOver: () => boolean;
  incumbentUsd: () => number;
  aim: BoundAim;
  tryDays: (days: TruckDay[]) => Promise<void>;
}

export interface BoundNode {
  rows: BranchRow[];
  boundUsd: number;
  /** Where its last mixture was found, or that of the branch before; and the best prices. */
  basis: NamedBasis | null;
  prices: CarriedPrices | null;
  /** What is left for decisions above the aim; null: all. */
  rooms: BranchRooms | null;
}

export type NodeOutcome =
  /** Null where it was stopped. */
  { kind: 'bounded'; mixture: Mixture | null } | { kind: 'empty' } | { kind: 'failed'; problem: string };

/** What the best days and corners at some prices are worth. */
interface Priced {
  /** [class] */
  dayUsd: number[];
  dayGainUsd: number;
  /** [grid][slot] */
  cornerUsd: number[][];
  cornerGainUsd: number;
  prices: MasterPrices;
  /** [class] */
  bestDays: readonly DaysFound[];
}

interface Centre extends BoundProof {
  duals: Float64Array;
  valueUsd: number;
}

const stopped: NodeOutcome = { kind: 'bounded', mixture: null };
/** A day that brings less than this more is none, USD. */
const leastGainUsd = 1e-6;
/** How much less the first branch may leave to a core. */
const rootShare = 0.2;
/** Mixtures after which places may get more steps again. */
const finerRounds = 6;
/** Trucks that no corner accounts for: below this a mixture is one. */
const mostLoose = 0.05;

/** Coarse to fine, as far as the day can be told apart in time. */
export function boundStages(
  problem: SmsProblem,
  curves: CostCurve[][],
  classes: readonly TruckClass[],
  { revenue, workParts, finerParts, coreTrucks }: SmsTuning,
): BoundStage[] {
  const trucks = classes.map(({ truck }) => truck);
  const at = (parts: number): Pick<BoundStage, 'parts' | 'searches'> => ({
    parts,
    searches: daySearches(problem, trucks, parts),
  });
  if (revenue === 'by-power' || revenue === 'by-trucks') return [{ revenue, ...at(1), leftShare: 0, finerParts: null }];
  const stages: BoundStage[] = [
    { revenue: 'by-trucks', ...at(1), leftShare: 0.02, finerParts: null },
    { revenue: 'by-kind', ...at(1), leftShare: 0.001, finerParts: null },
  ];
  let coarser: CornerStore | null = null;
  const isLarge = problem.trucks.length > coreTrucks;
  for (const parts of revenue === 'by-work' && isLarge ? workParts : []) {
    if (!canTellApart(problem, classes, parts)) break;
    coarser = new CornerStore(problem, curves, classes, { parts, coarser });
    stages.push({ revenue: coarser, ...at(parts), leftShare: 0.001, finerParts: null });
  }
  const parts = finerParts.find((own) => canRefine(problem, classes, own));
  if (coarser !== null && parts !== undefined)
    stages.push({ revenue: coarser, ...at(parts), leftShare: 0.001, finerParts: parts });
  return stages;
}

/** Lowers the bound of the branch until its mixture is best, it is beaten, or time is over. */
export async function boundBranch(
  state: BranchState,
  node: BoundNode,
  /** Called with what the branch proves, and what its mixture brings; −Infinity where that is not yet possible. */
  onRound: (proof: BoundProof, mixtureUsd: number) => void,
): Promise<NodeOutcome> {
  const { problem, curves, classes, solver, options, isOver, tuning, stages } = state;
  const { inertia } = tuning;
  const mayNarrow = tuning.rooms === 'on' && node.rows.length > 0;
  const isRoot = node.rows.length === 0;
  let at = isRoot ? 0 : stages.length - 1;
  /** The best prices of this branch, of rows as they are now. */
  let centre: Centre | null = null;
  /** Of the steps that the centre is of; and mixtures since places got more of them here. */
  let version = -1;
  let sinceFiner = Infinity;
  const lower = (boundUsd: number): void => {
    node.boundUsd = Math.min(node.boundUsd, Math.max(boundUsd, node.rooms?.floorUsd ?? -Infinity));
  };
  const empty = (): NodeOutcome => {
    if (node.rooms === null) return { kind: 'empty' };
    // Of decisions above the aim alone.
    lower(node.rooms.floorUsd);
    return stopped;
  };
  /** Leaves out what no decision above the aim uses, by what the prices prove of the branch. */
  const narrow = (boundUsd: number, { prices: { truckUsd }, bestDays: days }: Priced): void => {
    if (!mayNarrow) return;
    const rooms = node.rooms ?? allRooms(stages[at]!.searches.map(({ network }) => network));
    const left = narrowRooms(rooms, { boundUsd, truckUsd, days }, state.aim.usd);
    if (left !== rooms) node.rooms = left;
  };
  for (let round = 0; ; round++) {
    const { revenue, searches, leftShare, finerParts } = stages[at]!;
    const store = typeof revenue === 'string' ? null : revenue;
    // Another branch may have added steps.
    if (store !== null && store.version !== version) {
      centre = null;
      ({ version } = store);
    }
    const { rooms } = node;
    const nearest = centre?.prices ?? node.prices?.prices ?? null;
    const days = state.days.best(nearest, tuning.mostDays, (day) => rooms === null || isWithin(rooms, day));
    const build = (near: ReadonlyMap<string, number> | null): DayMaster =>
      mixtureOf(state, { revenue, days, rows: node.rows, near: near && { usdByRow: near, withinUsd: tuning.nearUsd } });
    let master = build(store && node.prices?.usdByRow ? node.prices.usdByRow : null);
    let found = 0;
    const known = new Set(days);
    /** Asks for the best days and corners at these duals. */
    const ask = (duals: Float64Array): { prices: MasterPrices; replies: Promise<HelperReply<'sms-days'>[]> } => {
      const prices = master.price(duals);
      const asked = classes.map((_, c) => {
        const [stay, chargeUsdPerMwh] = [stayOf(prices, c), prices.chargeUsdPerMwh[c]!];
        const stays = staysOf(problem, { stay, chargeUsdPerMwh });
        const leastUsd = prices.truckUsd[c]! + leastGainUsd;
        const arcs = node.rooms?.arcs[c] ?? null;
        const most = tuning.daysAtOnce;
        return state.pricers.ask({ stage: at, class: c, stays, arcs, chargeUsdPerMwh, leastUsd, most });
      });
      return { prices, replies: Promise.all(asked) };
    };
    /** Those days and corners that bring more are kept. */
    const keep = (prices: MasterPrices, bestDays: readonly DaysFound[]): Priced => {
      let dayGainUsd = 0;
      const dayUsd = bestDays.map(({ valueUsd, days: better }, c) => {
        if (valueUsd === -Infinity) return -Infinity;
        dayGainUsd += classes[c]!.members.length * Math.max(0, valueUsd - prices.truckUsd[c]!);
        for (const own of better) {
          const day = state.days.take(dayOf(searches[c]!, own), c);
          // The solver's rounding may promise a gain by a day that is in the mixture already.
          if (known.has(day)) continue;
          known.add(day);
          found++;
        }
        return valueUsd;
      });
      const corners = prices.corners;
      const taken = corners && store ? store.take(corners) : { worthUsd: [], found: 0 };
      found += taken.found;
      const cornerGainUsd = taken.worthUsd
        .flatMap((slots, g) => slots.map((usd, slot) => Math.max(0, usd - corners![g]![slot]!.weightUsd)))
        .reduce((sum, usd) => sum + usd, 0);
      return { dayUsd, dayGainUsd, cornerUsd: taken.worthUsd, cornerGainUsd, prices, bestDays };
    };
    /** At several duals side by side; kept in their order, whichever is answered first. */
    const best = async (duals: readonly Float64Array[]): Promise<Priced[] | NodeOutcome> => {
      const asked = duals.map(ask);
      const priced: Priced[] = [];
      for (const { prices, replies } of asked) {
        const bestDays: DaysFound[] = [];
        for (const reply of await replies) {
          if (reply.kind === 'failed')
            return { kind: 'failed', problem: `the pricing of days broke: ${reply.problem}` };
          if (reply.kind === 'closed') return stopped;
          bestDays.push(reply.answer);
        }
        priced.push(keep(prices, bestDays));
      }
      return priced;
    };
    if (centre === null && node.prices !== null && store !== null) {
      const carried = master.carry(node.prices);
      const priced = await best([carried]);
      if (!Array.isArray(priced)) return priced;
      // While days were priced another branch may have added steps: these prices are of other rows then.
      if (store.version !== version) continue;
      const [first] = priced as [Priced];
      const { dayUsd, cornerUsd } = first;
      if (dayUsd.every((usd) => usd > -Infinity)) {
        const { duals, valueUsd } = master.settle(carried, { dayUsd, cornerUsd });
        centre = { boundUsd: -valueUsd, prices: master.price(duals), bestUsd: dayUsd, duals, valueUsd };
        lower(centre.boundUsd);
        narrow(centre.boundUsd, { ...first, prices: centre.prices });
        node.prices = carriedFrom(master, centre);
        master = build(node.prices.usdByRow);
      }
    }
    const from = node.basis === null || tuning.start === 'nothing' ? null : basisFor(master.program, node.basis);
    const outcome = await solver.solve(master.program, {
      ...options,
      method: 'simplex',
      explainInfeasibility: 'no',
      warm: { from, by: 'primal' },
    });
    if (outcome.kind === 'cancelled' || outcome.kind === 'feasible') return stopped;
    if (outcome.kind === 'infeasible') return empty();
    if (outcome.kind !== 'optimal') return { kind: 'failed', problem: `the owner's bound is ${outcome.kind}` };
    const { columns, rowDuals, objective, basis } = outcome.solution;
    node.basis = basis ? namedBasis(master.program, basis) : null;
    const point = master.read(columns);
    state.days.use(days.filter((_, j) => point.shares[j]! > 1e-9));
    store?.use(point.usedCorners);
    const before: number = centre?.boundUsd ?? Infinity;
    const tried = [{ duals: rowDuals, valueUsd: objective }];
    // Mixed duals are feasible where both are, and their value is at least the mixture of both.
    if (centre !== null) {
      const { duals, valueUsd }: Centre = centre;
      const mixed: Float64Array = rowDuals.map((dual, row) => inertia * duals[row]! + (1 - inertia) * dual);
      tried.unshift({ duals: mixed, valueUsd: inertia * valueUsd + (1 - inertia) * objective });
    }
    const priced = await best(tried.map(({ duals }) => duals));
    if (!Array.isArray(priced)) return priced;
    for (const [i, own] of priced.entries()) {
      const { dayUsd, dayGainUsd, cornerGainUsd, prices } = own;
      const { duals, valueUsd } = tried[i]!;
      const boundUsd = -valueUsd + dayGainUsd + cornerGainUsd;
      lower(boundUsd);
      narrow(boundUsd, own);
      if (centre === null || boundUsd < centre.boundUsd)
        centre = { boundUsd, prices, bestUsd: dayUsd, duals, valueUsd };
    }
    if (centre === null) throw new Error('no prices were tried');
    node.prices = carriedFrom(master, centre);
    const isRough = at < stages.length - 1;
    const isMixture = point.missing < 1e-9 && point.loose < mostLoose;
    onRound(centre, (isRough && at === 0) || !isMixture ? -Infinity : point.profitUsd);
    const leftUsd = node.boundUsd - point.profitUsd;
    const isStill = found === 0 && centre.boundUsd > before - leastGainUsd;
    if (isRough && (isStill || leftUsd <= leftShare * Math.abs(node.boundUsd))) {
      at++;
      // Its duals are of other rows.
      centre = null;
      if (!isOver()) continue;
    }
    const done = leftUsd <= 1e-7 * Math.max(1, Math.abs(node.boundUsd)) || isStill;
    const isProven = isRoot ? state.aim.isEnough(node.boundUsd) : state.aim.isMet(node.boundUsd);
    sinceFiner++;
    const mayRefine = finerParts !== null && point.missing < 1e-9 && !isProven && !isOver();
    if (store !== null && mayRefine && (done || sinceFiner >= finerRounds)) {
      sinceFiner = 0;
      const isOld = store.version !== version;
      if (isOld || store.refine({ days, ...point }, finerParts, node.boundUsd) > 0) continue;
    }
    if (done && point.missing > 1e-6) return empty();
    if (done || (point.missing < 1e-9 && round % 10 === 9))
      await state.tryDays(roundedDays(problem, classes, days, point.shares));
    const mixture = { days, ...point };
    if (done || isProven) return { kind: 'bounded', mixture };
    // The last of a bound takes longest; two branches lower it sooner.
    const openUsd = node.boundUsd - Math.max(state.incumbentUsd(), point.profitUsd - Math.abs(point.profitUsd));
    // Without work told apart the core is to prove what is left: it leaves out what the first branch's prices can spare.
    const share = isRoot && store === null && tuning.core === 'on' ? tuning.earlyShare * rootShare : tuning.earlyShare;
    const isNear = !isRough && isMixture && leftUsd <= share * openUsd;
    if (isNear && branchesOf(problem, curves, mixture, node.rows).length > 0) {
      await state.tryDays(roundedDays(problem, classes, days, point.shares));
      return { kind: 'bounded', mixture };
    }
    if (isOver()) return stopped;
  }
}

/** The best mixture of the days as a program. @param near prices of work that it stays near, where revenue tells work apart. */
export function mixtureOf(
  { problem, curves, classes }: BranchState,
  {
    revenue,
    days,
    rows,
    near,
  }: Pick<BoundStage, 'revenue'> & {
    days: readonly ClassDay[];
    rows: readonly BranchRow[];
    near: WorkDetail['near'];
  },
): DayMaster {
  const detail = typeof revenue === 'string' ? revenue : { ...revenue.work, corners: revenue.cornersAt(), near };
  return buildDayMaster({ problem, curves, classes, days, branch: rows, revenue: detail });
}

const stayOf =
  (prices: MasterPrices, c: number) =>
  (terminal: number, slot: number): StayPrice =>
    prices.stay(c, terminal, slot);

const carriedFrom = ({ program }: DayMaster, { duals, prices }: Centre): CarriedPrices => ({
  usdByRow: new Map(program.rowNames.map((name, row) => [name, duals[row]!])),
  prices,
});
