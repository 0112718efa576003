/** A stored plan as the screens read it: sums, labels, limits and verdicts; nothing here is decided or solved. */
import { slotLabel, type Horizon } from '../../base/horizon.ts';
import { componentCount, type V2gProblem } from '../../models/v2g/problem.ts';
import type { FittedSet, MeasuredShare } from '../../uncertainty/types.ts';
import { departureChances } from '../../verify/departure-chance.ts';
import type { OutOfSample } from '../../verify/types.ts';
import { aggregatorView } from './aggregator-view.ts';
import type { BackTest } from '../backtest/back-test.ts';
import { coefficientsView } from './coefficients-view.ts';
import { costBySlot } from './cost-by-slot.ts';
import { costItems } from './cost-items.ts';
import { clockSpan, describeEdit } from '../drafts/edit-words.ts';
import { atSizeOf, daySetView, inConvexForm, worstCaseView } from '../sets/day-set-view.ts';
import { around, committedDemandKw, peakKw, reserveKw, sumSlots } from './plan-totals.ts';
import { objectivesView } from '../objectives/objectives-view.ts';
import { recourseView } from './recourse-view.ts';
import { heldOutDays } from '../sets/deviation-days.ts';
import type { EarlierPlan } from './earlier-plan.ts';
import { chanceWords } from './chance-form.ts';
import { planExceptions } from '../exceptions.ts';
import { planMeasures, violationTarget } from './plan-measures.ts';
import type { PlanRecord } from '../ports.ts';
import { servicesView } from './services-view.ts';
import { trucksView } from './trucks-view.ts';
import { pricesView } from '../prices/prices-view.ts';
import { leastHeldOutDays } from './test-plan.ts';

export const horizonView = (horizon: Horizon) => ({
  ...horizon,
  labels: Array.from({ length: horizon.slots }, (_, slot) => slotLabel(horizon, slot)),
});

/** What a plan is read beside. */
export interface PlanCompany {
  set: FittedSet | null;
  backTest: BackTest | null;
  earlier: EarlierPlan;
}

export function planView(plan: PlanRecord, horizon: Horizon, { set, backTest, earlier }: PlanCompany) {
  const { problem, schedule } = plan;
  const { slots } = problem;
  const zeros = new Float64Array(slots);
  const reserve = reserveKw(problem, schedule);
  const chances = set && departuresOf(plan, set);
  const load = set?.components.find((component) => component.kind === 'load');
  return {
    id: plan.id,
    day: plan.day,
    status: plan.status,
    currency: problem.currency,
    horizon: horizonView(horizon),
    protection: schedule.protection,
    components: componentCount(problem),
    outcome: plan.outcome,
    loadKw: Float64Array.from(problem.loadKw),
    worstDeviationKw: Float64Array.from(schedule.worstDeviationKw),
    evShare: Float64Array.from(schedule.evShare),
    recourse: recourseView(plan),
    committedDemandKw: committedDemandKw(problem, schedule),
    loadBands: (load?.bands ?? []).map((band) => ({
      share: band.share,
      lowerKw: around(problem.loadKw, band.lowerKw),
      upperKw: around(problem.loadKw, band.upperKw),
    })),
    gas: schedule.gas.map((unit, at) => ({
      id: unit.id,
      name: problem.gas[at]!.name,
      valueKw: Float64Array.from(unit.outputKw),
    })),
    wind: schedule.wind.map((park, at) => ({
      id: park.id,
      name: problem.wind[at]!.name,
      valueKw: Float64Array.from(park.outputKw),
      availableKw: Float64Array.from(problem.wind[at]!.availableKw),
    })),
    storage: schedule.storage.map((unit, at) => ({
      id: unit.id,
      name: problem.storage[at]!.name,
      chargeKw: Float64Array.from(unit.chargeKw),
      dischargeKw: Float64Array.from(unit.dischargeKw),
      energyKwh: Float64Array.from(unit.energyKwh),
      minKwh: problem.storage[at]!.minKwh,
      maxKwh: problem.storage[at]!.maxKwh,
    })),
    trucks: trucksView(plan),
    importKw: schedule.grid ? Float64Array.from(schedule.grid.importKw) : zeros,
    exportKw: schedule.grid ? Float64Array.from(schedule.grid.exportKw) : zeros,
    buyPerKwh: problem.grid ? Float64Array.from(problem.grid.buyPerKwh) : zeros,
    sellPerKwh: problem.grid ? Float64Array.from(problem.grid.sellPerKwh) : zeros,
    prices: pricesView(plan),
    aggregators: problem.aggregators.map((_, index) => ({
      ...aggregatorView(problem, schedule, index),
      departureMet: chances?.[index] ?? null,
    })),
    uncoordinatedKw: sumSlots(slots, problem.uncoordinatedKw),
    reserve: { requiredKw: Float64Array.from(reserve.required), availableKw: Float64Array.from(reserve.available) },
    services: servicesView(plan, (sentence) => byClock(sentence, horizon)),
    cost: { total: schedule.totalCost, items: costItems(schedule), bySlot: costBySlot(problem, schedule) },
    withoutV2g: plan.baseline,
    peakKw: peakKw(problem, schedule),
    check: {
      passed: plan.check.passed,
      checked: plan.check.checked,
      worstBreach: plan.check.worstBreach,
      breaches: plan.check.breaches.map((breach) => ({ ...breach, sentence: byClock(breach.sentence, horizon) })),
    },
    test: plan.test ? testView(plan.test, problem) : null,
    backTest,
    measures: planMeasures(plan, earlier.kind === 'plan' ? earlier.plan : null),
    earlier: earlierView(earlier),
    riskTarget: violationTarget,
    objectives: objectivesView(plan),
    daySet: daySetOf(plan, set),
    chance: plan.provenance.chance
      ? { used: plan.provenance.chance.used, sentence: chanceWords(plan.provenance.chance) }
      : null,
    coefficients: coefficientsView(plan),
    worstFindings: plan.check.worstFindings ?? [],
    worstCase: plan.check.worstCase ? worstCaseView(plan.check.worstCase, problem) : null,
    exceptions: planExceptions(plan, set).map((row) => ({ ...row, cause: byClock(row.cause, horizon) })),
    whatIf: whatIfView(plan, horizon),
    provenance: shownProvenance(plan),
  };
}

/** The set of whole days the plan was made from, at its size and in the form it was stated in; null where it was made from intervals. */
function daySetOf({ problem, provenance }: PlanRecord, set: FittedSet | null) {
  const { set: stated } = problem.uncertainty;
  if (!set?.daySet || !stated) return null;
  const fit = provenance.chance?.used === 'cvar' ? inConvexForm(set.daySet) : set.daySet;
  return stated.kind === fit.kind ? daySetView(atSizeOf(fit, stated), problem.slots, problem.slotHours) : null;
}

/** Trucks and coefficients have views of their own; the roads that are driven stay in the store. */
function shownProvenance({
  provenance,
}: PlanRecord): Omit<PlanRecord['provenance'], 'trucks' | 'coefficients' | 'chance'> {
  const { trucks: _, coefficients: __, chance: ___, ...shown } = provenance;
  return shown;
}

/** Of the distinct held-out days; nothing is said where they are too few to test on. */
function departuresOf({ problem, schedule }: PlanRecord, set: FittedSet): MeasuredShare[] | null {
  const days = heldOutDays(set);
  return days.length < leastHeldOutDays || problem.charging === 'uncoordinated'
    ? null
    : departureChances(problem, schedule, days);
}

function earlierView(earlier: EarlierPlan) {
  if (earlier.kind !== 'plan') return earlier;
  const { id, day, status } = earlier.plan;
  return { kind: 'plan' as const, id, day, status };
}

function whatIfView({ problem, provenance: { basedOn } }: PlanRecord, horizon: Horizon) {
  if (!basedOn) return null;
  const span = clockSpan(horizon);
  return { ...basedOn, sentences: basedOn.edits.map((edit) => describeEdit(problem, edit, span)) };
}

/** Arithmetic speaks of slot numbers, operators of the clock. */
const byClock = (sentence: string, horizon: Horizon): string =>
  sentence.replace(/\bslot (\d+)\b/g, (_, slot: string) => slotLabel(horizon, Number(slot)));

function testView(test: OutOfSample, problem: V2gProblem) {
  const { outcome, deviationKw, netKw } = test.worstDay;
  return {
    days: test.days,
    seed: test.seed,
    source: test.source,
    anyViolation: test.anyViolation,
    largestSingle: test.largestSingle,
    bounds: test.bounds,
    expectedUnservedKwh: test.expectedUnservedKwh,
    perSlot: Float64Array.from(test.perSlot),
    dots: test.dots,
    counted: test.counted ?? null,
    worstDay: {
      label: outcome.label,
      unservedKwh: outcome.unservedKwh,
      firstSlot: outcome.firstSlot,
      limit: outcome.limit,
      deviationKw: problem.uncertainty.components.map(({ id, name }, index) => ({
        id,
        name,
        valueKw: Float64Array.from(deviationKw[index] ?? []),
      })),
      netKw: Float64Array.from(netKw),
    },
  };
}
