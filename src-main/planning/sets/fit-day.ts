/** The sets of a day, fitted and named, and what the uncertainty screen shows of them. */
import { neverCancelled, type CancelSignal } from '../../base/cancel.ts';
import { canonicalJson } from '../../base/canonical-json.ts';
import { everyDay } from '../../base/day-filter.ts';
import { Refusal } from '../../base/errors.ts';
import { setSchemaVersion } from '../../base/schema-versions.ts';
import { runInTurns } from '../../base/steps.ts';
import type { FittedSet } from '../../uncertainty/types.ts';
import { behaviourView, fitCarBehaviour, type AggregatorBehaviour } from './cars-off-plan.ts';
import { daySetView } from './day-set-view.ts';
import { frozenRecord } from './frozen-sets.ts';
import { frozenSetInSteps, sameCentres } from './frozen-set-of-day.ts';
import { fitSetsInSteps, type ComponentForecast, type FitSetsResult, type SetOptions } from './fit-sets.ts';
import { judgeCoverage } from './judge-coverage.ts';
import { around } from '../plan/plan-totals.ts';
import { horizonView } from '../plan/plan-view.ts';
import type { SetRecord } from '../ports.ts';
import { siteOf, type PlanTools } from '../tools.ts';

export interface FitOptions extends SetOptions {
  day: string;
  /** A frozen set, by id or name, to be brought to the day instead of fitting one; its own method, width and window hold then. */
  setId?: string | undefined;
}

export interface FittedDay extends Omit<FitSetsResult, 'set' | 'dataHashInput' | 'behaviourDays'> {
  record: SetRecord;
  /** How far cars may be off plan, at the coverage of the set. */
  behaviour: AggregatorBehaviour[];
  /** SHA-256 of the telemetry values the day was fitted from. */
  dataHash: string;
}

/**
 * Named by content: the same set has the same id, another one never has. Lets the thread turn to other things between components,
 * and stops there when cancelled. @throws Refusal as `fitSets`, `no-site`; `not-found` and `set-does-not-fit` for a frozen set */
export async function fitDay(
  { store, clock, hash }: PlanTools,
  options: FitOptions,
  signal: CancelSignal = neverCancelled,
): Promise<FittedDay> {
  const { day, setId, ...wish } = options;
  const frozen = setId === undefined ? null : frozenRecord(store, setId);
  const site = siteOf(store);
  const inputs = { store, site, day };
  const { set, dataHashInput, behaviourDays, ...forecast } = await runInTurns(
    frozen ? frozenSetInSteps(inputs, frozen) : fitSetsInSteps({ ...inputs, options: wish }),
    async () => {
      await clock.nextTurn();
      if (signal.cancelled) throw new Refusal('cancelled', { what: `Fitting the sets of ${day}` });
    },
  );
  const rest = { ...forecast, behaviour: fitCarBehaviour(site.aggregators, behaviourDays, set.nominal) };
  const dataHash = hash(dataHashInput);
  // The frozen set on its own day and data is that set, not another one.
  if (frozen && frozen.record.day === day && sameCentres(frozen.record.set, set))
    return { ...rest, record: frozen.record, dataHash };
  const id = `${day}-set-${hash(canonicalJson({ dataHash, set, schemaVersion: setSchemaVersion })).slice(0, 8)}`;
  return { ...rest, record: { id, day, createdAtMs: clock.nowMs(), set }, dataHash };
}

export function fitView({ record, horizon, forecasts, behaviour }: FittedDay, options: FitOptions) {
  return {
    setId: record.id,
    options,
    frozen: record.set.frozen ?? null,
    learntFrom: learntFrom(record.set),
    horizon: horizonView(horizon),
    fittedAtMs: record.createdAtMs,
    components: record.set.components.map((component, index) => componentView(component, forecasts[index]!)),
    budgetCoverage: record.set.budgetCoverage,
    behaviour: behaviour.map(behaviourView),
    daySet: record.set.daySet ? daySetView(record.set.daySet, horizon.slots, horizon.slotMinutes / 60) : null,
  };
}

/** What the set was learnt from: its own words, not those of the wish, for a frozen set keeps its own. */
function learntFrom({ method, shape, nominal, windowDays, days }: FittedSet) {
  return { method, shape, nominal, windowDays, days: days ?? everyDay };
}

function componentView(component: FittedSet['components'][number], forecast: ComponentForecast) {
  const { id, name, kind, coverage, meanWidthKw, lag1Autocorrelation } = component;
  const { origin, rmseKw, naiveDayRmseKw, naiveWeekRmseKw, meanBiasKw } = forecast;
  return {
    id,
    name,
    kind,
    coverage: { ...coverage, judgement: judgeCoverage(coverage) },
    meanWidthKw,
    lag1Autocorrelation,
    centreKw: Float64Array.from(component.centreKw),
    biasKw: Float64Array.from(component.biasKw),
    halfWidthKw: Float64Array.from(component.halfWidthKw),
    widening: Float64Array.from(component.widening),
    bands: component.bands.map((band) => ({
      share: band.share,
      lowerKw: around(component.centreKw, band.lowerKw),
      upperKw: around(component.centreKw, band.upperKw),
    })),
    samples: component.residuals.map((past) => ({
      day: past.day,
      usable: past.usable,
      valueKw: around(component.centreKw, past.errorKw),
    })),
    forecast: { origin, rmseKw, naiveDayRmseKw, naiveWeekRmseKw, meanBiasKw },
  };
}
