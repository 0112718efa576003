-- Plans the operator set aside: out of the lists, and nothing else. A plan never goes; the mark may.
CREATE TABLE set_aside_plans (
  plan_id TEXT PRIMARY KEY,
  set_aside_ms INTEGER NOT NULL,
  operator TEXT NOT NULL
) STRICT, WITHOUT ROWID;

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

CREATE TRIGGER plans_come_back_when_approved
AFTER UPDATE OF status ON plans WHEN NEW.status = 'approved'
BEGIN
  DELETE FROM set_aside_plans WHERE plan_id = NEW.id;
END;

CREATE TRIGGER sms_plans_come_back_when_approved
AFTER UPDATE OF status ON sms_plans WHEN NEW.status = 'approved'
BEGIN
  DELETE FROM set_aside_plans WHERE plan_id = NEW.id;
END;
