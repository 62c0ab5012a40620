-- People, their memberships and sessions. There is no partnership data here, and whoever signs in belongs to no organisation yet:
-- these tables are not under the policies. What a signed-in caller may see is decided by organisation in the slices.

-- Copies of what Registry says.
CREATE TABLE organisation (
  organisation_id uuid PRIMARY KEY,
  name            text NOT NULL,
  kind            text NOT NULL
);
CREATE TABLE unit (
  unit_id         uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisation,
  name            text NOT NULL
);
CREATE INDEX unit_by_organisation ON unit (organisation_id);
GRANT SELECT ON organisation, unit TO {{service}}_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON organisation, unit TO {{service}}_system;

-- The operating organisation (driftorganisationen) is there before any other. It runs the platform and is party to nothing.
INSERT INTO organisation VALUES ('00000000-0000-7000-8000-000000000001', 'Plattformens förvaltning', 'public');

CREATE TABLE person (
  person_id     uuid PRIMARY KEY,
  name          text NOT NULL,
  email         text NOT NULL UNIQUE CHECK (email = lower(email)),
  language      text NOT NULL CHECK (language IN ('sv', 'en')),
  password_hash text,
  totp_secret   bytea,
  version       bigint NOT NULL,
  CHECK ((password_hash IS NULL) = (totp_secret IS NULL))
);
GRANT SELECT, INSERT, UPDATE (name, language, password_hash, totp_secret, version) ON person TO {{service}}_app, {{service}}_system;

CREATE TABLE membership (
  membership_id   uuid PRIMARY KEY,
  person_id       uuid NOT NULL REFERENCES person,
  organisation_id uuid NOT NULL REFERENCES organisation,
  unit_id         uuid REFERENCES unit,
  roles           text[] NOT NULL,
  given_at        timestamptz NOT NULL,
  version         bigint NOT NULL,
  CONSTRAINT membership_once UNIQUE NULLS NOT DISTINCT (person_id, organisation_id, unit_id),
  CONSTRAINT operators_work_in_the_operating_organisation
    CHECK (NOT 'operator' = ANY (roles) OR organisation_id = '00000000-0000-7000-8000-000000000001')
);
CREATE INDEX membership_by_organisation ON membership (organisation_id, membership_id);
GRANT SELECT, INSERT, UPDATE (roles, version) ON membership TO {{service}}_app, {{service}}_system;

-- A link that may be used once: to become the first operator (no person yet), or to accept an invitation.
CREATE TABLE one_time_link (
  token_hash bytea PRIMARY KEY,
  person_id  uuid REFERENCES person,
  expires_at timestamptz NOT NULL
);
GRANT SELECT, INSERT, DELETE ON one_time_link TO {{service}}_app, {{service}}_system;

-- A person on the way in: what the client asked for, until the password is given; then the code, until it is redeemed.
CREATE TABLE sign_in_request (
  request_hash   bytea PRIMARY KEY,
  client_id      text NOT NULL,
  redirect_uri   text NOT NULL,
  state          text NOT NULL,
  nonce          text,
  code_challenge text NOT NULL,
  expires_at     timestamptz NOT NULL
);
CREATE INDEX sign_in_request_by_age ON sign_in_request (expires_at);
GRANT SELECT, INSERT, DELETE ON sign_in_request TO {{service}}_app, {{service}}_system;

CREATE TABLE session (
  session_id      uuid PRIMARY KEY,
  key_hash        bytea UNIQUE,
  person_id       uuid NOT NULL REFERENCES person,
  organisation_id uuid NOT NULL,
  unit_id         uuid,
  client_id       text NOT NULL,
  begun_at        timestamptz NOT NULL,
  used_at         timestamptz NOT NULL,
  ended_at        timestamptz
);
CREATE INDEX session_by_person ON session (person_id);
CREATE INDEX session_by_age ON session (begun_at);
GRANT SELECT, INSERT, UPDATE (key_hash, organisation_id, unit_id, used_at, ended_at) ON session TO {{service}}_app;
GRANT SELECT, DELETE ON session TO {{service}}_system;

CREATE TABLE authorization_code (
  code_hash      bytea PRIMARY KEY,
  client_id      text NOT NULL,
  redirect_uri   text NOT NULL,
  nonce          text,
  code_challenge text NOT NULL,
  session_id     uuid NOT NULL REFERENCES session ON DELETE CASCADE,
  expires_at     timestamptz NOT NULL,
  used_at        timestamptz
);
CREATE INDEX authorization_code_by_age ON authorization_code (expires_at);
GRANT SELECT, INSERT, UPDATE (used_at) ON authorization_code TO {{service}}_app;
GRANT SELECT, DELETE ON authorization_code TO {{service}}_system;

-- A one-time code is good once: the row is the proof that it was used.
CREATE TABLE used_one_time_code (
  person_id uuid NOT NULL REFERENCES person,
  step      bigint NOT NULL,
  used_at   timestamptz NOT NULL,
  PRIMARY KEY (person_id, step)
);
CREATE INDEX used_one_time_code_by_age ON used_one_time_code (used_at);
GRANT SELECT, INSERT ON used_one_time_code TO {{service}}_app;
GRANT SELECT, DELETE ON used_one_time_code TO {{service}}_system;

-- Failed attempts by account and address together: whoever guesses delays only himself. The account is kept as a hash of what was typed.
CREATE TABLE failed_sign_in (
  account_hash bytea NOT NULL,
  address      text NOT NULL,
  failures     integer NOT NULL,
  last_at      timestamptz NOT NULL,
  PRIMARY KEY (account_hash, address)
);
CREATE INDEX failed_sign_in_by_age ON failed_sign_in (last_at);
GRANT SELECT, INSERT, UPDATE (failures, last_at), DELETE ON failed_sign_in TO {{service}}_app, {{service}}_system;

-- Systems of the organisations, which prove themselves with a key of their own.
CREATE TABLE system_client (
  system_id       uuid PRIMARY KEY,
  name            text NOT NULL,
  organisation_id uuid NOT NULL REFERENCES organisation,
  unit_id         uuid REFERENCES unit,
  roles           text[] NOT NULL,
  public_jwk      jsonb NOT NULL,
  version         bigint NOT NULL,
  CHECK (NOT 'operator' = ANY (roles))
);
GRANT SELECT, INSERT ON system_client TO {{service}}_app;

-- An assertion is good once, at whichever replica it comes in.
CREATE TABLE used_assertion (
  system_id  uuid NOT NULL REFERENCES system_client,
  jti        text NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (system_id, jti)
);
CREATE INDEX used_assertion_by_age ON used_assertion (expires_at);
GRANT SELECT, INSERT ON used_assertion TO {{service}}_app;
GRANT SELECT, DELETE ON used_assertion TO {{service}}_system;
