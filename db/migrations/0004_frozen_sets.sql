-- Sets that an operator froze under a name, to plan other days from. A name is given once and never moves.
CREATE TABLE frozen_sets (
  name TEXT PRIMARY KEY COLLATE NOCASE CHECK (length(name) BETWEEN 1 AND 80),
  set_id TEXT NOT NULL REFERENCES sets (id),
  note TEXT NOT NULL,
  operator TEXT NOT NULL,
  frozen_ms INTEGER NOT NULL
) STRICT;

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

-- REPLACE deletes without asking the delete triggers.
CREATE TRIGGER frozen_sets_are_written_once
BEFORE INSERT ON frozen_sets WHEN EXISTS (SELECT 1 FROM frozen_sets WHERE name = NEW.name OR rowid = NEW.rowid)
BEGIN
  SELECT RAISE(ABORT, 'a frozen set is written once');
END;
