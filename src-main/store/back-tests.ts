import { canonicalJson, parseCanonicalJson } from '../base/canonical-json.ts';
import type { BackTestRecord } from '../planning/backtest/back-test-ports.ts';
import type { StrategyDay } from '../planning/backtest/strategy-day.ts';
import type { Connection } from './connection.ts';

export const backTestsSql = {
  saveDay: `INSERT INTO strategy_days (settings_key, day, strategy, saved_ms, outcome_json)
    VALUES (:settingsKey, :day, :strategy, :savedMs, :outcomeJson)
    ON CONFLICT (settings_key, day, strategy) DO UPDATE
    SET saved_ms = excluded.saved_ms, outcome_json = excluded.outcome_json`,
  days: `SELECT outcome_json FROM strategy_days
    WHERE settings_key = :settingsKey AND day BETWEEN :fromDay AND :toDay ORDER BY day, strategy`,
  save: `INSERT INTO back_tests (id, settings_key, asked_json, currency, created_ms)
    VALUES (:id, :settingsKey, :askedJson, :currency, :createdMs)
    ON CONFLICT (id) DO UPDATE SET created_ms = excluded.created_ms`,
  list: `SELECT * FROM back_tests ORDER BY created_ms DESC, id`,
  get: `SELECT * FROM back_tests WHERE id = :id`,
} as const;

interface BackTestRow {
  id: string;
  settings_key: string;
  asked_json: string;
  currency: string;
  created_ms: number;
}

export function saveStrategyDay(
  connection: Connection,
  settingsKey: string,
  outcome: StrategyDay,
  savedMs: number,
): void {
  const { day, strategy } = outcome;
  connection.run(backTestsSql.saveDay, { settingsKey, day, strategy, savedMs, outcomeJson: canonicalJson(outcome) });
}

/** By day, then by strategy; both days included. */
export function listStrategyDays(
  connection: Connection,
  settingsKey: string,
  fromDay: string,
  toDay: string,
): StrategyDay[] {
  return connection
    .all<{ outcome_json: string }>(backTestsSql.days, { settingsKey, fromDay, toDay })
    .map(({ outcome_json }) => parseCanonicalJson(outcome_json) as StrategyDay);
}

/** Asked again it is the same question, and the newest. */
export function saveBackTest(connection: Connection, record: BackTestRecord): void {
  const { id, settingsKey, asked, currency, createdAtMs: createdMs } = record;
  connection.run(backTestsSql.save, { id, settingsKey, askedJson: canonicalJson(asked), currency, createdMs });
}

/** Newest first. */
export function listBackTests(connection: Connection): BackTestRecord[] {
  return connection.all<BackTestRow>(backTestsSql.list).map(recordOf);
}

/** Null when there is none. */
export function getBackTest(connection: Connection, id: string): BackTestRecord | null {
  const row = connection.get<BackTestRow>(backTestsSql.get, { id });
  return row ? recordOf(row) : null;
}

const recordOf = (row: BackTestRow): BackTestRecord => ({
  id: row.id,
  settingsKey: row.settings_key,
  asked: parseCanonicalJson(row.asked_json) as BackTestRecord['asked'],
  currency: row.currency,
  createdAtMs: row.created_ms,
});
