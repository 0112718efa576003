/** A past day as it really was: load, wind and the sessions of the day, in kW at the site on the slots of its plan. */
import { Refusal } from '../../base/errors.ts';
import { slotStart, type Horizon } from '../../base/horizon.ts';
import { addDays, zoneOf } from '../../base/zone.ts';
import { chargingSeries } from '../../forecast/charging-series.ts';
import { dayGrid } from '../../forecast/day-grid.ts';
import { trusted } from '../../telemetry/quality/trusted.ts';
import { chooseSeries } from '../intake/choose-series.ts';
import { coveredTime } from '../sets/forecast-components.ts';
import type { Store } from '../ports.ts';
import type { Site } from '../site.ts';

export interface ActualDay {
  loadKw: number[];
  /** All parks together; zeros for a site without wind. */
  windKw: number[];
  /** Charging had nobody steered it [aggregator][slot]. */
  chargingKw: number[][];
}

/** @throws Refusal `no-telemetry` where a value of the day is missing or doubtful: what is not known is not made up. */
export function actualDay(store: Store, site: Site, horizon: Horizon): ActualDay {
  const windShare = site.wind.reduce((sum, park) => sum + park.share, 0);
  return {
    loadKw: actualKw(store, site, horizon, 'load-actual').map((mw) => mw * 1000 * site.loadShare),
    windKw:
      windShare === 0
        ? new Array<number>(horizon.slots).fill(0)
        : actualKw(store, site, horizon, 'wind-actual').map((mw) => Math.max(0, mw * 1000 * windShare)),
    chargingKw: chargingKw(store, site, horizon),
  };
}

function actualKw(store: Store, site: Site, horizon: Horizon, kind: 'load-actual' | 'wind-actual'): number[] {
  const info = chooseSeries(store, site, kind);
  const refuse = (period: string): never => {
    throw new Refusal('no-telemetry', { kind, period });
  };
  if (!info) return refuse(horizon.day);
  const read = store.readSeries(info.id, horizon.startUtcMs, slotStart(horizon, horizon.slots));
  const series = { ...read, flags: read.flags.map((flags) => (trusted(flags) ? 0 : flags)) };
  const { values, doubtful } = dayGrid(series, horizon.day, 1, horizon);
  const missing = doubtful.reduce((sum, flag) => sum + flag, 0);
  if (missing > 0) return refuse(`${missing} of the ${horizon.slots} slots of ${horizon.day} (missing or doubtful)`);
  return Array.from(values);
}

/** As the fleet of the day is learnt from: sound sessions, each standing for the aggregator's cars per session. */
function chargingKw(store: Store, site: Site, horizon: Horizon): number[][] {
  const zone = zoneOf(site.zone);
  const endUtcMs = slotStart(horizon, horizon.slots);
  // Stays of up to a fortnight reach into the day.
  const sessions = store
    .readSessions(zone.startOfDay(addDays(horizon.day, -14)), endUtcMs)
    .filter(({ defects }) => defects.length === 0);
  const stations = store.sessionStations();
  const grid = { startUtcMs: horizon.startUtcMs, stepMinutes: horizon.slotMinutes, length: horizon.slots };
  return site.aggregators.map((aggregator) => {
    const covered = coveredTime({ stations, toUtcMs: endUtcMs }, aggregator);
    const own = sessions.filter(({ station }) => aggregator.stations.includes(station));
    const load = covered && chargingSeries(own, covered, aggregator.chargeKw, grid);
    if (!load || load.values.some(Number.isNaN))
      throw new Refusal('no-telemetry', { kind: 'sessions', period: `${aggregator.name} on ${horizon.day}` });
    return Array.from(load.values, (mw) => mw * 1000 * aggregator.carsPerSession);
  });
}
