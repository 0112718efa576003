-- What comes in: files, series and charging sessions. Instants are milliseconds since 1970-01-01T00:00Z (…_ms).
-- application_id 0x53575431 ("SWT1") marks the file as ours.
PRAGMA application_id = 1398232113;

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
CREATE INDEX batches_by_file ON batches (file_hash, kind);

-- The grid of a series: instants phase_ms + n * step_ms. phase_ms is unknown until the first value arrives.
-- from_ms and to_ms enclose the stored numbers; the counts are kept in step with series_days.
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

-- One row per series and UTC day (day n starts at phase_ms + n * 86400000). numbers: little-endian doubles, NaN where there is
-- none; flags: little-endian 16-bit words of the same count, NULL when all are zero. batch_id: the newest import that wrote here.
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

-- Quality findings and what the operator said of them. Ids are never used twice: a verdict must not land on another finding.
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
CREATE INDEX findings_by_series ON findings (series_id, from_ms);
CREATE INDEX findings_judged ON findings (series_id, judged_ms) WHERE verdict IS NOT NULL;

-- Charging sessions; NULL where the file gave no number. named = 0: the file gave no id and session_id is its row. A session of a
-- newer file takes the place of the older one with the same station, arrival and, where named, id; twins within a file all stay.
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
CREATE INDEX sessions_by_station ON sessions (station, arrival_ms, departure_ms, usable);
CREATE INDEX sessions_by_time ON sessions (arrival_ms, departure_ms);
