/**
 * One text for all that a strategy's day depends on besides day and strategy, so that results are reused exactly when they would come out
 * alike: site and its feeder, telemetry and verdicts on it, rules for missing values, fit, prices of real time, versions.
 */
import { canonicalJson } from '../../base/canonical-json.ts';
import { fillRulesOf } from '../intake/fill-rules.ts';
import { modelVersion, siteOf, type PlanTools } from '../tools.ts';
import type { BackTestWish } from './back-test-ports.ts';
import { hasTrucks, parseStrategy } from './strategy.ts';

/** Raised when more is kept of what the chance dial found. */
const dialVersion = 'dial-1';
/** Raised when the same plan may be carried out otherwise. */
const recourseVersion = 'recourse-3';

export function settingsKey(
  { store, solver, hash }: PlanTools,
  {
    fit,
    settlement,
    timeLimitSeconds,
    strategies,
  }: Pick<BackTestWish, 'fit' | 'settlement' | 'timeLimitSeconds' | 'strategies'>,
): string {
  const telemetry = {
    batches: store.listBatches().map(({ id, fileHash }) => ({ id, fileHash })),
    series: store.listSeries().map(({ id, valueCount, flaggedCount, toUtcMs }) => ({
      id,
      valueCount,
      flaggedCount,
      toUtcMs,
    })),
    verdicts: newestVerdict(store),
  };
  const versions = { modelVersion, recourseVersion, solver: solver.version };
  const rules = fillRulesOf(store);
  const storage = strategies.some(hasTrucks) ? store.getMobileStorage() : null;
  const trucks = storage && { storage, roads: store.getRoads(storage.roads.networkId)?.id ?? null };
  const site = siteOf(store);
  // A site may take the first feeder imported, whichever that is.
  const feeder = site.network ? (store.getFeeder(site.network.feederId)?.id ?? null) : null;
  const text = canonicalJson({
    site,
    feeder,
    telemetry,
    rules,
    fit,
    settlement,
    timeLimitSeconds,
    versions,
    ...(trucks ? { trucks } : {}),
    ...(strategies.some((name) => parseStrategy(name).kind === 'dial') ? { dialVersion } : {}),
  });
  return hash(text).slice(0, 24);
}

/** Number of the newest audit entry about telemetry: verdicts change what is trusted. */
function newestVerdict(store: PlanTools['store']): number {
  const limit = 200;
  for (let offset = 0; ; offset += limit) {
    const { total, entries } = store.listAudit({ offset, limit });
    const found = entries.find(({ act }) => act.startsWith('telemetry.'));
    if (found) return found.id;
    if (offset + limit >= total) return 0;
  }
}
