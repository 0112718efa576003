-- What a strategy came to on a past day, kept as each is known, so that a back-test goes on where it was stopped. settings_key names all
-- that the number depends on besides day and strategy: site, telemetry, fit, prices of real time, versions.
CREATE TABLE strategy_days (
  settings_key TEXT NOT NULL,
  day TEXT NOT NULL,
  strategy TEXT NOT NULL,
  saved_ms INTEGER NOT NULL,
  outcome_json TEXT NOT NULL,
  PRIMARY KEY (settings_key, day, strategy)
) STRICT, WITHOUT ROWID;

-- A question asked: which days, which strategies, under which settings.
CREATE TABLE back_tests (
  id TEXT PRIMARY KEY,
  settings_key TEXT NOT NULL,
  asked_json TEXT NOT NULL,
  currency TEXT NOT NULL,
  created_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
