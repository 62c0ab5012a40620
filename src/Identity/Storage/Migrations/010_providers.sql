-- The login of an organisation's own (inloggningstjänst): an OpenID Connect provider, added while the platform runs. Issuer and tenant
-- are never changed: others have decided to trust just these.
CREATE TABLE provider (
  provider_id     uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisation,
  name            text NOT NULL,
  issuer          text NOT NULL,
  tenant          text,
  client_id       text NOT NULL,
  proof           text NOT NULL CHECK (proof IN ('ClientSecret', 'PrivateKeyJwt')),
  secret          bytea NOT NULL,
  public_jwk      jsonb,
  created_at      timestamptz NOT NULL,
  ended_at        timestamptz,
  version         bigint NOT NULL,
  CHECK ((proof = 'PrivateKeyJwt') = (public_jwk IS NOT NULL))
);
CREATE INDEX provider_by_organisation ON provider (organisation_id);
GRANT SELECT, INSERT, UPDATE (name, client_id, secret, ended_at, version) ON provider TO {{service}}_app;

-- Who has this group or app role there has these roles here. An organisation that has a row trusts the provider; without one it does not.
CREATE TABLE provider_grant (
  grant_id        uuid PRIMARY KEY,
  provider_id     uuid NOT NULL REFERENCES provider,
  source          text NOT NULL CHECK (source IN ('Group', 'AppRole')),
  value           text NOT NULL,
  organisation_id uuid NOT NULL REFERENCES organisation,
  unit_id         uuid REFERENCES unit,
  roles           text[] NOT NULL CHECK (cardinality(roles) > 0),
  CONSTRAINT provider_grant_once UNIQUE NULLS NOT DISTINCT (provider_id, source, value, organisation_id, unit_id),
  CONSTRAINT operators_work_in_the_operating_organisation
    CHECK (NOT 'operator' = ANY (roles) OR organisation_id = '00000000-0000-7000-8000-000000000001')
);
CREATE INDEX provider_grant_by_organisation ON provider_grant (organisation_id);
GRANT SELECT, INSERT, DELETE ON provider_grant TO {{service}}_app;

-- A login elsewhere belongs to one person here: by issuer and subject, never by e-mail.
CREATE TABLE login (
  login_id    uuid PRIMARY KEY,
  issuer      text NOT NULL,
  subject     text NOT NULL,
  person_id   uuid NOT NULL REFERENCES person,
  provider_id uuid NOT NULL REFERENCES provider,
  label       text NOT NULL,
  linked_at   timestamptz NOT NULL,
  used_at     timestamptz NOT NULL,
  UNIQUE (issuer, subject)
);
CREATE INDEX login_by_person ON login (person_id);
GRANT SELECT, INSERT, UPDATE (used_at, provider_id, label), DELETE ON login TO {{service}}_app;

-- Somebody is away at a provider to sign in, or to show which login there is to be connected. Good once, in the same browser.
CREATE TABLE journey (
  state_hash   bytea PRIMARY KEY,
  browser_hash bytea NOT NULL,
  provider_id  uuid NOT NULL REFERENCES provider,
  luggage      bytea NOT NULL,
  person_id    uuid REFERENCES person,
  expires_at   timestamptz NOT NULL
);
CREATE INDEX journey_by_age ON journey (expires_at);
GRANT SELECT, INSERT, DELETE ON journey TO {{service}}_app;
GRANT SELECT, DELETE ON journey TO {{service}}_system;

-- A login that a signed-in person has shown and not yet confirmed as the own.
CREATE TABLE unconfirmed_login (
  token_hash  bytea PRIMARY KEY,
  person_id   uuid NOT NULL REFERENCES person,
  provider_id uuid NOT NULL REFERENCES provider,
  issuer      text NOT NULL,
  subject     text NOT NULL,
  label       text NOT NULL,
  expires_at  timestamptz NOT NULL
);
CREATE INDEX unconfirmed_login_by_age ON unconfirmed_login (expires_at);
GRANT SELECT, INSERT, DELETE ON unconfirmed_login TO {{service}}_app;
GRANT SELECT, DELETE ON unconfirmed_login TO {{service}}_system;

GRANT SELECT ON provider, provider_grant, login TO {{service}}_system;

-- By which provider a session began; a password's has none. It acts only where that provider is trusted.
ALTER TABLE session ADD provider_id uuid REFERENCES provider;

-- Which provider's word a membership follows; none for what was given by hand.
ALTER TABLE membership ADD provider_id uuid REFERENCES provider;
GRANT UPDATE (provider_id) ON membership TO {{service}}_app;
GRANT UPDATE (provider_id) ON membership TO {{service}}_system;
