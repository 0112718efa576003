-- Uncertainty sets, plans and risk sweeps. The …_json columns of sets and plans hold canonical JSON.
CREATE TABLE sets (
  id TEXT PRIMARY KEY,
  day TEXT NOT NULL,
  created_ms INTEGER NOT NULL,
  method TEXT NOT NULL,
  nominal REAL NOT NULL,
  set_json TEXT NOT NULL
) STRICT;
CREATE INDEX sets_by_day ON sets (day, created_ms);

-- content_hash covers everything but status and test; test_hash covers the test. baseline_json is JSON null where there is none.
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
CREATE INDEX plans_by_day ON plans (day, created_ms);
CREATE UNIQUE INDEX plans_one_approved ON plans (day) WHERE status = 'approved';

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

-- REPLACE deletes rows in its way without asking the delete triggers, so what would be in its way is stopped before it.
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

CREATE TRIGGER sets_keep_content
BEFORE UPDATE ON sets
BEGIN
  SELECT RAISE(ABORT, 'a set never changes');
END;

CREATE TRIGGER sets_are_written_once
BEFORE INSERT ON sets WHEN EXISTS (SELECT 1 FROM sets WHERE id = NEW.id OR rowid = NEW.rowid)
BEGIN
  SELECT RAISE(ABORT, 'a set is written once');
END;

CREATE TABLE sweeps (
  day TEXT NOT NULL,
  sweep_key TEXT NOT NULL,
  saved_ms INTEGER NOT NULL,
  points_json TEXT NOT NULL,
  PRIMARY KEY (day, sweep_key)
) STRICT, WITHOUT ROWID;
