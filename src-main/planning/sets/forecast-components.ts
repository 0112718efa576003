/**
 * What is expected of a day, with the errors that past days were forecast with, and its fleet: from telemetry as it was known at the
 * gate (noon of the day before; published forecasts of the day included). Nothing newer is read, so planning a past day gives what
 * would have been planned then.
 */
import { Refusal } from '../../base/errors.ts';
import type { FillRule } from '../../base/fill-gaps.ts';
import { dayHorizon, type Horizon } from '../../base/horizon.ts';
import type { Steps } from '../../base/steps.ts';
import { addDays, zoneOf } from '../../base/zone.ts';
import { behaviourDays, type BehaviourDay } from '../../forecast/behaviour-days.ts';
import type { CoveredTime } from '../../forecast/charging-series.ts';
import { fleetDay, poolReachDays, type FleetDay } from '../../forecast/fleet-day.ts';
import { forecastDay, warmUpDays } from '../../forecast/forecast-day.ts';
import { gateMinutes } from '../../forecast/gate.ts';
import type { ForecastMethod, ForecastSkill, ResidualDay } from '../../forecast/types.ts';
import { trusted } from '../../telemetry/quality/trusted.ts';
import type { RegularSeries, SeriesKind, Session } from '../../telemetry/types.ts';
import type { ComponentInput } from '../../uncertainty/component-input.ts';
import { leastHistoryDays } from '../../uncertainty/fit-set.ts';
import { chooseSeries } from '../intake/choose-series.ts';
import { fillCounts, fillNotes, fillRulesOf } from '../intake/fill-rules.ts';
import { fleetOf, type Fleet } from './fleet.ts';
import type { Store, TelemetryStore } from '../ports.ts';
import type { AggregatorSite, Site } from '../site.ts';

export interface ForecastWish {
  store: Store;
  site: Site;
  /** ISO date. */
  day: string;
  /** Past days whose errors are wanted. */
  windowDays: number;
}

/** Where the forecast of a component came from and how good it was, in kW at the site. */
export interface ComponentForecast {
  componentId: string;
  origin: 'imported' | 'built-in' | 'sessions';
  method: ForecastMethod | 'like-days';
  rmseKw: number;
  naiveDayRmseKw: number;
  naiveWeekRmseKw: number;
  meanBiasKw: number;
}

export interface ForecastComponents {
  /** Load, wind (if the site has any), aggregators. */
  inputs: ComponentInput[];
  horizon: Horizon;
  /** In the order of `inputs`. */
  forecasts: ComponentForecast[];
  fleet: Fleet;
  /** What cars did beside what was planned of them, by aggregator. */
  behaviourDays: BehaviourDay[][];
  /** Text of every telemetry value that was read; its hash identifies the data of the day. */
  dataHashInput: string;
  /** What was made up for missing and flagged values, in words. */
  fillNotes: string[];
}

interface Fitted {
  input: ComponentInput;
  forecast: ComponentForecast;
  /** What was made up in its telemetry, in words. */
  notes: string[];
}

const dayMs = 86_400_000;

/** One component a step. @throws Refusal `no-telemetry`, `too-little-history`, `bad-day` */
export function* forecastComponentsInSteps(wish: ForecastWish): Steps<ForecastComponents> {
  const { store, site, day, windowDays } = wish;
  const horizon = dayHorizon(day, site.zone, site.slotMinutes);
  const read: string[] = [];
  const load = fitSeries(store, site, horizon, windowDays, read, {
    id: 'load',
    name: 'Load',
    kind: 'load',
    kwPerMw: 1000 * site.loadShare,
  });
  yield;
  const windShare = site.wind.reduce((sum, park) => sum + park.share, 0);
  const wind =
    windShare === 0
      ? []
      : [
          fitSeries(store, site, horizon, windowDays, read, {
            id: 'wind',
            name: 'Wind',
            kind: 'wind',
            kwPerMw: 1000 * windShare,
          }),
        ];
  const recorded = sessionsBefore(store, horizon, windowDays);
  yield;
  const fleets: ReturnType<typeof fitFleet>[] = [];
  for (const aggregator of site.aggregators) {
    fleets.push(fitFleet(recorded, aggregator, horizon, windowDays, read));
    yield;
  }
  const fitted = [load, ...wind, ...fleets.map(({ fitted }) => fitted)];
  return {
    inputs: fitted.map(({ input }) => input),
    horizon,
    forecasts: fitted.map(({ forecast }) => forecast),
    fleet: fleetOf(
      site.aggregators,
      fleets.map(({ day: expected }) => expected.sessions),
      horizon,
    ),
    behaviourDays: fleets.map(({ behaviour }) => behaviour),
    dataHashInput: read.join('\n'),
    fillNotes: fitted.flatMap(({ notes }) => notes),
  };
}

interface SeriesComponent {
  id: string;
  name: string;
  kind: 'load' | 'wind';
  kwPerMw: number;
}

/** What was read is appended to `read`, whose hash identifies the data. @throws Refusal `no-telemetry`, `too-little-history` */
export function fitSeries(
  store: Store,
  site: Site,
  horizon: Horizon,
  windowDays: number,
  read: string[],
  component: SeriesComponent,
): Fitted {
  const zone = zoneOf(site.zone);
  const { kind, kwPerMw } = component;
  const fromUtcMs = zone.startOfDay(addDays(horizon.day, -windowDays - warmUpDays));
  const gateUtcMs = zone.startOfDay(addDays(horizon.day, -1)) + gateMinutes * 60_000;
  const endUtcMs = zone.startOfDay(addDays(horizon.day, 1));
  const actual = readKind(store, site, `${kind}-actual`, fromUtcMs, gateUtcMs, read);
  if (!actual) throw new Refusal('no-telemetry', { kind: `${kind}-actual`, period: `the days before ${horizon.day}` });
  const imported = readKind(store, site, `${kind}-forecast`, fromUtcMs, endUtcMs, read);
  const rules = fillRulesOf(store);
  const fill = { actual: rules[`${kind}-actual`], imported: rules[`${kind}-forecast`] };
  const forecast = forecastDay({ actual, imported, horizon, windowDays, fill });
  const counted = (series: RegularSeries, rule: FillRule) => fillCounts(series, site.zone, rule);
  const notes = [
    ...fillNotes(component.name, fill.actual, counted(actual, fill.actual)),
    ...(imported ? fillNotes(`${component.name} forecast`, fill.imported, counted(imported, fill.imported)) : []),
  ];
  refuseShort(forecast.residualDays, component.name, forecast.centre);
  return {
    input: {
      id: component.id,
      name: component.name,
      kind,
      centreKw: scaled(forecast.centre, kwPerMw),
      biasKw: scaled(forecast.bias, kwPerMw),
      doubtfulSlots: forecast.doubtfulSlots,
      residualDays: scaledDays(forecast.residualDays, kwPerMw),
    },
    forecast: {
      componentId: component.id,
      origin: forecast.origin,
      method: forecast.method,
      ...skillInKw(forecast.skill, kwPerMw),
    },
    notes,
  };
}

/** Null when the site has no such series, or it holds nothing in the time asked for. */
function readKind(
  store: Store,
  site: Site,
  kind: SeriesKind,
  fromUtcMs: number,
  toUtcMs: number,
  read: string[],
): RegularSeries | null {
  const info = chooseSeries(store, site, kind);
  if (!info || info.fromUtcMs >= toUtcMs || info.toUtcMs <= fromUtcMs) return null;
  const series = onlyDoubts(store.readSeries(info.id, fromUtcMs, toUtcMs));
  read.push(
    `${kind} ${info.name} ${series.startUtcMs} ${series.stepMinutes} ${series.values.join(' ')} ${series.flags.join(' ')}`,
  );
  return series;
}

/** Flags that speak against a value; a clock change or an exact repetition says where it comes from, not that it is wrong. */
const onlyDoubts = (series: RegularSeries): RegularSeries => ({
  ...series,
  flags: series.flags.map((flags) => (trusted(flags) ? 0 : flags)),
});

interface Recorded {
  /** In order of arrival, before the day that is still running at the gate. */
  sessions: Session[];
  stations: ReturnType<TelemetryStore['sessionStations']>;
  toUtcMs: number;
}

/** A session that is still running at the gate is taken as it ended; only its arrival is held against the clock. */
function sessionsBefore(store: TelemetryStore, horizon: Horizon, windowDays: number): Recorded {
  const zone = zoneOf(horizon.zone);
  const fromUtcMs = zone.startOfDay(addDays(horizon.day, -windowDays - poolReachDays));
  const toUtcMs = zone.startOfDay(addDays(horizon.day, -1));
  const sessions = store
    .readSessions(fromUtcMs, toUtcMs)
    .filter(({ defects, arrivalUtcMs }) => defects.length === 0 && arrivalUtcMs < toUtcMs);
  return { sessions, stations: store.sessionStations(), toUtcMs };
}

function fitFleet(
  recorded: Recorded,
  aggregator: AggregatorSite,
  horizon: Horizon,
  windowDays: number,
  read: string[],
): { fitted: Fitted; day: FleetDay; behaviour: BehaviourDay[] } {
  const covered = coveredTime(recorded, aggregator);
  const sessions = recorded.sessions.filter(({ station }) => aggregator.stations.includes(station));
  if (!covered || sessions.length === 0) {
    throw new Refusal('no-telemetry', {
      kind: 'sessions',
      period: `${aggregator.name} in the ${windowDays} days before ${horizon.day}`,
    });
  }
  read.push(
    `sessions ${aggregator.id} ${sessions.map((s) => `${s.arrivalUtcMs} ${s.departureUtcMs} ${s.energyKwh}`).join(' ')}`,
  );
  const day = fleetDay({ sessions, covered, chargeKw: aggregator.chargeKw, horizon, windowDays });
  refuseShort(day.residualDays, aggregator.name, day.centre);
  // A recorded session stands for `carsPerSession` cars that do the same, so errors scale with their number.
  const kwPerMw = 1000 * aggregator.carsPerSession;
  const fitted: Fitted = {
    input: {
      id: aggregator.id,
      name: aggregator.name,
      kind: 'aggregator',
      centreKw: scaled(day.centre, kwPerMw),
      biasKw: new Float64Array(horizon.slots),
      doubtfulSlots: [],
      residualDays: scaledDays(day.residualDays, kwPerMw),
    },
    forecast: {
      componentId: aggregator.id,
      origin: 'sessions',
      method: 'like-days',
      ...skillInKw(day.skill, kwPerMw),
    },
    notes: [],
  };
  return { fitted, day, behaviour: behaviourDays({ sessions, covered, horizon, windowDays }) };
}

/**
 * From the first session of the aggregator's stations to a week after the last, as far as any station reports: a quiet weekend at
 * the end is quiet, a silent month is missing data. Null when the stations are unknown.
 */
export function coveredTime(
  { stations, toUtcMs }: Pick<Recorded, 'stations' | 'toUtcMs'>,
  aggregator: AggregatorSite,
): CoveredTime | null {
  const all = stations.filter(({ fromUtcMs }) => Number.isFinite(fromUtcMs));
  const own = all.filter(({ station }) => aggregator.stations.includes(station));
  if (own.length === 0) return null;
  const last = Math.max(...own.map((station) => station.toUtcMs));
  const lastOfAll = Math.max(...all.map((station) => station.toUtcMs));
  return {
    fromUtcMs: Math.min(...own.map((station) => station.fromUtcMs)),
    toUtcMs: Math.min(toUtcMs, lastOfAll, last + 7 * dayMs),
  };
}

function refuseShort(days: readonly ResidualDay[], name: string, centre: Float64Array): void {
  const sound = days.filter((day) => day.flaggedSlots.length < day.error.length).length;
  if (sound < leastHistoryDays || centre.some(Number.isNaN)) {
    throw new Refusal('too-little-history', { days: sound, kind: name, needed: leastHistoryDays });
  }
}

const scaled = (values: Float64Array, factor: number): Float64Array => values.map((value) => value * factor);

const scaledDays = (days: readonly ResidualDay[], factor: number): ResidualDay[] =>
  days.map((day) => ({ ...day, error: scaled(day.error, factor), forecast: scaled(day.forecast, factor) }));

const skillInKw = (skill: ForecastSkill, factor: number) => ({
  rmseKw: skill.rmse * factor,
  naiveDayRmseKw: skill.naiveDayRmse * factor,
  naiveWeekRmseKw: skill.naiveWeekRmse * factor,
  meanBiasKw: skill.meanBias * factor,
});
