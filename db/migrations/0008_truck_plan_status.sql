-- Plans of trucks have a status, as plans of the day have: their content never changes, and one of a day may be approved.
DROP TRIGGER sms_plans_keep_content;
ALTER TABLE sms_plans ADD COLUMN status TEXT NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'approved', 'superseded'));
CREATE UNIQUE INDEX sms_plans_one_approved ON sms_plans (day) WHERE status = 'approved';

CREATE TRIGGER sms_plans_keep_content
BEFORE UPDATE OF id, day, created_ms, currency, owner_profit, users_saving, gap, epsilon, margin, override_count, based_on, passed,
  content_json, content_hash ON sms_plans
BEGIN
  SELECT RAISE(ABORT, 'a plan never changes');
END;

CREATE TRIGGER sms_plans_never_return_to_draft
BEFORE UPDATE OF status ON sms_plans WHEN NEW.status = 'draft' AND OLD.status <> 'draft'
BEGIN
  SELECT RAISE(ABORT, 'a plan never returns to draft');
END;

-- REPLACE deletes rows in its way without asking the delete triggers, so what would be in its way is stopped before it.
CREATE TRIGGER sms_plans_approved_stand_alone
BEFORE UPDATE OF status ON sms_plans
WHEN NEW.status = 'approved' AND EXISTS (SELECT 1 FROM sms_plans WHERE day = NEW.day AND status = 'approved' AND id <> NEW.id)
BEGIN
  SELECT RAISE(ABORT, 'another plan of the day is approved');
END;

CREATE TRIGGER sms_plans_are_inserted_alone
BEFORE INSERT ON sms_plans
WHEN NEW.status = 'approved' AND EXISTS (SELECT 1 FROM sms_plans WHERE day = NEW.day AND status = 'approved')
BEGIN
  SELECT RAISE(ABORT, 'another plan of the day is approved');
END;
