-- Where the solver ended on a plan, for what-ifs to begin at: names of columns and rows with their status, packed. A help and no record, so it
-- may be changed and go at any time; the oldest do.
CREATE TABLE plan_bases (
  plan_id TEXT PRIMARY KEY REFERENCES plans (id),
  saved_ms INTEGER NOT NULL,
  basis BLOB NOT NULL
) STRICT;
CREATE INDEX plan_bases_by_time ON plan_bases (saved_ms);
