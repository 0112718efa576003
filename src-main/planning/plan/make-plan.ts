/**
 * "Plan tomorrow": imports are checked, sets fitted, the problem solved and re-checked, the plan tested out of sample, and stored.
 * The plan is written whole or not at all.
 */
import { Refusal } from '../../base/errors.ts';
import type { Objectives } from '../../models/v2g/objectives.ts';
import { requireValidObjectives } from '../../models/v2g/require-valid-objectives.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import type { SetKind } from '../../uncertainty/day-set.ts';
import { buildProblem, type Protection, type Recourse } from './build-problem.ts';
import { completePlan, refuseWhenCancelled, type PlanWork } from './complete-plan.ts';
import type { RecourseRound } from './full-recourse.ts';
import type { DayPrices } from '../prices/day-prices.ts';
import type { ServiceWish } from './day-services.ts';
import { dayTrucks, type TruckWish } from './day-trucks.ts';
import { fillNotes } from '../intake/fill-rules.ts';
import { doubtedFleet } from '../sets/cars-off-plan.ts';
import { fitDay, type FittedDay, type FitOptions } from '../sets/fit-day.ts';
import { frozenNotes } from '../sets/frozen-set-of-day.ts';
import type { JobHandle } from '../jobs.ts';
import type { PlanRecord } from '../ports.ts';
import { plannedPrices, type PriceWish } from '../prices/planned-prices.ts';
import { networkOf } from '../network/network-of.ts';
import type { NetworkChanges, NetworkModel } from '../site.ts';
import type { PlanTools } from '../tools.ts';
import { siteAsked } from './site-asked.ts';
import { solveFullRecourse } from './solve-full-recourse.ts';

export interface PlanOptions {
  day: string;
  set: SetKind;
  protection: number;
  /** Size on the kind's own scale for every kind but the budget; the fitted one when left out. */
  size?: number | undefined;
  /** Γ of a budget over slots; undefined: every slot on its own. */
  slotProtection?: number | undefined;
  /** 'trusted' (when left out): cars keep to their plan. 'doubted': some come late, leave early or bring less, as fitted. */
  cars?: 'trusted' | 'doubted' | undefined;
  /** 'trusted': what the site doubts of output and efficiency is left out; 'doubted' when left out. */
  coefficients?: 'trusted' | 'doubted' | undefined;
  /** 'affine' when left out. */
  recourse?: Recourse | undefined;
  /** Published prices and nothing else when left out. */
  prices?: PriceWish | undefined;
  /** How the feeder enters the plan; as the site says when left out. */
  network?: NetworkModel | 'off' | undefined;
  /** Lowest voltage kept at any bus; as the site says when left out. */
  voltageMinPu?: number | undefined;
  /** What the plan is made for; the cost when left out. */
  objectives?: Objectives | undefined;
  /** What of the feeder stands otherwise than in its file; as the site says when absent. */
  networkChanges?: NetworkChanges | undefined;
  /** Products beside energy; as the site says when left out. */
  services?: ServiceWish | undefined;
  /** As mobile storage is defined when left out. */
  trucks?: TruckWish | undefined;
  fit: Omit<FitOptions, 'day' | 'set'>;
  timeLimitSeconds: number;
}

export const planPhases = ['Check imports', 'Fit sets', 'Solve', 'Test out of sample'];

/** @throws Refusal: `no-telemetry`, `too-little-history`, `plan-infeasible`, `cancelled`, `solver-failed` */
export async function makePlan(
  tools: PlanTools,
  options: PlanOptions,
  job: JobHandle,
  onRound: (round: RecourseRound) => void = () => undefined,
): Promise<PlanRecord> {
  const { store, clock } = tools;
  job.enterPhase(0);
  const site = siteAsked(store, options);
  job.enterPhase(1);
  await clock.nextTurn();
  const fitted = await fitDay(tools, { day: options.day, ...options.fit, set: options.set }, job.signal);
  refuseWhenCancelled(job);
  const { horizon, record: set } = fitted;
  const prices = plannedPrices(store, site, horizon, options.fit, options.prices);
  if (options.set === 'budget' && options.protection > set.set.components.length) {
    const most = set.set.components.length;
    throw new Refusal('bad-request', {
      call: 'plan',
      problem: `protection ${options.protection} is above ${most}, the number of components`,
    });
  }
  const fleet = fleetWanted(fitted, options.cars);
  if (options.services === 'offered' && !site.services)
    throw new Refusal('bad-request', {
      call: 'plan',
      problem: 'services are to be offered, but the site states none; state them in the site definition first',
    });
  const built = buildProblem(
    {
      site,
      horizon,
      set: set.set,
      ...fleet,
      prices,
      ...networkOf(store, site, options),
      services: options.services,
    },
    protectionOf(options),
    options.recourse,
  );

  job.enterPhase(2);
  const trucks = await dayTrucks(tools, options.trucks, horizon, job);
  if (trucks.parts.trucks && options.recourse === 'full')
    throw new Refusal('bad-request', {
      call: 'plan',
      problem: 'full recourse cannot route trucks of one’s own; choose another recourse, or plan without trucks',
    });
  const problem = withObjectives({ ...built, ...trucks.parts }, options.objectives);
  const work = {
    ...(options.recourse === 'full' ? { solve: withFullRecourse(job, onRound) } : {}),
    day: options.day,
    horizon,
    problem,
    set,
    dataHash: prices?.dataHashInput ? tools.hash(`${fitted.dataHash} ${prices.dataHashInput}`) : fitted.dataHash,
    ...(prices?.told ? { prices: prices.told } : {}),
    ...(trucks.told ? { trucks: trucks.told } : {}),
    options: { ...options },
    timeLimitSeconds: options.timeLimitSeconds,
    notes: [
      ...frozenNotes(set.set, options.day),
      ...fitted.fillNotes,
      ...fleet.notes,
      ...priceNotes(prices),
      ...trucks.notes,
    ],
  };
  return completePlan(tools, work, { solve: 2, test: 3 }, job);
}

/** @throws Refusal `bad-request` for objectives the day cannot state */
function withObjectives(problem: V2gProblem, objectives: Objectives | undefined): V2gProblem {
  if (!objectives) return problem;
  requireValidObjectives(problem, objectives, (complaint) => {
    throw new Refusal('bad-request', { call: 'plan', problem: complaint });
  });
  return { ...problem, objectives };
}

const withFullRecourse =
  (job: JobHandle, onRound: (round: RecourseRound) => void): NonNullable<PlanWork['solve']> =>
  (problem, solver, options, slotName) =>
    solveFullRecourse(problem, solver, options, slotName, (round) => {
      job.report(null, roundLine(round, problem.currency));
      onRound(round);
    });

function roundLine({ round, lower, upper, seconds }: RecourseRound, currency: string): string {
  const money = (value: number): string => (Number.isFinite(value) ? `${value.toFixed(2)} ${currency}` : 'unknown yet');
  return `full recourse, round ${round}: at least ${money(lower)}, at most ${money(upper)}, ${seconds.toFixed(0)} s`;
}

/** The day's cars as they are to be trusted. */
export function fleetWanted({ fleet, behaviour, horizon }: FittedDay, cars: PlanOptions['cars']) {
  const doubted = cars === 'doubted' ? doubtedFleet(fleet, behaviour, horizon) : { evs: fleet.evs, notes: [] };
  return { ...doubted, uncoordinatedKw: fleet.uncoordinatedKw, notes: [...fleet.notes, ...doubted.notes] };
}

export function protectionOf({
  set,
  protection,
  size,
  slotProtection,
}: Pick<PlanOptions, 'set' | 'protection' | 'size' | 'slotProtection'>): Protection {
  if (set === 'budget') return { set, protection, slotProtection };
  return { set, size };
}

function priceNotes(prices: DayPrices | null): string[] {
  const longer = prices?.filledSlots.length ?? 0;
  return prices ? fillNotes('Price of the day', prices.rule, { line: 0, longer, open: 0 }) : [];
}
