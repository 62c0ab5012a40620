-- A line in an organisation's inbox, for those of its people who have one of the roles.
CREATE TABLE inbox_line (
  line_id         uuid PRIMARY KEY,
  organisation_id uuid NOT NULL,
  unit_id         uuid,
  roles           text[] NOT NULL,
  kind            text NOT NULL,
  arguments       jsonb NOT NULL,
  matter          text NOT NULL,
  whose           uuid NOT NULL,
  occasion        bigint NOT NULL,
  circle_id       uuid,
  subject_kind    text NOT NULL,
  subject_id      uuid NOT NULL,
  path            text NOT NULL,
  since           timestamptz NOT NULL,
  must_act        boolean NOT NULL,
  done_at         timestamptz,
  -- Nothing is told twice.
  CONSTRAINT inbox_line_once UNIQUE NULLS NOT DISTINCT (organisation_id, unit_id, kind, matter, whose, occasion)
);
CREATE INDEX inbox_line_open ON inbox_line (organisation_id, must_act, since) WHERE done_at IS NULL;
CREATE INDEX inbox_line_by_matter ON inbox_line (matter, kind) WHERE done_at IS NULL;
ALTER TABLE inbox_line ENABLE ROW LEVEL SECURITY;
ALTER TABLE inbox_line FORCE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON inbox_line FOR SELECT TO {{service}}_app USING (
  organisation_id = caller_org() AND (unit_id IS NULL OR caller_unit() IS NULL OR unit_id = caller_unit()));
CREATE POLICY everything ON inbox_line TO {{service}}_system USING (true) WITH CHECK (true);
GRANT SELECT ON inbox_line TO {{service}}_app;
GRANT SELECT, INSERT, UPDATE (done_at) ON inbox_line TO {{service}}_system;

-- A person has put a line away; for the others of the organisation it stays.
CREATE TABLE dismissal (
  line_id      uuid NOT NULL REFERENCES inbox_line,
  person_id    uuid NOT NULL,
  dismissed_at timestamptz NOT NULL,
  PRIMARY KEY (line_id, person_id)
);
ALTER TABLE dismissal ENABLE ROW LEVEL SECURITY;
ALTER TABLE dismissal FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON dismissal TO {{service}}_app
  USING (person_id = caller_person() AND line_id IN (SELECT line.line_id FROM inbox_line line));
CREATE POLICY everything ON dismissal TO {{service}}_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT ON dismissal TO {{service}}_app;
GRANT SELECT ON dismissal TO {{service}}_system;

-- Acts that are done, kept because the line that asks for one may come after it.
CREATE TABLE finished (
  matter   text NOT NULL,
  kind     text NOT NULL,
  whose    uuid NOT NULL,
  occasion bigint NOT NULL,
  PRIMARY KEY (matter, kind, whose)
);
GRANT SELECT, INSERT, UPDATE ON finished TO {{service}}_system;
