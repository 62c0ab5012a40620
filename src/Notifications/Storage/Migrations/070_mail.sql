-- By mail: what awaits a person reaches her also when she is not here.

-- How she wants it, for each organisation she acts for. No row: each task at once, news once a day.
CREATE TABLE mail_choice (
  person_id       uuid NOT NULL,
  organisation_id uuid NOT NULL,
  how             text NOT NULL CHECK (how IN ('at-once', 'daily', 'never')),
  chosen_at       timestamptz NOT NULL,
  PRIMARY KEY (person_id, organisation_id)
);
ALTER TABLE mail_choice ENABLE ROW LEVEL SECURITY;
ALTER TABLE mail_choice FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON mail_choice TO {{service}}_app
  USING (person_id = caller_person() AND organisation_id = caller_org())
  WITH CHECK (person_id = caller_person() AND organisation_id = caller_org());
CREATE POLICY everything ON mail_choice TO {{service}}_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE (how, chosen_at) ON mail_choice TO {{service}}_app;
GRANT SELECT ON mail_choice TO {{service}}_system;

-- A mail on its way: about one line, or what a day brought. Its words are written when it leaves, so that what is done by then
-- is not told. The address is looked up then too.
CREATE TABLE mail (
  mail_id         uuid PRIMARY KEY,
  person_id       uuid NOT NULL,
  organisation_id uuid NOT NULL,
  line_id         uuid REFERENCES inbox_line,
  day             date,
  since           timestamptz,
  until           timestamptz,
  created_at      timestamptz NOT NULL,
  due_at          timestamptz NOT NULL,
  attempts        integer NOT NULL DEFAULT 0,
  ended_at        timestamptz,
  outcome         text CHECK (outcome IN ('sent', 'unneeded', 'refused', 'given-up')),
  trouble         text,
  -- Nobody gets the same mail twice.
  CONSTRAINT mail_of_a_line_once UNIQUE (person_id, line_id),
  CONSTRAINT mail_of_a_day_once UNIQUE (person_id, organisation_id, day),
  CHECK ((line_id IS NULL) = (day IS NOT NULL AND since IS NOT NULL AND until IS NOT NULL)),
  CHECK ((ended_at IS NULL) = (outcome IS NULL))
);
CREATE INDEX mail_due ON mail (due_at) WHERE ended_at IS NULL;
ALTER TABLE mail ENABLE ROW LEVEL SECURITY;
ALTER TABLE mail FORCE ROW LEVEL SECURITY;
CREATE POLICY everything ON mail TO {{service}}_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE (due_at, attempts, ended_at, outcome, trouble), DELETE ON mail TO {{service}}_system;

-- What digests look for.
CREATE INDEX inbox_line_since ON inbox_line (organisation_id, since) WHERE done_at IS NULL;

-- Later (påminn mig senare): put away until a day.
ALTER TABLE dismissal ADD COLUMN until date;
GRANT UPDATE (until, dismissed_at) ON dismissal TO {{service}}_app, {{service}}_system;

-- Who holds which role is known to the organisation's own people: what nobody there can do shows for its administrators.
CREATE POLICY own_organisation ON recipient FOR SELECT TO {{service}}_app USING (organisation_id = caller_org());
GRANT SELECT (unit_id, roles) ON recipient TO {{service}}_app;
