-- Who has left a partnership, by the newest that is told of it: a late fact of an agreement does not let it back in.
CREATE TABLE gone_party (
  partnership_id  uuid NOT NULL,
  organisation_id uuid NOT NULL,
  unit_id         uuid,
  last_day        date NOT NULL,
  CONSTRAINT gone_party_once UNIQUE NULLS NOT DISTINCT (partnership_id, organisation_id, unit_id)
);
ALTER TABLE gone_party ENABLE ROW LEVEL SECURITY;
ALTER TABLE gone_party FORCE ROW LEVEL SECURITY;
CREATE POLICY everything ON gone_party TO {{service}}_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, DELETE ON gone_party TO {{service}}_system;
