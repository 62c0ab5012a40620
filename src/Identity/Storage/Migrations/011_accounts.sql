-- A person's way in without the authenticator app: each code is good once.
CREATE TABLE recovery_code (
  person_id uuid NOT NULL REFERENCES person,
  code_hash bytea NOT NULL,
  used_at   timestamptz,
  PRIMARY KEY (person_id, code_hash)
);
GRANT SELECT, INSERT, UPDATE (used_at), DELETE ON recovery_code TO {{service}}_app;
GRANT SELECT ON recovery_code TO {{service}}_system;

-- A browser in which the person has come in before. Whoever guesses elsewhere does not keep it out.
CREATE TABLE known_device (
  device_hash bytea NOT NULL,
  person_id   uuid NOT NULL REFERENCES person,
  seen_at     timestamptz NOT NULL,
  PRIMARY KEY (device_hash, person_id)
);
CREATE INDEX known_device_by_age ON known_device (seen_at);
GRANT SELECT, INSERT, UPDATE (seen_at), DELETE ON known_device TO {{service}}_app;
GRANT SELECT, DELETE ON known_device TO {{service}}_system;

-- What the browser said it is, so that a person knows the own devices again.
ALTER TABLE session ADD agent text;
