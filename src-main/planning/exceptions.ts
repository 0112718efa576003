/**
 * What needs a decision before a plan is accepted: at most seven rows, grouped by cause, each with time range, consequence and
 * one action (exception.ts).
 */
import type { SetKind } from '../uncertainty/day-set.ts';
import type { FittedSet, MeasuredShare } from '../uncertainty/types.ts';
import { coverageExceptions } from './sets/coverage-exceptions.ts';
import { daySetExceptions } from './sets/day-set-exceptions.ts';
import { percent, type Exception } from './exception.ts';
import { isFillNote } from './intake/fill-rules.ts';
import type { PlanRecord } from './ports.ts';
import type { ChanceForm } from './plan/chance-form.ts';
import { violationTarget } from './plan/plan-measures.ts';
import { reserveKw } from './plan/plan-totals.ts';
import { priceExceptions } from './prices/price-exceptions.ts';
import { serviceExceptions } from './plan/service-exceptions.ts';

const mostRows = 7;

export function planExceptions(plan: PlanRecord, set: FittedSet | null): Exception[] {
  const rows = [
    ...checkRows(plan),
    ...gapRow(plan),
    ...unmetRow(plan),
    ...riskRow(plan.test?.anyViolation ?? null),
    ...(set ? [...setRows(plan, set), ...wideningRow(set)] : []),
    ...reserveRow(plan),
    ...chanceRow(plan.provenance.chance),
    ...priceExceptions(plan.provenance.prices),
    ...serviceExceptions(plan.problem),
    ...noteRows(plan.provenance.notes),
  ];
  return rows.sort((a, b) => a.level - b.level).slice(0, mostRows);
}

/** Of the set the plan was made from: the one of whole days, or the intervals. */
const setRows = (plan: PlanRecord, set: FittedSet): Exception[] =>
  set.daySet && plan.problem.uncertainty.set && isOfFit(plan.problem.uncertainty.set.kind, set.daySet.kind)
    ? daySetExceptions(set.daySet)
    : coverageExceptions(set);

/** The CVaR form stands in for the exact one of the same ball where that takes too long. */
const isOfFit = (stated: SetKind, fitted: SetKind): boolean =>
  stated === fitted || (stated === 'wasserstein' && fitted === 'wasserstein-exact');

/** Limits of the feeder, which are shown and mended on a screen of their own. */
const ofNetwork = /^(bus voltage|line limit|losses at worst|network flow|converter)/;

function checkRows(plan: PlanRecord): Exception[] {
  const [first] = plan.check.breaches;
  if (plan.check.passed || !first) return [];
  return [
    {
      level: 1,
      code: 'check-failed',
      cause: `The independent check fails: ${first.sentence}`,
      fromSlot: first.slot,
      toSlot: first.slot,
      consequence: 'This plan breaks a physical limit and cannot be approved.',
      action: ofNetwork.test(first.limit)
        ? { label: 'See the network', screen: 'network' }
        : { label: 'See the limits broken', screen: 'schedule' },
      count: plan.check.breaches.length,
    },
  ];
}

function gapRow(plan: PlanRecord): Exception[] {
  if (plan.outcome.kind === 'optimal') return [];
  return [
    {
      level: 2,
      code: 'not-proven',
      cause:
        plan.outcome.gap === null
          ? 'The search stopped early and nothing is proven about its quality'
          : `The search stopped early with a proven gap of ${percent(plan.outcome.gap)}`,
      fromSlot: null,
      toSlot: null,
      consequence: 'A cheaper plan may exist; this one is feasible and checked.',
      action: { label: 'Plan again with more time', screen: 'schedule' },
      count: 1,
    },
  ];
}

function unmetRow(plan: PlanRecord): Exception[] {
  const short = plan.schedule.evs.flatMap((ev, index) =>
    ev.unmetKwh > 0.05 ? [{ ev, spec: plan.problem.evs[index]! }] : [],
  );
  if (short.length === 0) return [];
  const kwh = short.reduce((sum, { ev }) => sum + ev.unmetKwh, 0);
  const cars = short.reduce((sum, { spec }) => sum + spec.cars, 0);
  return [
    {
      level: 2,
      code: 'energy-unmet',
      cause: `${cars} cars leave with ${kwh.toFixed(1)} kWh less than wanted`,
      fromSlot: Math.min(...short.map(({ spec }) => spec.arrivalSlot)),
      toSlot: Math.max(...short.map(({ spec }) => spec.departureSlot - 1)),
      consequence: 'The missing energy is priced in the plan; owners will notice.',
      action: { label: 'See the departure list', screen: 'schedule' },
      count: short.length,
    },
  ];
}

function riskRow(measured: MeasuredShare | null): Exception[] {
  if (!measured || measured.share <= violationTarget) return [];
  return [
    {
      level: 2,
      code: 'risk-above-target',
      cause: `On ${measured.hits.toLocaleString('en')} of ${measured.trials.toLocaleString('en')} test days this plan runs short (${percent(measured.share)}, target ${percent(violationTarget)})`,
      fromSlot: null,
      toSlot: null,
      consequence:
        'The risk curve shows which protection meets the target; where none does, wider sets (a higher δ) are needed.',
      action: { label: 'Choose the protection', screen: 'risk' },
      count: 1,
    },
  ];
}

function chanceRow(chance: ChanceForm | undefined): Exception[] {
  if (!chance || chance.why === null) return [];
  return [
    {
      level: 3,
      code: 'chance-form',
      cause: `The chance constraint was stated by its CVaR form, because ${chance.why}`,
      fromSlot: null,
      toSlot: null,
      consequence: 'The plan keeps the same promise and may cost more than the exact form would ask for.',
      action: { label: 'Compare the kinds of set', screen: 'uncertainty' },
      count: 1,
    },
  ];
}

function wideningRow(set: FittedSet): Exception[] {
  const widened = set.components.filter((component) => component.widening.some((factor) => factor > 1.0001));
  if (widened.length === 0) return [];
  const slots = widened.flatMap((component) =>
    component.widening.flatMap((factor, slot) => (factor > 1.0001 ? [slot] : [])),
  );
  return [
    {
      level: 3,
      code: 'set-widened',
      cause: `Flagged telemetry widened the sets of ${widened.map((component) => component.name).join(', ')}`,
      fromSlot: Math.min(...slots),
      toSlot: Math.max(...slots),
      consequence: 'The hours concerned carry more reserve than their history alone would ask for.',
      action: { label: 'Review the flags', screen: 'telemetry' },
      count: widened.length,
    },
  ];
}

/** One row for values made up, one for whatever else was noted when the plan was made. */
function noteRows(notes: string[]): Exception[] {
  const filled = notes.filter(isFillNote);
  const others = notes.filter((note) => !isFillNote(note));
  const whole = { level: 3 as const, fromSlot: null, toSlot: null };
  return [
    ...filled.slice(0, 1).map((cause): Exception => ({
      ...whole,
      code: 'inputs-filled',
      cause,
      consequence: 'The plan stands on these replacements; all of them are kept with it.',
      action: { label: 'See the telemetry', screen: 'telemetry' },
      count: filled.length,
    })),
    ...(others.length === 0
      ? []
      : [
          {
            ...whole,
            code: 'plan-noted',
            cause: others.join(' '),
            consequence: 'The plan was made so; to have it otherwise, plan again.',
            action: { label: 'See the schedule', screen: 'schedule' as const },
            count: others.length,
          },
        ]),
  ];
}

function reserveRow(plan: PlanRecord): Exception[] {
  const { required, available } = reserveKw(plan.problem, plan.schedule);
  const thin = available.flatMap((kw, slot) => (required[slot]! > 0 && kw < required[slot]! * 1.02 ? [slot] : []));
  if (thin.length === 0) return [];
  return [
    {
      level: 3,
      code: 'reserve-thin',
      cause: `Reserve is at its limit in ${thin.length} slots`,
      fromSlot: thin[0]!,
      toSlot: thin.at(-1)!,
      consequence: 'The requirement is met with nothing to spare.',
      action: { label: 'See the reserve', screen: 'schedule' },
      count: thin.length,
    },
  ];
}
