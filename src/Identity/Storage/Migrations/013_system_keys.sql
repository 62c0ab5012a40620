-- A system may have several keys at a time, so that a new one is there before the old one goes.
CREATE TABLE system_key (
  key_id     uuid PRIMARY KEY,
  system_id  uuid NOT NULL REFERENCES system_client,
  public_jwk jsonb NOT NULL,
  added_at   timestamptz NOT NULL,
  used_at    timestamptz,
  ended_at   timestamptz
);
CREATE INDEX system_key_by_system ON system_key (system_id);
GRANT SELECT, INSERT, UPDATE (used_at, ended_at) ON system_key TO {{service}}_app;
GRANT SELECT ON system_key TO {{service}}_system;
CREATE INDEX system_client_by_organisation ON system_client (organisation_id);

-- The keys that systems were registered with.
INSERT INTO system_key (key_id, system_id, public_jwk, added_at)
  SELECT system_id, system_id, public_jwk, '1970-01-01Z' FROM system_client;
