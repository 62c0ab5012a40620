-- What a provider said of somebody who signed in on trial (provinloggning), encrypted: for the administrator who tried, and for minutes.
CREATE TABLE kept_trial (
  token_hash  bytea PRIMARY KEY,
  person_id   uuid NOT NULL REFERENCES person,
  provider_id uuid NOT NULL REFERENCES provider,
  shown       bytea NOT NULL,
  expires_at  timestamptz NOT NULL
);
CREATE INDEX kept_trial_by_age ON kept_trial (expires_at);
GRANT SELECT, INSERT ON kept_trial TO {{service}}_app;
GRANT SELECT, DELETE ON kept_trial TO {{service}}_system;
