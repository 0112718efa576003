/**
 * Prices and routes of shared mobile storage (docs/method/sms.md). Where a grid's cost in a slot depends only on the trucks' net power there,
 * the owner's bound is a problem of one level, solved by branch and price (sms-bound.ts); its routes are priced and put to the users. What
 * gap is left on small days with a menu, the decomposition closes. It can be stopped at any time, with the best decision and its proven gap.
 */
import { assemblePlan } from '../../models/sms/assemble-plan.ts';
import { drivingBudgetMwh } from '../../models/sms/driving.ts';
import type { CostCurve } from '../../models/sms/marginal/cost-curve.ts';
import { isSeparable, paysByNetPower } from '../../models/sms/marginal/curve-program.ts';
import { networkOf } from '../../models/sms/network.ts';
import type { SmsPlan, SmsRound } from '../../models/sms/plan.ts';
import { isContinuous } from '../../models/sms/prices.ts';
import type { SmsProblem } from '../../models/sms/problem.ts';
import { requireValidSms } from '../../models/sms/require-valid.ts';
import type { SolveOptions, Solver } from '../../solver/solver.ts';
import type { Helpers } from '../helpers/helpers.ts';
import { sameThread } from '../helpers/same-thread.ts';
import { crowdedWords, decomposeSms } from './decompose-sms.ts';
import { gridsAlone, type Alone } from './grids-alone.ts';
import { priceByWelfare, priceSteps } from './price-by-welfare.ts';
import { boundSms } from './sms-bound.ts';
import { smsCurves } from './sms-curves.ts';
import { Incumbents } from './sms-incumbent.ts';
import { polishPrices, RoutePricer } from './sms-price-routes.ts';
import { smsTuning, type SmsTuning } from './sms-tuning.ts';

export type SmsAnswer =
  | {
      kind: 'optimal' | 'feasible';
      plan: SmsPlan;
      /** No decision can bring the owner more. */
      upperBoundUsd: number;
      /** (bound − profit) / max(1, |profit|) */
      gap: number;
      rounds: SmsRound[];
    }
  | { kind: 'infeasible'; why: string; rounds: SmsRound[] }
  | { kind: 'cancelled'; rounds: SmsRound[] }
  | { kind: 'failed'; problem: string; rounds: SmsRound[] };

/** Bounds within this of each other (relative, at least to 1 USD) have met, or within the wished gap if that is wider. */
const meeting = 1e-6;
/** Trucks × slots up to which the decomposition is worth its time. */
const smallDay = 16;
/** A first plan is worth this wait, whatever the time limit. */
const firstPlanSeconds = 10;
/** Share of the time for the bound where prices must come from a menu and are to be improved afterwards. */
const boundShare = 0.6;

export interface SmsMeans {
  /** Work beside the search; in its own thread when left out. */
  helpers: Helpers;
  tuning: SmsTuning;
}

/**
 * `options` hold for the whole search; `relativeGap` is the gap wished. `signal` and `stopSignal` both end it with the best so far.
 * @throws Refusal `case-bad` when the problem contradicts itself.
 */
export async function solveSms(
  problem: SmsProblem,
  solver: Solver,
  options: SolveOptions,
  onRound: (round: SmsRound) => void = () => undefined,
  { helpers = sameThread, tuning = smsTuning }: Partial<SmsMeans> = {},
): Promise<SmsAnswer> {
  requireValidSms(problem);
  const stranded = problem.trucks.find((truck) => networkOf(problem, truck).length === 0);
  if (stranded) return { kind: 'infeasible', why: strandedWords(problem, stranded.id), rounds: [] };
  return new Search(problem, solver, options, { onRound, helpers, tuning }).run();
}

type Stage = { kind: 'ended' } | { kind: 'infeasible'; why: string } | { kind: 'failed'; problem: string };

class Search {
  readonly #problem: SmsProblem;
  readonly #solver: Solver;
  readonly #options: SolveOptions;
  readonly #tuning: SmsTuning;
  readonly #helpers: Helpers;
  readonly #onRound: (round: SmsRound) => void;
  readonly #incumbents: Incumbents;
  readonly #startedAt = performance.now();
  readonly #bound = { usd: Infinity };
  readonly #rounds: SmsRound[] = [];

  constructor(
    problem: SmsProblem,
    solver: Solver,
    options: SolveOptions,
    { onRound, helpers, tuning }: { onRound: (round: SmsRound) => void } & SmsMeans,
  ) {
    this.#problem = problem;
    this.#solver = solver;
    this.#options = options;
    this.#onRound = onRound;
    this.#tuning = tuning;
    this.#helpers = helpers;
    this.#incumbents = new Incumbents(problem, solver);
  }

  async run(): Promise<SmsAnswer> {
    const rounds = this.#rounds;
    const alone = await gridsAlone(this.#problem, this.#solver, this.#options, this.#mayDecompose ? 'worth' : 'cost');
    if (alone.kind !== 'known') return { ...alone, rounds };
    const byNetPower = paysByNetPower(this.#problem);
    if (!byNetPower || isSeparable(this.#problem)) {
      const stage = await (byNetPower ? this.#boundAndPrice() : this.#priceByWelfare(alone));
      if (stage.kind !== 'ended') return { ...stage, rounds };
    }
    if (this.#mayDecompose && !this.#isOver(1)) {
      const stage = await this.#decompose(alone);
      if (stage.kind !== 'ended') return { ...stage, rounds };
    }
    if (!(await this.#incumbents.completeDispatch(this.#options)))
      return { kind: 'failed', problem: 'the dispatch of the grids was not found', rounds };
    const { best } = this.#incumbents;
    if (best === null) return { kind: 'cancelled', rounds };
    const upperBoundUsd = Math.max(this.#bound.usd, best.profitUsd);
    return {
      kind: this.#haveMet() ? 'optimal' : 'feasible',
      plan: assemblePlan(this.#problem, best.decision, best.reply, alone.aloneUsd),
      upperBoundUsd,
      gap: gapOf(upperBoundUsd, best.profitUsd),
      rounds,
    };
  }

  /** It closes what small days leave open, and is the only way with ramps; it knows menus and grids of one bus alone. */
  get #mayDecompose(): boolean {
    const problem = this.#problem;
    return (
      !isContinuous(problem) &&
      !hasFeeder(problem) &&
      paysByNetPower(problem) &&
      (!isSeparable(problem) || this.#isSmall)
    );
  }

  get #isSmall(): boolean {
    return this.#problem.trucks.length * this.#problem.slots <= smallDay;
  }

  async #boundAndPrice(): Promise<Stage> {
    const [problem, solver] = [this.#problem, this.#solver];
    const options = { ...this.#options, explainInfeasibility: 'no' as const };
    const known = await smsCurves(problem, solver, options);
    if (known.kind === 'failed') return known;
    if (known.kind === 'cancelled') return { kind: 'ended' };
    if (!this.#isSmall || hasFeeder(problem)) this.#incumbents.curves = known.curves;
    const pricer = new RoutePricer(problem, known.curves, {
      solver,
      incumbents: this.#incumbents,
      helpers: this.#helpers,
      fleetShare: this.#tuning.fleetShare,
    });
    const stage = await this.#boundRoutes(known.curves, pricer).finally(() => pricer.close());
    if (stage.kind !== 'ended') return stage;
    if (pricer.problem !== null) return { kind: 'failed', problem: pricer.problem };
    if (!isContinuous(problem) && !this.#mayDecompose && !this.#haveMet()) {
      const menu = (grid: number, slot: number): number[] => problem.priceMenuUsdPerMwh[grid]![slot]!;
      const isOver = (): boolean => this.#isOver(1);
      await polishPrices(problem, this.#incumbents, neighbours(menu), {
        options: this.#left(),
        isOver,
      });
      this.#report(this.#incumbents.profitUsd, this.#rounds.at(-1)?.patterns ?? 0);
    }
    return { kind: 'ended' };
  }

  async #boundRoutes(curves: CostCurve[][], pricer: RoutePricer): Promise<Stage> {
    const problem = this.#problem;
    const left = (): SolveOptions => this.#left();
    const firstDays = await pricer.begin(left);
    const share = isContinuous(problem) ? 1 : boundShare;
    let branches = 0;
    const bounded = await boundSms({
      problem,
      curves,
      solver: this.#solver,
      helpers: this.#helpers,
      options: { ...this.#options, explainInfeasibility: 'no' },
      firstDays,
      tuning: this.#tuning,
      // On a small day the decomposition closes what the root leaves open.
      isOver: () => this.#isOver(share) || (branches > 0 && this.#mayDecompose) || pricer.problem !== null,
      secondsLeft: () => share * this.#options.timeLimitSeconds - this.#elapsed(),
      incumbentUsd: () => this.#incumbents.profitUsd,
      bestDays: () => pricer.bestDays,
      tryDays: (days) => pricer.improve(days, left),
      onStep: (step) => {
        branches = step.branches;
        this.#lower(step.boundUsd);
        this.#report(null, step.days);
      },
    });
    if (bounded.kind === 'failed') return bounded;
    if (bounded.kind === 'infeasible') return { kind: 'infeasible', why: crowdedWords };
    this.#lower(bounded.boundUsd);
    return { kind: 'ended' };
  }

  async #priceByWelfare({ aloneUsd }: Extract<Alone, { kind: 'known' }>): Promise<Stage> {
    const problem = this.#problem;
    const stage = await priceByWelfare({
      problem,
      solver: this.#solver,
      incumbents: this.#incumbents,
      aloneUsd: aloneUsd.reduce((sum, usd) => sum + usd, 0),
      left: (share) => {
        const left = this.#left();
        return { ...left, timeLimitSeconds: Math.max(firstPlanSeconds, share * left.timeLimitSeconds) };
      },
      isOver: (share) => this.#isOver(share),
      onBound: (boundUsd) => {
        this.#lower(boundUsd);
        this.#report(null, 0);
      },
    });
    if (stage.kind === 'infeasible') return { ...stage, why: crowdedWords };
    if (stage.kind === 'failed') return stage;
    this.#report(this.#incumbents.best?.profitUsd ?? null, 0);
    if (this.#isOver(1)) return { kind: 'ended' };
    await polishPrices(problem, this.#incumbents, priceSteps(problem), {
      options: this.#left(),
      isOver: () => this.#isOver(1),
    });
    this.#lower(this.#bound.usd);
    this.#report(this.#incumbents.best?.profitUsd ?? null, 0);
    return { kind: 'ended' };
  }

  #decompose(alone: Extract<Alone, { kind: 'known' }>): Promise<Stage> {
    return decomposeSms({
      problem: this.#problem,
      solver: this.#solver,
      options: this.#options,
      incumbents: this.#incumbents,
      aloneUsd: alone.aloneUsd,
      worth: alone.worth,
      worthRanges: alone.ranges,
      secondsLeft: () => (this.#isOver(1) ? 0 : this.#options.timeLimitSeconds - this.#elapsed()),
      bound: this.#bound,
      haveMet: () => this.#haveMet(),
      onRound: (profitUsd, patterns) => this.#report(profitUsd, patterns),
    });
  }

  #lower(boundUsd: number): void {
    this.#bound.usd = Math.min(this.#bound.usd, Math.max(boundUsd, this.#incumbents.profitUsd));
  }

  #elapsed(): number {
    return (performance.now() - this.#startedAt) / 1000;
  }

  /** Options for what begins now. */
  #left(): SolveOptions {
    const least = this.#incumbents.best === null ? firstPlanSeconds : 1;
    const timeLimitSeconds = Math.max(least, this.#options.timeLimitSeconds - this.#elapsed());
    return { ...this.#options, timeLimitSeconds, explainInfeasibility: 'no' };
  }

  /** The bounds have met, it was cancelled, or this share of the time is used. */
  #isOver(share: number): boolean {
    const { signal, stopSignal, timeLimitSeconds } = this.#options;
    const stopped = signal?.cancelled === true || stopSignal?.cancelled === true;
    return stopped || this.#haveMet() || this.#elapsed() >= share * timeLimitSeconds;
  }

  #haveMet(): boolean {
    const best = this.#incumbents.profitUsd;
    if (this.#incumbents.best === null) return false;
    const enough = Math.max(meeting, this.#options.relativeGap) * Math.max(1, Math.abs(best));
    return this.#bound.usd - best <= enough;
  }

  #report(profitUsd: number | null, patterns: number): void {
    const incumbentUsd = this.#incumbents.best?.profitUsd ?? null;
    const round: SmsRound = {
      round: this.#rounds.length + 1,
      upperBoundUsd: this.#bound.usd,
      profitUsd,
      incumbentUsd,
      gap: incumbentUsd === null ? null : gapOf(Math.max(this.#bound.usd, incumbentUsd), incumbentUsd),
      patterns,
      routes: this.#incumbents.routes,
      elapsedSeconds: this.#elapsed(),
    };
    this.#rounds.push(round);
    this.#onRound(round);
  }
}

const hasFeeder = ({ grids }: SmsProblem): boolean => grids.some(({ feeder }) => feeder !== undefined);

const gapOf = (boundUsd: number, profitUsd: number): number =>
  (boundUsd - profitUsd) / Math.max(1, Math.abs(profitUsd));

/** The levels next to a price on its menu. */
const neighbours =
  (menuAt: (grid: number, slot: number) => number[]) =>
  (grid: number, slot: number, price: number): number[] => {
    const menu = menuAt(grid, slot).toSorted((a, b) => a - b);
    const at = menu.indexOf(price);
    return [menu[at - 1], menu[at + 1]].filter((level) => level !== undefined);
  };

function strandedWords(problem: SmsProblem, id: string): string {
  const truck = problem.trucks.find((other) => other.id === id)!;
  const [from, to] = [truck.start, truck.end].map((terminal) => problem.terminals[terminal]!.id);
  const { travelEnergyMwh: _, ...unlimited } = problem;
  if (networkOf(unlimited, truck).length > 0)
    return `Truck ${id} cannot reach ${to} from ${from} on its charge: ${drivingBudgetMwh(truck).toFixed(3)} MWh are for driving.`;
  return `Truck ${id} cannot get from ${from} to ${to} within the day.`;
}
