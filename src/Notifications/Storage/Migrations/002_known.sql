-- What this service has heard of others. Copies: the owners' facts hold.
CREATE TABLE known_organisation (
  organisation_id uuid PRIMARY KEY,
  name            text NOT NULL
);
GRANT SELECT ON known_organisation TO {{service}}_app;
GRANT SELECT, INSERT, UPDATE ON known_organisation TO {{service}}_system;

-- A partnership or outcome contract and who is in it.
CREATE TABLE circle (
  circle_id uuid PRIMARY KEY,
  title     text NOT NULL
);
ALTER TABLE circle ENABLE ROW LEVEL SECURITY;
ALTER TABLE circle FORCE ROW LEVEL SECURITY;
CREATE TABLE circle_member (
  circle_id       uuid NOT NULL,
  organisation_id uuid NOT NULL,
  unit_id         uuid,
  role            text NOT NULL,
  CONSTRAINT circle_member_once UNIQUE NULLS NOT DISTINCT (circle_id, organisation_id, unit_id, role)
);
ALTER TABLE circle_member ENABLE ROW LEVEL SECURITY;
ALTER TABLE circle_member FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON circle_member FOR SELECT TO {{service}}_app USING (organisation_id = caller_org());
CREATE POLICY everything ON circle_member TO {{service}}_system USING (true) WITH CHECK (true);
CREATE POLICY own_rows ON circle FOR SELECT TO {{service}}_app
  USING (circle_id IN (SELECT member.circle_id FROM circle_member member));
CREATE POLICY everything ON circle TO {{service}}_system USING (true) WITH CHECK (true);
GRANT SELECT ON circle, circle_member TO {{service}}_app;
GRANT SELECT, INSERT, UPDATE ON circle, circle_member TO {{service}}_system;

-- Whom to tell, and in which language. A person sees only what is kept of herself.
CREATE TABLE recipient (
  membership_id   uuid PRIMARY KEY,
  person_id       uuid NOT NULL,
  organisation_id uuid NOT NULL,
  unit_id         uuid,
  name            text NOT NULL,
  email           text NOT NULL,
  language        text NOT NULL CHECK (language IN ('sv', 'en')),
  roles           text[] NOT NULL
);
CREATE INDEX recipient_by_person ON recipient (person_id);
ALTER TABLE recipient ENABLE ROW LEVEL SECURITY;
ALTER TABLE recipient FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON recipient FOR SELECT TO {{service}}_app USING (person_id = caller_person());
CREATE POLICY everything ON recipient TO {{service}}_system USING (true) WITH CHECK (true);
GRANT SELECT (membership_id, person_id, organisation_id, language) ON recipient TO {{service}}_app;
GRANT SELECT, INSERT, UPDATE ON recipient TO {{service}}_system;
