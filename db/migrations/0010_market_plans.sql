-- Market plans: prices learnt, policies, bids and their replay. content_hash covers content_json.
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
CREATE INDEX market_plans_by_day ON market_plans (day, created_ms);

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

CREATE TRIGGER market_plans_are_written_once
BEFORE INSERT ON market_plans WHEN EXISTS (SELECT 1 FROM market_plans WHERE id = NEW.id OR rowid = NEW.rowid)
BEGIN
  SELECT RAISE(ABORT, 'a market plan is written once');
END;
