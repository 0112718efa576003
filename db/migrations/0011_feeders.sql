-- Distribution feeders. The …_json columns hold canonical JSON; content_hash covers network_json, and the id is made of it, so one
-- feeder is stored once.
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
CREATE INDEX feeders_by_time ON feeders (imported_ms);

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

CREATE TRIGGER feeders_are_written_once
BEFORE INSERT ON feeders WHEN EXISTS (SELECT 1 FROM feeders WHERE id = NEW.id OR rowid = NEW.rowid)
BEGIN
  SELECT RAISE(ABORT, 'a feeder is written once');
END;
