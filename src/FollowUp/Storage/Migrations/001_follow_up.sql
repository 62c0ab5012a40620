-- FollowUp: plans with indicators and reports; signed outcome contracts with their measurements.

CREATE TABLE organisation (
  organisation_id uuid PRIMARY KEY,
  name            text NOT NULL,
  kind            text NOT NULL
);
GRANT SELECT ON organisation TO {{service}}_app;
GRANT SELECT, INSERT, UPDATE ON organisation TO {{service}}_system;

CREATE TABLE plan (
  plan_id        uuid PRIMARY KEY,
  partnership_id uuid NOT NULL,
  agreement_id   uuid NOT NULL UNIQUE,
  title          text NOT NULL,
  starts_on      date NOT NULL,
  ends_on        date,
  state          text NOT NULL CHECK (state IN ('Open', 'Closed')),
  version        bigint NOT NULL,
  UNIQUE (plan_id, partnership_id)
);
CREATE INDEX plan_by_partnership ON plan (partnership_id);
CALL isolate('plan', 'SELECT');
GRANT INSERT, UPDATE (state, ends_on, version) ON plan TO {{service}}_system;

-- An agreement's end may be heard before its beginning.
CREATE TABLE ended_agreement (
  agreement_id uuid PRIMARY KEY,
  ended_on     date NOT NULL
);
GRANT SELECT, INSERT ON ended_agreement TO {{service}}_system;

CREATE TABLE indicator (
  indicator_id   uuid PRIMARY KEY,
  plan_id        uuid NOT NULL,
  partnership_id uuid NOT NULL,
  name           text NOT NULL,
  unit           text NOT NULL,
  baseline       numeric(28, 8),
  target         numeric(28, 8),
  source         text,
  is_ratio       boolean NOT NULL,
  every          text NOT NULL CHECK (every IN ('Month', 'Quarter', 'HalfYear', 'Year')),
  version        bigint NOT NULL,
  UNIQUE (indicator_id, partnership_id),
  FOREIGN KEY (plan_id, partnership_id) REFERENCES plan (plan_id, partnership_id)
);
CREATE INDEX indicator_by_plan ON indicator (plan_id);
CALL isolate('indicator', 'SELECT, INSERT, UPDATE (version)');

-- A correction is a row more; nothing is overwritten.
CREATE TABLE report (
  indicator_id    uuid NOT NULL,
  partnership_id  uuid NOT NULL,
  period_key      text NOT NULL,
  number          integer NOT NULL CHECK (number > 0),
  value           numeric(28, 8),
  numerator       numeric(28, 8) CHECK (numerator >= 0),
  denominator     numeric(28, 8) CHECK (denominator > 0),
  comment         text,
  at              timestamptz NOT NULL,
  by_person       uuid NOT NULL,
  by_organisation uuid NOT NULL,
  PRIMARY KEY (indicator_id, period_key, number),
  FOREIGN KEY (indicator_id, partnership_id) REFERENCES indicator (indicator_id, partnership_id),
  CHECK ((value IS NULL) = (numerator IS NOT NULL) AND (numerator IS NULL) = (denominator IS NULL))
);
CALL isolate('report', 'SELECT, INSERT');

CREATE TABLE measured_contract (
  contract_id    uuid PRIMARY KEY,
  title          text NOT NULL,
  version_hash   text NOT NULL,
  currency       text NOT NULL,
  partnership_id uuid
);
CALL isolate('measured_contract', 'SELECT', 'contract_id');
GRANT INSERT ON measured_contract TO {{service}}_system;

-- On which side an organisation stands in a contract: it verifies, or it does anything else. The key lets it stand on one side only.
CREATE TABLE stance (
  contract_id     uuid NOT NULL REFERENCES measured_contract,
  organisation_id uuid NOT NULL,
  is_verifier     boolean NOT NULL,
  PRIMARY KEY (contract_id, organisation_id),
  UNIQUE (contract_id, organisation_id, is_verifier)
);
CREATE UNIQUE INDEX one_verifier ON stance (contract_id) WHERE is_verifier;
CALL isolate('stance', 'SELECT', 'contract_id');
GRANT INSERT ON stance TO {{service}}_system;

CREATE TABLE measured_party (
  contract_id     uuid NOT NULL REFERENCES measured_contract,
  position        integer NOT NULL,
  organisation_id uuid NOT NULL,
  unit_id         uuid,
  name            text NOT NULL,
  role            text NOT NULL CHECK (role IN ('Payer', 'Funder', 'Payee', 'Provider', 'Verifier')),
  is_verifier     boolean NOT NULL GENERATED ALWAYS AS (role = 'Verifier') STORED,
  PRIMARY KEY (contract_id, position),
  FOREIGN KEY (contract_id, organisation_id, is_verifier) REFERENCES stance (contract_id, organisation_id, is_verifier)
);
CALL isolate('measured_party', 'SELECT', 'contract_id');
GRANT INSERT ON measured_party TO {{service}}_system;

CREATE TABLE measure (
  contract_id     uuid NOT NULL REFERENCES measured_contract,
  position        integer NOT NULL,
  path            text NOT NULL,
  type            text NOT NULL CHECK (type IN ('money', 'number', 'count', 'percent', 'boolean', 'date', 'code')),
  accumulation    text NOT NULL,
  unit            text,
  may_be_negative boolean NOT NULL,
  PRIMARY KEY (contract_id, path)
);
CALL isolate('measure', 'SELECT', 'contract_id');
GRANT INSERT ON measure TO {{service}}_system;

CREATE TABLE measuring_period (
  contract_id uuid NOT NULL REFERENCES measured_contract,
  position    integer NOT NULL,
  key         text NOT NULL,
  from_on     date NOT NULL,
  to_on       date NOT NULL,
  is_final    boolean NOT NULL,
  PRIMARY KEY (contract_id, key),
  UNIQUE (contract_id, position)
);
CALL isolate('measuring_period', 'SELECT', 'contract_id');
GRANT INSERT ON measuring_period TO {{service}}_system;

-- Reported by anybody but the verifier, decided by the verifier alone: both held by foreign keys to the side they stand on.
CREATE TABLE measurement (
  measurement_id           uuid PRIMARY KEY,
  contract_id              uuid NOT NULL,
  period_key               text NOT NULL,
  revision                 integer NOT NULL CHECK (revision > 0),
  supersedes               uuid REFERENCES measurement,
  counterfactual           text NOT NULL,
  reported_by_organisation uuid NOT NULL,
  reported_by_person       uuid NOT NULL,
  reporter_is_verifier     boolean NOT NULL GENERATED ALWAYS AS (false) STORED,
  reported_at              timestamptz NOT NULL,
  state                    text NOT NULL CHECK (state IN ('Reported', 'Verified', 'Returned')),
  verified_by_organisation uuid,
  verified_by_person       uuid,
  decided_by_verifier      boolean GENERATED ALWAYS AS (CASE WHEN verified_by_organisation IS NOT NULL THEN true END) STORED,
  verified_at              timestamptz,
  remark                   text,
  version                  bigint NOT NULL,
  UNIQUE (contract_id, period_key, revision),
  UNIQUE (measurement_id, contract_id),
  FOREIGN KEY (contract_id, period_key) REFERENCES measuring_period (contract_id, key),
  FOREIGN KEY (contract_id, reported_by_organisation, reporter_is_verifier) REFERENCES stance (contract_id, organisation_id, is_verifier),
  FOREIGN KEY (contract_id, verified_by_organisation, decided_by_verifier) REFERENCES stance (contract_id, organisation_id, is_verifier),
  CHECK (verified_by_person <> reported_by_person),
  CHECK ((state = 'Reported') = (verified_by_organisation IS NULL)),
  CHECK ((verified_by_organisation IS NULL) = (verified_by_person IS NULL) AND (verified_by_organisation IS NULL) = (verified_at IS NULL)),
  CHECK (state <> 'Returned' OR remark IS NOT NULL)
);
CREATE UNIQUE INDEX one_awaits_verification ON measurement (contract_id, period_key) WHERE state = 'Reported';
CREATE INDEX measurement_by_state ON measurement (state, measurement_id);
CALL isolate('measurement', 'SELECT, INSERT, UPDATE (state, verified_by_organisation, verified_by_person, verified_at, remark, version)', 'contract_id');
-- Nobody reports, and nobody decides, in another organisation's or person's name; and what is decided stays decided.
CREATE POLICY reported_as_oneself ON measurement AS RESTRICTIVE FOR INSERT TO {{service}}_app
  WITH CHECK (reported_by_organisation = caller_org() AND reported_by_person = caller_person() AND state = 'Reported');
CREATE POLICY decided_as_oneself ON measurement AS RESTRICTIVE FOR UPDATE TO {{service}}_app
  USING (state = 'Reported')
  WITH CHECK (verified_by_organisation = caller_org() AND verified_by_person = caller_person());

CREATE TABLE figure (
  measurement_id uuid NOT NULL,
  contract_id    uuid NOT NULL,
  path           text NOT NULL,
  type           text NOT NULL CHECK (type IN ('Number', 'Boolean', 'Code')),
  value          text NOT NULL,
  PRIMARY KEY (measurement_id, path),
  FOREIGN KEY (measurement_id, contract_id) REFERENCES measurement (measurement_id, contract_id)
);
CALL isolate('figure', 'SELECT, INSERT', 'contract_id');
-- Figures come with their measurement, not after it.
CREATE POLICY only_when_reported ON figure AS RESTRICTIVE FOR INSERT TO {{service}}_app
  WITH CHECK (EXISTS (SELECT FROM measurement m WHERE m.measurement_id = figure.measurement_id
    AND m.state = 'Reported' AND m.reported_by_person = caller_person() AND m.version = 1));

CREATE TABLE evidence (
  measurement_id uuid NOT NULL,
  contract_id    uuid NOT NULL,
  position       integer NOT NULL,
  name           text NOT NULL,
  description    text NOT NULL,
  url            text,
  PRIMARY KEY (measurement_id, position),
  FOREIGN KEY (measurement_id, contract_id) REFERENCES measurement (measurement_id, contract_id)
);
CALL isolate('evidence', 'SELECT, INSERT', 'contract_id');
