-- The living layer below the signed one: what bodies decide, the plans they adopt, and what shifts the ground.

-- A body's decision, as somebody of a party wrote it down. A new decision replaces an old one; none is changed.
CREATE TABLE body_decision (
  decision_id    uuid PRIMARY KEY,
  agreement_id   uuid NOT NULL,
  partnership_id uuid NOT NULL,
  body_id        uuid NOT NULL,
  body_name      text NOT NULL,
  meeting_on     date NOT NULL,
  paragraph      text,
  took_part      uuid[] NOT NULL CHECK (cardinality(took_part) > 0),
  recorded_by    uuid NOT NULL,
  recorded_for   uuid NOT NULL,
  recorded_at    timestamptz NOT NULL,
  UNIQUE (agreement_id, decision_id),
  FOREIGN KEY (partnership_id, agreement_id) REFERENCES agreement (partnership_id, agreement_id),
  FOREIGN KEY (partnership_id, body_id) REFERENCES body (partnership_id, body_id)
);
CREATE INDEX body_decision_by_body ON body_decision (body_id);
CALL isolate('body_decision', 'SELECT, INSERT');

CREATE FUNCTION decision_is_genuine() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.recorded_for IS DISTINCT FROM caller_org() OR NEW.recorded_by IS DISTINCT FROM caller_person() THEN
    PERFORM refuse('nobody writes down for another');
  END IF;
  IF NEW.meeting_on > caller_today() THEN PERFORM refuse('the meeting is yet to come'); END IF;
  IF EXISTS (SELECT unnest(NEW.took_part) EXCEPT SELECT party_id FROM party WHERE partnership_id = NEW.partnership_id) THEN
    PERFORM refuse('only parties take part');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER decision_is_genuine BEFORE INSERT ON body_decision FOR EACH ROW EXECUTE FUNCTION decision_is_genuine();

CREATE TABLE intervention_plan (
  plan_id        uuid PRIMARY KEY,
  agreement_id   uuid NOT NULL,
  partnership_id uuid NOT NULL,
  title          text NOT NULL,
  starts_on      date NOT NULL,
  ends_on        date NOT NULL CHECK (ends_on >= starts_on),
  number         integer NOT NULL CHECK (number > 0),
  version        bigint NOT NULL,
  UNIQUE (partnership_id, plan_id),
  UNIQUE (agreement_id, plan_id),
  FOREIGN KEY (partnership_id, agreement_id) REFERENCES agreement (partnership_id, agreement_id)
);
CREATE INDEX intervention_plan_by_agreement ON intervention_plan (agreement_id);
CALL isolate('intervention_plan', 'SELECT, INSERT, UPDATE (title, starts_on, ends_on, number, version)');

CREATE TABLE plan_version (
  plan_id        uuid NOT NULL,
  number         integer NOT NULL CHECK (number > 0),
  agreement_id   uuid NOT NULL,
  partnership_id uuid NOT NULL,
  title          text NOT NULL,
  starts_on      date NOT NULL,
  ends_on        date NOT NULL CHECK (ends_on >= starts_on),
  reason         text NOT NULL,
  decision_id    uuid NOT NULL,
  PRIMARY KEY (plan_id, number),
  UNIQUE (partnership_id, plan_id, number),
  FOREIGN KEY (partnership_id, plan_id) REFERENCES intervention_plan (partnership_id, plan_id),
  FOREIGN KEY (agreement_id, plan_id) REFERENCES intervention_plan (agreement_id, plan_id),
  FOREIGN KEY (agreement_id, decision_id) REFERENCES body_decision (agreement_id, decision_id)
);
CALL isolate('plan_version', 'SELECT, INSERT');

CREATE TABLE plan_item (
  plan_id        uuid NOT NULL,
  number         integer NOT NULL,
  item_id        uuid NOT NULL,
  partnership_id uuid NOT NULL,
  position       integer NOT NULL CHECK (position > 0),
  what           text NOT NULL,
  parties        uuid[] NOT NULL,
  others         text,
  activity_id    uuid,
  starts_on      date,
  ends_on        date CHECK (ends_on >= starts_on),
  target         text,
  ore            bigint CHECK (ore >= 0),
  PRIMARY KEY (plan_id, number, item_id),
  UNIQUE (plan_id, number, position),
  FOREIGN KEY (partnership_id, plan_id, number) REFERENCES plan_version (partnership_id, plan_id, number)
);
CALL isolate('plan_item', 'SELECT, INSERT');

CREATE TABLE plan_departure (
  plan_id        uuid NOT NULL,
  number         integer NOT NULL,
  position       integer NOT NULL CHECK (position > 0),
  partnership_id uuid NOT NULL,
  kind           text NOT NULL CHECK (kind IN ('OutsidePeriod', 'NotAParty', 'ActivityNotAgreed', 'MoneyAboveAgreed')),
  item_id        uuid,
  planned        text,
  agreed         text,
  PRIMARY KEY (plan_id, number, position),
  FOREIGN KEY (partnership_id, plan_id, number) REFERENCES plan_version (partnership_id, plan_id, number)
);
CALL isolate('plan_departure', 'SELECT, INSERT');

-- A plan lives while its agreement does; its versions follow one another, and one plan applies on any day.
CREATE FUNCTION plan_lives() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM agreement WHERE agreement_id = NEW.agreement_id AND state IN ('Signed', 'InForce', 'NoticeGiven') FOR UPDATE;
  IF NOT FOUND THEN PERFORM refuse('a plan belongs to an agreement that binds'); END IF;
  IF EXISTS (SELECT FROM intervention_plan p WHERE p.agreement_id = NEW.agreement_id AND p.plan_id <> NEW.plan_id
      AND daterange(p.starts_on, p.ends_on, '[]') && daterange(NEW.starts_on, NEW.ends_on, '[]')) THEN
    PERFORM refuse('another plan applies on those days');
  END IF;
  IF TG_OP = 'UPDATE' AND NEW.number <> OLD.number + 1 THEN PERFORM refuse('versions follow one another'); END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER plan_lives BEFORE INSERT OR UPDATE ON intervention_plan FOR EACH ROW EXECUTE FUNCTION plan_lives();

-- Changed preconditions (ändrade förutsättningar).
CREATE TABLE precondition (
  precondition_id uuid PRIMARY KEY,
  agreement_id    uuid NOT NULL,
  partnership_id  uuid NOT NULL,
  what            text NOT NULL,
  source          text NOT NULL,
  occurs_on       date NOT NULL,
  effect          text NOT NULL,
  group_id        uuid,
  noted_by        uuid NOT NULL,
  noted_at        timestamptz NOT NULL,
  version         bigint NOT NULL,
  UNIQUE (partnership_id, precondition_id),
  FOREIGN KEY (partnership_id, agreement_id) REFERENCES agreement (partnership_id, agreement_id),
  FOREIGN KEY (partnership_id, group_id) REFERENCES body (partnership_id, body_id)
);
CREATE INDEX precondition_by_agreement ON precondition (agreement_id);
CALL isolate('precondition', 'SELECT, INSERT, UPDATE (what, source, occurs_on, effect, group_id, version)');

CREATE TABLE transition_term (
  precondition_id uuid NOT NULL,
  position        integer NOT NULL CHECK (position > 0),
  partnership_id  uuid NOT NULL,
  party_id        uuid NOT NULL,
  terms           text NOT NULL,
  starts_on       date NOT NULL,
  ends_on         date CHECK (ends_on >= starts_on),
  PRIMARY KEY (precondition_id, position),
  FOREIGN KEY (partnership_id, precondition_id) REFERENCES precondition (partnership_id, precondition_id),
  FOREIGN KEY (partnership_id, party_id) REFERENCES party (partnership_id, party_id)
);
CALL isolate('transition_term', 'SELECT, INSERT, DELETE');

CREATE TABLE precondition_outcome (
  precondition_id uuid NOT NULL,
  position        integer NOT NULL CHECK (position > 0),
  partnership_id  uuid NOT NULL,
  kind            text NOT NULL CHECK (kind IN ('PlanChange', 'Adjustment', 'Renegotiation', 'NoChange')),
  subject_id      uuid,
  plan_version    integer,
  note            text,
  recorded_by     uuid NOT NULL,
  recorded_at     timestamptz NOT NULL,
  PRIMARY KEY (precondition_id, position),
  CHECK ((kind = 'NoChange') = (subject_id IS NULL)),
  CHECK ((kind = 'PlanChange') = (plan_version IS NOT NULL)),
  FOREIGN KEY (partnership_id, precondition_id) REFERENCES precondition (partnership_id, precondition_id)
);
CALL isolate('precondition_outcome', 'SELECT, INSERT');
