-- Days to keep (frister), as the other services' facts say them: one row for each deadline, moved or cancelled as it is told.
CREATE TABLE deadline (
  deadline_id  uuid PRIMARY KEY,
  circle_id    uuid NOT NULL,
  subject_id   uuid NOT NULL,
  kind         text NOT NULL,
  key          text NOT NULL,
  -- None: told of as cancelled before it was told of.
  falls_on     date,
  title        text NOT NULL,
  path         text NOT NULL,
  occasion     bigint NOT NULL,
  revision     integer NOT NULL DEFAULT 0,
  changed_at   timestamptz NOT NULL,
  is_cancelled boolean NOT NULL,
  CONSTRAINT deadline_once UNIQUE (subject_id, kind, key)
);
CREATE INDEX deadline_by_circle ON deadline (circle_id, falls_on);
ALTER TABLE deadline ENABLE ROW LEVEL SECURITY;
ALTER TABLE deadline FORCE ROW LEVEL SECURITY;
CREATE POLICY everything ON deadline TO {{service}}_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE (falls_on, title, occasion, revision, changed_at, is_cancelled) ON deadline TO {{service}}_system;

-- A person's calendar of one organisation, at a secret address. Only the address' hash is kept.
CREATE TABLE calendar_feed (
  person_id       uuid NOT NULL,
  organisation_id uuid NOT NULL,
  address_hash    bytea UNIQUE,
  renewed_at      timestamptz NOT NULL,
  read_at         timestamptz,
  version         bigint NOT NULL,
  PRIMARY KEY (person_id, organisation_id)
);
ALTER TABLE calendar_feed ENABLE ROW LEVEL SECURITY;
ALTER TABLE calendar_feed FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON calendar_feed TO {{service}}_app
  USING (person_id = caller_person() AND organisation_id = caller_org())
  WITH CHECK (person_id = caller_person() AND organisation_id = caller_org());
CREATE POLICY everything ON calendar_feed TO {{service}}_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE (address_hash, renewed_at, read_at, version) ON calendar_feed TO {{service}}_app;
GRANT SELECT, UPDATE (read_at) ON calendar_feed TO {{service}}_system;
