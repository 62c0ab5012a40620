-- What a person may do is what the admin has given, and what those lend for whom the person stands in today.
ALTER TABLE membership
  ADD COLUMN own_roles  text[],
  ADD COLUMN lent_roles text[] NOT NULL DEFAULT '{}';
UPDATE membership SET own_roles = roles;
ALTER TABLE membership
  ALTER COLUMN own_roles SET NOT NULL,
  ADD CONSTRAINT roles_are_own_or_lent CHECK (roles <@ (own_roles || lent_roles) AND (own_roles || lent_roles) <@ roles);
GRANT UPDATE (own_roles, lent_roles) ON membership TO {{service}}_app, {{service}}_system;

-- A person stands in for another (ersättare), for some days.
CREATE TABLE stand_in (
  stand_in_id     uuid PRIMARY KEY,
  membership_id   uuid NOT NULL REFERENCES membership,
  organisation_id uuid NOT NULL REFERENCES organisation,
  person_id       uuid NOT NULL REFERENCES person,
  from_on         date NOT NULL,
  to_on           date NOT NULL CHECK (to_on >= from_on),
  appointed_by    uuid NOT NULL,
  appointed_at    timestamptz NOT NULL,
  ended_at        timestamptz,
  version         bigint NOT NULL
);
CREATE INDEX stand_in_by_organisation ON stand_in (organisation_id, to_on) WHERE ended_at IS NULL;
CREATE INDEX stand_in_by_membership ON stand_in (membership_id) WHERE ended_at IS NULL;
GRANT SELECT, INSERT, UPDATE (ended_at, version) ON stand_in TO {{service}}_app;
GRANT SELECT ON stand_in TO {{service}}_system;
