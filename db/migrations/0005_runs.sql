-- A run says what was asked by whom and what came of it. A run whose process went away without a word is 'lost': when it ended is
-- not known. process_id: who was at work, so that a database opened twice does not give up what the other still does.
ALTER TABLE runs RENAME TO earlier_runs;

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

INSERT INTO runs (id, kind, title, asked_json, operator, process_id, started_ms, ended_ms, outcome, error_json)
SELECT id, kind, kind, detail_json, '', 0, started_ms, ended_ms, outcome, error_json FROM earlier_runs;

DROP TABLE earlier_runs;

CREATE INDEX runs_under_way ON runs (id) WHERE outcome IS NULL;
