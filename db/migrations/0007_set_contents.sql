-- Past error days are the same in set after set: each is kept once, as little-endian doubles, and sets refer to them. The rest of a
-- set's content is packed. content_hash covers the content with its error days. schema_version: shape of the content; sets of
-- before, whose content stays as its text, are of shape 0.
CREATE TABLE error_days (
  id INTEGER PRIMARY KEY,
  errors_hash BLOB NOT NULL UNIQUE CHECK (length(errors_hash) = 32),
  errors BLOB NOT NULL CHECK (length(errors) % 8 = 0)
) STRICT;

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

-- REPLACE deletes without asking the delete triggers.
CREATE TRIGGER error_days_are_written_once
BEFORE INSERT ON error_days WHEN EXISTS (SELECT 1 FROM error_days WHERE id = NEW.id OR errors_hash = NEW.errors_hash)
BEGIN
  SELECT RAISE(ABORT, 'an error day is written once');
END;

DROP TRIGGER sets_keep_content;
ALTER TABLE sets ADD COLUMN schema_version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sets ADD COLUMN content BLOB NOT NULL DEFAULT x'';
ALTER TABLE sets ADD COLUMN content_hash TEXT NOT NULL DEFAULT '';
UPDATE sets SET content = CAST(set_json AS BLOB);
ALTER TABLE sets DROP COLUMN set_json;

CREATE TRIGGER sets_keep_content
BEFORE UPDATE ON sets
BEGIN
  SELECT RAISE(ABORT, 'a set never changes');
END;
