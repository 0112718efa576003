/**
 * Bids of the whole plant on the day of a plan: wind, generators, cars and batteries, one curve per hour, made over past days of prices and
 * wind errors together; then tried on newer days they were not made on. Nothing is stored.
 */
import { Refusal } from '../../base/errors.ts';
import { dayHorizon, slotStart } from '../../base/horizon.ts';
import { mean } from '../../base/statistics.ts';
import { addDays, zoneOf } from '../../base/zone.ts';
import { costSegments } from '../../models/v2g/cost-segments.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import { netAt, type BidCurve, type BidPlant, type BidScenario, type PlantDay } from '../../models/vpp/bid-plant.ts';
import { buildBids } from '../../models/vpp/build-bids.ts';
import type { SolveOptions } from '../../solver/solver.ts';
import { checkPlantBids } from '../../verify/check-plant-bids.ts';
import { csvText } from '../csv-text.ts';
import type { JobHandle } from '../jobs.ts';
import { operationSolve } from '../operation-solve.ts';
import { readPlan } from '../plan/approve-plan.ts';
import { horizonView } from '../plan/plan-view.ts';
import type { PlanRecord } from '../ports.ts';
import { siteOf, type PlanTools } from '../tools.ts';
import { meanInterval, type MeanInterval } from './mean-interval.ts';
import { priceDays } from './price-days.ts';
import { fleetBands } from './virtual-battery.ts';

export interface BidWish {
  planId: string;
  /** Past days the bids are made over, and newer days they are tried on. */
  scenarios: number;
  testDays: number;
  /** Weight of the worst scenario against the mean of all, 0 to 0.99. */
  worstWeight: number;
  imbalancePerMwh: number;
}

export interface PlantBids {
  planId: string;
  day: string;
  currency: string;
  /** By the hour. */
  horizon: ReturnType<typeof horizonView>;
  /** [hour]; prices in currency per kWh, sold (+) or bought (−) kWh. */
  curves: BidCurve[];
  scenarios: { label: string; money: number }[];
  expected: number;
  worst: number;
  /** Energy off the bids, mean over the scenarios, kWh a day. */
  overKwh: number;
  shortKwh: number;
  /** Bids made the same way before the test days, on them; and what every price and wind known would have earned. */
  unseen: MeanInterval;
  unseenKnown: MeanInterval;
  check: { passed: boolean; problems: string[] };
  file: { fileName: string; text: string };
}

export const bidPhases = ['Gather days', 'Bids', 'Unseen days'];

/** @throws Refusal `plan-not-found`, `plan-corrupt`, `bad-request`, `too-little-history`, `plan-infeasible`, `solver-failed`, `cancelled` */
export async function bidForPlant(tools: PlanTools, wish: BidWish, job: JobHandle): Promise<PlantBids> {
  job.enterPhase(0);
  const plan = readPlan(tools.store, wish.planId);
  const plant = plantOf(plan, tools, wish.imbalancePerMwh);
  const known = pastDays(plan, tools, plant.hours);
  const needed = wish.scenarios + wish.testDays;
  if (known.length < needed) throw new Refusal('too-little-history', { days: known.length, kind: 'price', needed });
  const options: SolveOptions = { ...operationSolve, explainInfeasibility: 'no', signal: job.signal };
  const solve = async (days: readonly BidScenario[], worstWeight: number, fixed?: number[][]) => {
    const built = buildBids(plant, days, worstWeight, fixed);
    const outcome = await tools.solver.solve(built.program, options);
    if (job.signal.cancelled) throw new Refusal('cancelled', { what: 'The bids' });
    if (outcome.kind === 'infeasible')
      throw new Refusal('plan-infeasible', { day: plan.day, why: 'the cars need more than the connection lets in' });
    if (outcome.kind !== 'optimal')
      throw new Refusal('solver-failed', { problem: outcome.kind === 'failed' ? outcome.problem : outcome.kind });
    return built.read(outcome.solution.columns);
  };

  job.enterPhase(1);
  const scenarios = known.slice(-wish.scenarios);
  const { curves, days } = await solve(scenarios, wish.worstWeight);
  const problems = checkPlantBids(plant, curves, scenarios, days).map(({ what, where }) => `${where}: ${what}`);

  job.enterPhase(2);
  const unseen = known.slice(-wish.testDays);
  const before = await solve(known.slice(-needed, -wish.testDays), wish.worstWeight);
  const earned: number[] = [];
  const atBest: number[] = [];
  for (const day of unseen) {
    const bids = before.curves.map((curve, hour) => netAt(curve, day.pricePerKwh[hour]!));
    const run = await solve([day], 0, [bids]);
    earned.push(run.days[0]!.money);
    atBest.push((await solve([day], 0)).days[0]!.money);
    job.report(earned.length / unseen.length, day.label);
  }
  const money = days.map((day) => day.money);
  const daily = (of: (day: PlantDay) => number[]): number =>
    mean(days.map((day) => of(day).reduce((sum, kwh) => sum + kwh, 0)));
  return {
    planId: plan.id,
    day: plan.day,
    currency: plan.problem.currency,
    horizon: horizonView(dayHorizon(plan.day, plan.provenance.zone, 60)),
    curves,
    scenarios: scenarios.map(({ label }, s) => ({ label, money: money[s]! })),
    expected: mean(money),
    worst: Math.min(...money),
    overKwh: daily(({ overKwh }) => overKwh),
    shortKwh: daily(({ shortKwh }) => shortKwh),
    unseen: meanInterval(earned),
    unseenKnown: meanInterval(atBest),
    check: { passed: problems.length === 0, problems },
    file: { fileName: `surewatt-plan-${plan.id}-plant-bids.csv`, text: bidsCsv(plan, curves) },
  };
}

function plantOf({ problem }: PlanRecord, { store }: PlanTools, imbalancePerMwh: number): BidPlant {
  const site = siteOf(store);
  const { evs, gas, slots, slotHours, lossShare } = problem;
  if (!problem.grid || !site.grid)
    throw new Refusal('bad-request', { call: 'bids', problem: 'the site of this plan has no connection to a market' });
  const bands = fleetBands({
    site: { ...site, storage: problem.storage },
    evs,
    slots,
    slotMinutes: Math.round(slotHours * 60),
  });
  return {
    hours: Math.round(slots * slotHours),
    battery: { ...bands, wearPerKwh: bands.degradationPerMwh / 1000 },
    generators: gas.map((unit) => ({ id: unit.id, segments: costSegments(unit) })),
    windMaintenancePerKwh: windMaintenance(problem),
    lossShare,
    importKwh: problem.grid.importLimitKw,
    exportKwh: problem.grid.exportLimitKw,
    feePerKwh: site.grid.feePerKwh,
    saleShare: site.grid.saleShare,
    imbalancePerKwh: imbalancePerMwh / 1000,
  };
}

/** Mean over the parks, by what is expected of each. */
function windMaintenance({ wind }: V2gProblem): number {
  const expected = wind.map(({ availableKw }) => availableKw.reduce((sum, kw) => sum + kw, 0));
  const all = expected.reduce((sum, kw) => sum + kw, 0);
  return all > 0 ? wind.reduce((sum, park, at) => sum + (park.maintenancePerKwh * expected[at]!) / all, 0) : 0;
}

/** Days of prices and of the wind's error together, oldest first: what tomorrow could have been like. */
function pastDays(plan: PlanRecord, { store }: PlanTools, hours: number): BidScenario[] {
  const { day, problem, provenance } = plan;
  const perHour = Math.round(1 / problem.slotHours);
  const prices = priceDays(store, siteOf(store), addDays(day, -365), day).days;
  const wind = store.getSet(provenance.setId)?.set.components.find(({ kind }) => kind === 'wind');
  const errors = new Map(wind?.residuals.filter(({ usable }) => usable).map((past) => [past.day, past.errorKw]));
  const expectedKw = Array.from({ length: problem.slots }, (_, slot) =>
    problem.wind.reduce((sum, { availableKw }) => sum + availableKw[slot]!, 0),
  );
  const windOf = (errorKw: readonly number[]): number[] =>
    Array.from({ length: hours }, (_, hour) =>
      mean(
        expectedKw
          .slice(hour * perHour, (hour + 1) * perHour)
          .map((kw, part) => Math.max(0, kw + (errorKw[hour * perHour + part] ?? 0))),
      ),
    );
  return prices
    .filter((past) => !wind || errors.has(past.day))
    .map((past) => ({
      label: past.day,
      // On a day with a change of the clock the hours follow the wall clock of an ordinary day as far as they go.
      pricePerKwh: Array.from({ length: hours }, (_, hour) => past.pricePerMwh[Math.min(hour, 23)]! / 1000),
      windKwh: windOf(errors.get(past.day) ?? []),
    }));
}

function bidsCsv(plan: PlanRecord, curves: readonly BidCurve[]): string {
  const zone = zoneOf(plan.provenance.zone);
  const horizon = dayHorizon(plan.day, plan.provenance.zone, 60);
  const { currency } = plan.problem;
  return csvText(
    ['delivery_start', `price_from_${currency}_per_mwh`, 'sell_mwh', 'buy_mwh'],
    curves.flatMap((curve, hour) =>
      curve.map(({ pricePerKwh, netKwh }, step) => [
        zone.format(slotStart(horizon, hour)),
        step === 0 ? null : 1000 * pricePerKwh,
        Math.max(0, netKwh) / 1000,
        Math.max(0, -netKwh) / 1000,
      ]),
    ),
  );
}
