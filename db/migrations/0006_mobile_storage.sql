-- Road networks, the site's mobile storage, and the plans made for it. The …_json columns hold canonical JSON.

-- content_hash covers network_json; the id is made of it, so one network is stored once.
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
CREATE INDEX road_networks_by_time ON road_networks (imported_ms);

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

CREATE TRIGGER road_networks_are_written_once
BEFORE INSERT ON road_networks WHEN EXISTS (SELECT 1 FROM road_networks WHERE id = NEW.id OR rowid = NEW.rowid)
BEGIN
  SELECT RAISE(ABORT, 'a road network is written once');
END;

CREATE TABLE mobile_storage (
  version INTEGER PRIMARY KEY AUTOINCREMENT,
  saved_ms INTEGER NOT NULL,
  operator TEXT NOT NULL,
  storage_json TEXT NOT NULL
) STRICT;

-- content_hash covers content_json, which repeats nothing of the columns for lists but what they are read from.
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
) STRICT;
CREATE INDEX sms_plans_by_day ON sms_plans (day, created_ms);

CREATE TRIGGER sms_plans_keep_content
BEFORE UPDATE ON sms_plans
BEGIN
  SELECT RAISE(ABORT, 'a plan never changes');
END;

CREATE TRIGGER sms_plans_stay
BEFORE DELETE ON sms_plans
BEGIN
  SELECT RAISE(ABORT, 'a plan is never deleted');
END;

CREATE TRIGGER sms_plans_are_written_once
BEFORE INSERT ON sms_plans WHEN EXISTS (SELECT 1 FROM sms_plans WHERE id = NEW.id OR rowid = NEW.rowid)
BEGIN
  SELECT RAISE(ABORT, 'a plan is written once');
END;
