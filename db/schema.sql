-- Generated from db/migrations by "node db/write-schema.ts"; not edited by hand.

CREATE TABLE audit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at_ms INTEGER NOT NULL,
  operator TEXT NOT NULL,
  act TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail_json TEXT NOT NULL
) STRICT;

CREATE TABLE back_tests (
  id TEXT PRIMARY KEY,
  settings_key TEXT NOT NULL,
  asked_json TEXT NOT NULL,
  currency TEXT NOT NULL,
  created_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE batches (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  file_name TEXT NOT NULL,
  file_hash TEXT NOT NULL,
  imported_ms INTEGER NOT NULL,
  row_count INTEGER NOT NULL DEFAULT 0,
  stored_count INTEGER NOT NULL DEFAULT 0,
  flagged_count INTEGER NOT NULL DEFAULT 0,
  replaced_count INTEGER NOT NULL DEFAULT 0,
  mapping_json TEXT NOT NULL
) STRICT;

CREATE TABLE error_days (
  id INTEGER PRIMARY KEY,
  errors_hash BLOB NOT NULL UNIQUE CHECK (length(errors_hash) = 32),
  errors BLOB NOT NULL CHECK (length(errors) % 8 = 0)
) STRICT;

CREATE TABLE feeders (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  source TEXT NOT NULL,
  licence TEXT NOT NULL,
  attribution TEXT NOT NULL,
  imported_ms INTEGER NOT NULL,
  bus_count INTEGER NOT NULL,
  branch_count INTEGER NOT NULL,
  tie_count INTEGER NOT NULL,
  base_kv REAL NOT NULL,
  load_kw REAL NOT NULL,
  load_kvar REAL NOT NULL,
  files_json TEXT NOT NULL,
  network_json TEXT NOT NULL,
  content_hash TEXT NOT NULL
) STRICT;

CREATE TABLE findings (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  series_id INTEGER NOT NULL REFERENCES series (id),
  kind TEXT NOT NULL,
  from_ms INTEGER NOT NULL,
  to_ms INTEGER NOT NULL CHECK (to_ms > from_ms),
  value_count INTEGER NOT NULL,
  detail TEXT NOT NULL,
  verdict TEXT CHECK (verdict IN ('good', 'bad')),
  reason TEXT,
  operator TEXT,
  judged_ms INTEGER,
  CHECK ((verdict IS NULL) = (reason IS NULL) AND (verdict IS NULL) = (operator IS NULL) AND (verdict IS NULL) = (judged_ms IS NULL))
) STRICT;

CREATE TABLE frozen_sets (
  name TEXT PRIMARY KEY COLLATE NOCASE CHECK (length(name) BETWEEN 1 AND 80),
  set_id TEXT NOT NULL REFERENCES sets (id),
  note TEXT NOT NULL,
  operator TEXT NOT NULL,
  frozen_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE market_plans (
  id TEXT PRIMARY KEY,
  day TEXT NOT NULL,
  created_ms INTEGER NOT NULL,
  currency TEXT NOT NULL,
  ambiguity TEXT NOT NULL,
  confidence REAL NOT NULL,
  guaranteed REAL NOT NULL,
  passed INTEGER NOT NULL CHECK (passed IN (0, 1)),
  content_json TEXT NOT NULL,
  content_hash TEXT NOT NULL
) STRICT;

CREATE TABLE migrations (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  text_hash TEXT NOT NULL,
  applied_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE mobile_storage (
  version INTEGER PRIMARY KEY AUTOINCREMENT,
  saved_ms INTEGER NOT NULL,
  operator TEXT NOT NULL,
  storage_json TEXT NOT NULL
) STRICT;

CREATE TABLE plan_bases (
  plan_id TEXT PRIMARY KEY REFERENCES plans (id),
  saved_ms INTEGER NOT NULL,
  basis BLOB NOT NULL
) STRICT;

CREATE TABLE plans (
  id TEXT PRIMARY KEY,
  day TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('draft', 'approved', 'superseded')),
  created_ms INTEGER NOT NULL,
  protection REAL NOT NULL,
  total_cost REAL NOT NULL,
  currency TEXT NOT NULL,
  gap REAL,
  passed INTEGER NOT NULL CHECK (passed IN (0, 1)),
  outcome_json TEXT NOT NULL,
  problem_json TEXT NOT NULL,
  schedule_json TEXT NOT NULL,
  check_json TEXT NOT NULL,
  baseline_json TEXT NOT NULL,
  provenance_json TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  test_json TEXT,
  test_hash TEXT,
  CHECK ((test_json IS NULL) = (test_hash IS NULL))
) STRICT;

CREATE TABLE road_networks (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  source TEXT NOT NULL,
  licence TEXT NOT NULL,
  attribution TEXT NOT NULL,
  imported_ms INTEGER NOT NULL,
  node_count INTEGER NOT NULL,
  link_count INTEGER NOT NULL,
  files_json TEXT NOT NULL,
  network_json TEXT NOT NULL,
  content_hash TEXT NOT NULL
) STRICT;

CREATE TABLE runs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  asked_json TEXT NOT NULL,
  operator TEXT NOT NULL,
  process_id INTEGER NOT NULL,
  started_ms INTEGER NOT NULL,
  ended_ms INTEGER,
  outcome TEXT CHECK (outcome IN ('done', 'cancelled', 'failed', 'lost')),
  said TEXT NOT NULL DEFAULT '',
  result TEXT,
  error_json TEXT,
  CHECK ((ended_ms IS NULL) = (outcome IS NULL OR outcome = 'lost'))
) STRICT;

CREATE TABLE series (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  unit TEXT NOT NULL,
  zone TEXT NOT NULL,
  step_ms INTEGER NOT NULL CHECK (step_ms > 0 AND 86400000 % step_ms = 0),
  source TEXT NOT NULL,
  phase_ms INTEGER CHECK (phase_ms >= 0 AND phase_ms < step_ms),
  from_ms INTEGER,
  to_ms INTEGER,
  number_count INTEGER NOT NULL DEFAULT 0,
  flagged_count INTEGER NOT NULL DEFAULT 0,
  UNIQUE (kind, name)
) STRICT;

CREATE TABLE series_days (
  series_id INTEGER NOT NULL REFERENCES series (id),
  day INTEGER NOT NULL,
  batch_id INTEGER REFERENCES batches (id),
  number_count INTEGER NOT NULL,
  flagged_count INTEGER NOT NULL,
  numbers BLOB NOT NULL CHECK (length(numbers) > 0 AND length(numbers) % 8 = 0),
  flags BLOB CHECK (length(flags) * 4 = length(numbers)),
  PRIMARY KEY (series_id, day)
) STRICT;

CREATE TABLE sessions (
  id INTEGER PRIMARY KEY,
  batch_id INTEGER NOT NULL REFERENCES batches (id),
  session_id TEXT NOT NULL,
  named INTEGER NOT NULL CHECK (named IN (0, 1)),
  station TEXT NOT NULL,
  arrival_ms INTEGER,
  departure_ms INTEGER,
  energy_kwh REAL,
  power_kw REAL,
  capacity_kwh REAL,
  arrival_soc_share REAL,
  departure_soc_share REAL,
  defects_json TEXT NOT NULL,
  usable INTEGER NOT NULL AS (defects_json = '[]') STORED,
  file_row INTEGER NOT NULL
) STRICT;

CREATE TABLE set_aside_plans (
  plan_id TEXT PRIMARY KEY,
  set_aside_ms INTEGER NOT NULL,
  operator TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sets (
  id TEXT PRIMARY KEY,
  day TEXT NOT NULL,
  created_ms INTEGER NOT NULL,
  method TEXT NOT NULL,
  nominal REAL NOT NULL,
  schema_version INTEGER NOT NULL DEFAULT 0, content BLOB NOT NULL DEFAULT x'', content_hash TEXT NOT NULL DEFAULT '') STRICT;

CREATE TABLE settings (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sites (
  version INTEGER PRIMARY KEY AUTOINCREMENT,
  saved_ms INTEGER NOT NULL,
  operator TEXT NOT NULL,
  site_json TEXT NOT NULL
) STRICT;

CREATE TABLE sms_plans (
  id TEXT PRIMARY KEY,
  day TEXT NOT NULL,
  created_ms INTEGER NOT NULL,
  currency TEXT NOT NULL,
  owner_profit REAL NOT NULL,
  users_saving REAL NOT NULL,
  gap REAL,
  epsilon REAL NOT NULL,
  margin TEXT NOT NULL,
  override_count INTEGER NOT NULL,
  based_on TEXT REFERENCES sms_plans (id),
  passed INTEGER NOT NULL CHECK (passed IN (0, 1)),
  content_json TEXT NOT NULL,
  content_hash TEXT NOT NULL
, status TEXT NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'approved', 'superseded'))) STRICT;

CREATE TABLE strategy_days (
  settings_key TEXT NOT NULL,
  day TEXT NOT NULL,
  strategy TEXT NOT NULL,
  saved_ms INTEGER NOT NULL,
  outcome_json TEXT NOT NULL,
  PRIMARY KEY (settings_key, day, strategy)
) STRICT, WITHOUT ROWID;

CREATE TABLE sweeps (
  day TEXT NOT NULL,
  sweep_key TEXT NOT NULL,
  saved_ms INTEGER NOT NULL,
  points_json TEXT NOT NULL,
  PRIMARY KEY (day, sweep_key)
) STRICT, WITHOUT ROWID;

CREATE INDEX batches_by_file ON batches (file_hash, kind);

CREATE INDEX feeders_by_time ON feeders (imported_ms);

CREATE INDEX findings_by_series ON findings (series_id, from_ms);

CREATE INDEX findings_judged ON findings (series_id, judged_ms) WHERE verdict IS NOT NULL;

CREATE INDEX market_plans_by_day ON market_plans (day, created_ms);

CREATE INDEX plan_bases_by_time ON plan_bases (saved_ms);

CREATE INDEX plans_by_day ON plans (day, created_ms);

CREATE UNIQUE INDEX plans_one_approved ON plans (day) WHERE status = 'approved';

CREATE INDEX road_networks_by_time ON road_networks (imported_ms);

CREATE INDEX runs_under_way ON runs (id) WHERE outcome IS NULL;

CREATE INDEX sessions_by_station ON sessions (station, arrival_ms, departure_ms, usable);

CREATE INDEX sessions_by_time ON sessions (arrival_ms, departure_ms);

CREATE INDEX sets_by_day ON sets (day, created_ms);

CREATE INDEX sms_plans_by_day ON sms_plans (day, created_ms);

CREATE UNIQUE INDEX sms_plans_one_approved ON sms_plans (day) WHERE status = 'approved';

CREATE TRIGGER audit_is_written_once
BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)
BEGIN
  SELECT RAISE(ABORT, 'the audit log is append-only');
END;

CREATE TRIGGER audit_keeps
BEFORE UPDATE ON audit
BEGIN
  SELECT RAISE(ABORT, 'the audit log is append-only');
END;

CREATE TRIGGER audit_stays
BEFORE DELETE ON audit
BEGIN
  SELECT RAISE(ABORT, 'the audit log is append-only');
END;

CREATE TRIGGER error_days_are_written_once
BEFORE INSERT ON error_days WHEN EXISTS (SELECT 1 FROM error_days WHERE id = NEW.id OR errors_hash = NEW.errors_hash)
BEGIN
  SELECT RAISE(ABORT, 'an error day is written once');
END;

CREATE TRIGGER error_days_keep
BEFORE UPDATE ON error_days
BEGIN
  SELECT RAISE(ABORT, 'an error day never changes');
END;

CREATE TRIGGER error_days_stay
BEFORE DELETE ON error_days
BEGIN
  SELECT RAISE(ABORT, 'an error day is never deleted');
END;

CREATE TRIGGER feeders_are_written_once
BEFORE INSERT ON feeders WHEN EXISTS (SELECT 1 FROM feeders WHERE id = NEW.id OR rowid = NEW.rowid)
BEGIN
  SELECT RAISE(ABORT, 'a feeder is written once');
END;

CREATE TRIGGER feeders_keep_content
BEFORE UPDATE ON feeders
BEGIN
  SELECT RAISE(ABORT, 'a feeder never changes');
END;

CREATE TRIGGER feeders_stay
BEFORE DELETE ON feeders
BEGIN
  SELECT RAISE(ABORT, 'a feeder is never deleted');
END;

CREATE TRIGGER frozen_sets_are_written_once
BEFORE INSERT ON frozen_sets WHEN EXISTS (SELECT 1 FROM frozen_sets WHERE name = NEW.name OR rowid = NEW.rowid)
BEGIN
  SELECT RAISE(ABORT, 'a frozen set is written once');
END;

CREATE TRIGGER frozen_sets_keep
BEFORE UPDATE ON frozen_sets
BEGIN
  SELECT RAISE(ABORT, 'a frozen set never changes');
END;

CREATE TRIGGER frozen_sets_stay
BEFORE DELETE ON frozen_sets
BEGIN
  SELECT RAISE(ABORT, 'a frozen set is never deleted');
END;

CREATE TRIGGER market_plans_are_written_once
BEFORE INSERT ON market_plans WHEN EXISTS (SELECT 1 FROM market_plans WHERE id = NEW.id OR rowid = NEW.rowid)
BEGIN
  SELECT RAISE(ABORT, 'a market plan is written once');
END;

CREATE TRIGGER market_plans_keep_content
BEFORE UPDATE ON market_plans
BEGIN
  SELECT RAISE(ABORT, 'a market plan never changes');
END;

CREATE TRIGGER market_plans_stay
BEFORE DELETE ON market_plans
BEGIN
  SELECT RAISE(ABORT, 'a market plan is never deleted');
END;

CREATE TRIGGER plans_approved_stand_alone
BEFORE UPDATE OF status ON plans
WHEN NEW.status = 'approved' AND EXISTS (SELECT 1 FROM plans WHERE day = NEW.day AND status = 'approved' AND id <> NEW.id)
BEGIN
  SELECT RAISE(ABORT, 'another plan of the day is approved');
END;

CREATE TRIGGER plans_are_inserted_alone
BEFORE INSERT ON plans
WHEN NEW.status = 'approved' AND EXISTS (SELECT 1 FROM plans WHERE day = NEW.day AND status = 'approved')
BEGIN
  SELECT RAISE(ABORT, 'another plan of the day is approved');
END;

CREATE TRIGGER plans_are_written_once
BEFORE INSERT ON plans WHEN EXISTS (SELECT 1 FROM plans WHERE id = NEW.id OR rowid = NEW.rowid)
BEGIN
  SELECT RAISE(ABORT, 'a plan is written once');
END;

CREATE TRIGGER plans_come_back_when_approved
AFTER UPDATE OF status ON plans WHEN NEW.status = 'approved'
BEGIN
  DELETE FROM set_aside_plans WHERE plan_id = NEW.id;
END;

CREATE TRIGGER plans_keep_content
BEFORE UPDATE OF id, day, created_ms, protection, total_cost, currency, gap, passed, outcome_json, problem_json, schedule_json,
  check_json, baseline_json, provenance_json, content_hash ON plans
BEGIN
  SELECT RAISE(ABORT, 'a plan never changes');
END;

CREATE TRIGGER plans_keep_test
BEFORE UPDATE OF test_json, test_hash ON plans WHEN OLD.test_json IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'a plan is tested once');
END;

CREATE TRIGGER plans_never_return_to_draft
BEFORE UPDATE OF status ON plans WHEN NEW.status = 'draft' AND OLD.status <> 'draft'
BEGIN
  SELECT RAISE(ABORT, 'a plan never returns to draft');
END;

CREATE TRIGGER plans_stay
BEFORE DELETE ON plans
BEGIN
  SELECT RAISE(ABORT, 'a plan is never deleted');
END;

CREATE TRIGGER road_networks_are_written_once
BEFORE INSERT ON road_networks WHEN EXISTS (SELECT 1 FROM road_networks WHERE id = NEW.id OR rowid = NEW.rowid)
BEGIN
  SELECT RAISE(ABORT, 'a road network is written once');
END;

CREATE TRIGGER road_networks_keep_content
BEFORE UPDATE ON road_networks
BEGIN
  SELECT RAISE(ABORT, 'a road network never changes');
END;

CREATE TRIGGER road_networks_stay
BEFORE DELETE ON road_networks
BEGIN
  SELECT RAISE(ABORT, 'a road network is never deleted');
END;

CREATE TRIGGER set_aside_plans_do_not_count
BEFORE INSERT ON set_aside_plans
WHEN NOT EXISTS (SELECT 1 FROM plans WHERE id = NEW.plan_id AND status <> 'approved')
  AND NOT EXISTS (SELECT 1 FROM sms_plans WHERE id = NEW.plan_id AND status <> 'approved')
BEGIN
  SELECT RAISE(ABORT, 'only a plan that is there and not approved is set aside');
END;

CREATE TRIGGER set_aside_plans_keep
BEFORE UPDATE ON set_aside_plans
BEGIN
  SELECT RAISE(ABORT, 'a mark is set or taken away, never changed');
END;

CREATE TRIGGER sets_are_written_once
BEFORE INSERT ON sets WHEN EXISTS (SELECT 1 FROM sets WHERE id = NEW.id OR rowid = NEW.rowid)
BEGIN
  SELECT RAISE(ABORT, 'a set is written once');
END;

CREATE TRIGGER sets_keep_content
BEFORE UPDATE ON sets
BEGIN
  SELECT RAISE(ABORT, 'a set never changes');
END;

CREATE TRIGGER sms_plans_approved_stand_alone
BEFORE UPDATE OF status ON sms_plans
WHEN NEW.status = 'approved' AND EXISTS (SELECT 1 FROM sms_plans WHERE day = NEW.day AND status = 'approved' AND id <> NEW.id)
BEGIN
  SELECT RAISE(ABORT, 'another plan of the day is approved');
END;

CREATE TRIGGER sms_plans_are_inserted_alone
BEFORE INSERT ON sms_plans
WHEN NEW.status = 'approved' AND EXISTS (SELECT 1 FROM sms_plans WHERE day = NEW.day AND status = 'approved')
BEGIN
  SELECT RAISE(ABORT, 'another plan of the day is approved');
END;

CREATE TRIGGER sms_plans_are_written_once
BEFORE INSERT ON sms_plans WHEN EXISTS (SELECT 1 FROM sms_plans WHERE id = NEW.id OR rowid = NEW.rowid)
BEGIN
  SELECT RAISE(ABORT, 'a plan is written once');
END;

CREATE TRIGGER sms_plans_come_back_when_approved
AFTER UPDATE OF status ON sms_plans WHEN NEW.status = 'approved'
BEGIN
  DELETE FROM set_aside_plans WHERE plan_id = NEW.id;
END;

CREATE TRIGGER sms_plans_keep_content
BEFORE UPDATE OF id, day, created_ms, currency, owner_profit, users_saving, gap, epsilon, margin, override_count, based_on, passed,
  content_json, content_hash ON sms_plans
BEGIN
  SELECT RAISE(ABORT, 'a plan never changes');
END;

CREATE TRIGGER sms_plans_never_return_to_draft
BEFORE UPDATE OF status ON sms_plans WHEN NEW.status = 'draft' AND OLD.status <> 'draft'
BEGIN
  SELECT RAISE(ABORT, 'a plan never returns to draft');
END;

CREATE TRIGGER sms_plans_stay
BEFORE DELETE ON sms_plans
BEGIN
  SELECT RAISE(ABORT, 'a plan is never deleted');
END;
