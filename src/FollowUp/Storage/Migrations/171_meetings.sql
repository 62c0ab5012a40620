-- Meetings (möten) of an agreement's parties: called, moved, called off; minutes that are corrected and never overwritten; what a
-- party is to do until a day.
CREATE TABLE meeting (
  meeting_id             uuid PRIMARY KEY,
  plan_id                uuid NOT NULL,
  partnership_id         uuid NOT NULL,
  topic                  text NOT NULL,
  agenda                 text NOT NULL,
  held_on                date NOT NULL,
  starts_at              time NOT NULL, -- as Swedish clocks show it
  place                  text,
  link                   text CHECK (link LIKE 'https://%'),
  state                  text NOT NULL CHECK (state IN ('Called', 'CalledOff', 'Held')),
  called_by_person       uuid NOT NULL,
  called_by_organisation uuid NOT NULL,
  called_at              timestamptz NOT NULL,
  version                bigint NOT NULL,
  UNIQUE (meeting_id, partnership_id),
  FOREIGN KEY (plan_id, partnership_id) REFERENCES plan (plan_id, partnership_id),
  CHECK (place IS NOT NULL OR link IS NOT NULL)
);
CREATE INDEX meeting_by_plan ON meeting (plan_id, meeting_id DESC);
CREATE INDEX meeting_ahead ON meeting (plan_id, held_on, starts_at) WHERE state = 'Called';
CALL isolate('meeting', 'SELECT, INSERT, UPDATE (held_on, starts_at, place, link, state, version)');
CREATE POLICY called_as_oneself ON meeting AS RESTRICTIVE FOR INSERT TO {{service}}_app
  WITH CHECK (called_by_organisation = caller_org() AND called_by_person = caller_person() AND state = 'Called');

CREATE TABLE meeting_change (
  meeting_id      uuid NOT NULL,
  partnership_id  uuid NOT NULL,
  number          integer NOT NULL CHECK (number > 0),
  was_on          date NOT NULL,
  was_at          time NOT NULL,
  called_off      boolean NOT NULL,
  reason          text NOT NULL,
  by_person       uuid NOT NULL,
  by_organisation uuid NOT NULL,
  at              timestamptz NOT NULL,
  PRIMARY KEY (meeting_id, number),
  FOREIGN KEY (meeting_id, partnership_id) REFERENCES meeting (meeting_id, partnership_id)
);
CALL isolate('meeting_change', 'SELECT, INSERT');
CREATE POLICY changed_as_oneself ON meeting_change AS RESTRICTIVE FOR INSERT TO {{service}}_app
  WITH CHECK (by_organisation = caller_org() AND by_person = caller_person());

CREATE TABLE meeting_minutes (
  meeting_id      uuid NOT NULL,
  partnership_id  uuid NOT NULL,
  number          integer NOT NULL CHECK (number > 0),
  text            text NOT NULL,
  decisions       text[] NOT NULL,
  by_person       uuid NOT NULL,
  by_organisation uuid NOT NULL,
  at              timestamptz NOT NULL,
  PRIMARY KEY (meeting_id, number),
  FOREIGN KEY (meeting_id, partnership_id) REFERENCES meeting (meeting_id, partnership_id)
);
CALL isolate('meeting_minutes', 'SELECT, INSERT');
CREATE POLICY written_as_oneself ON meeting_minutes AS RESTRICTIVE FOR INSERT TO {{service}}_app
  WITH CHECK (by_organisation = caller_org() AND by_person = caller_person());

CREATE TABLE meeting_action (
  action_id       uuid PRIMARY KEY,
  meeting_id      uuid NOT NULL,
  partnership_id  uuid NOT NULL,
  what            text NOT NULL,
  organisation_id uuid NOT NULL,
  due_on          date NOT NULL,
  by_person       uuid NOT NULL,
  by_organisation uuid NOT NULL,
  at              timestamptz NOT NULL,
  done_by_person  uuid,
  done_at         timestamptz,
  FOREIGN KEY (meeting_id, partnership_id) REFERENCES meeting (meeting_id, partnership_id),
  CHECK ((done_by_person IS NULL) = (done_at IS NULL))
);
CREATE INDEX meeting_action_by_meeting ON meeting_action (meeting_id);
CALL isolate('meeting_action', 'SELECT, INSERT, UPDATE (done_by_person, done_at)');
CREATE POLICY asked_as_oneself ON meeting_action AS RESTRICTIVE FOR INSERT TO {{service}}_app
  WITH CHECK (by_organisation = caller_org() AND by_person = caller_person() AND done_at IS NULL);
-- Done by the party that answers for it, and once.
CREATE POLICY done_as_oneself ON meeting_action AS RESTRICTIVE FOR UPDATE TO {{service}}_app
  USING (organisation_id = caller_org() AND done_at IS NULL) WITH CHECK (done_by_person = caller_person());

-- Who the parties are, for those who are let in themselves: an action is one party's. The rows of access of others are nobody's to
-- read; this tells the organisations and no more.
CREATE FUNCTION parties_of(p_partnership uuid) RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT DISTINCT a.organisation_id FROM access a
  WHERE a.partnership_id = p_partnership AND a.side NOT IN ('guest', 'verifier', 'funder') AND a.person_id IS NULL
    AND a.valid_from <= caller_today() AND (a.valid_to IS NULL OR a.valid_to >= caller_today())
    AND EXISTS (SELECT FROM access own WHERE own.partnership_id = p_partnership AND own.organisation_id = caller_org()
      AND (own.unit_id IS NULL OR caller_unit() IS NULL OR own.unit_id = caller_unit())
      AND (own.person_id IS NULL OR own.person_id = caller_person())
      AND own.valid_from <= caller_today() AND (own.valid_to IS NULL OR own.valid_to >= caller_today()))
$$;
REVOKE ALL ON FUNCTION parties_of FROM PUBLIC;
GRANT EXECUTE ON FUNCTION parties_of TO {{service}}_app;
