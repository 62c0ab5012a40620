-- What the parties agree. Run as {{service}}_owner, after platform.sql.

GRANT EXECUTE ON FUNCTION let_in TO {{service}}_app;

-- Copies of what other services own.
CREATE TABLE organisation (
  organisation_id uuid PRIMARY KEY,
  number          text NOT NULL,
  name            text NOT NULL,
  kind            text NOT NULL CHECK (kind IN ('Public', 'IdeaDriven', 'Private'))
);
CREATE TABLE organisation_unit (
  unit_id         uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisation,
  name            text NOT NULL
);
CREATE INDEX organisation_unit_by_organisation ON organisation_unit (organisation_id);
CREATE TABLE person (
  person_id uuid PRIMARY KEY,
  name      text NOT NULL
);
GRANT SELECT ON organisation, organisation_unit, person TO {{service}}_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON organisation, organisation_unit, person TO {{service}}_system;

CREATE TABLE partnership (
  partnership_id uuid PRIMARY KEY,
  title          text NOT NULL,
  challenge      text NOT NULL,
  started_at     timestamptz NOT NULL,
  version        bigint NOT NULL
);
CALL isolate('partnership', 'SELECT, INSERT, UPDATE (title, challenge, version)');

CREATE TABLE party (
  party_id            uuid PRIMARY KEY,
  partnership_id      uuid NOT NULL REFERENCES partnership,
  organisation        uuid NOT NULL REFERENCES organisation,
  unit                uuid REFERENCES organisation_unit,
  kind                text NOT NULL CHECK (kind IN ('Public', 'IdeaDriven', 'Private')),
  required_signatures integer NOT NULL CHECK (required_signatures IN (1, 2)),
  joined_at           timestamptz NOT NULL,
  UNIQUE (partnership_id, party_id),
  CONSTRAINT party_once UNIQUE NULLS NOT DISTINCT (partnership_id, organisation, unit)
);
CALL isolate('party', 'SELECT, INSERT');

CREATE TABLE agreement (
  agreement_id      uuid PRIMARY KEY,
  partnership_id    uuid NOT NULL REFERENCES partnership,
  title             text NOT NULL,
  state             text NOT NULL DEFAULT 'Draft' CHECK (state IN
    ('Draft', 'Assessment', 'OpenForSignature', 'Signed', 'InForce', 'NoticeGiven', 'Ended', 'Rescinded', 'Withdrawn')),
  state_since       timestamptz NOT NULL,
  starts_on         date NOT NULL,
  ends_on           date CHECK (ends_on >= starts_on),
  auto_renews       boolean NOT NULL,
  notice_months     integer,
  area              text,
  target_age        text,
  municipality_code text,
  county_code       text,
  catalogue         text NOT NULL,
  version_hash      text,
  signed_on         date,
  withdrawn_because text,
  version           bigint NOT NULL,
  UNIQUE (partnership_id, agreement_id)
);
CREATE INDEX agreement_by_partnership ON agreement (partnership_id, agreement_id);
CALL isolate('agreement', 'SELECT, INSERT, UPDATE (title, state, state_since, starts_on, ends_on, auto_renews, notice_months, area, target_age,
  municipality_code, county_code, version_hash, signed_on, withdrawn_because, version)');

CREATE TABLE agreement_party (
  agreement_id   uuid NOT NULL,
  party_id       uuid NOT NULL,
  partnership_id uuid NOT NULL,
  PRIMARY KEY (agreement_id, party_id),
  FOREIGN KEY (partnership_id, agreement_id) REFERENCES agreement (partnership_id, agreement_id),
  FOREIGN KEY (partnership_id, party_id) REFERENCES party (partnership_id, party_id)
);
CALL isolate('agreement_party', 'SELECT, INSERT');

CREATE TABLE section (
  agreement_id      uuid NOT NULL,
  key               text NOT NULL,
  partnership_id    uuid NOT NULL,
  text              text,
  not_needed_reason text,
  changed_by        uuid,
  changed_at        timestamptz,
  version           bigint NOT NULL,
  PRIMARY KEY (agreement_id, key),
  FOREIGN KEY (partnership_id, agreement_id) REFERENCES agreement (partnership_id, agreement_id),
  CHECK (text IS NULL OR not_needed_reason IS NULL)
);
CALL isolate('section', 'SELECT, INSERT, UPDATE (text, not_needed_reason, changed_by, changed_at, version)');

CREATE TABLE contribution (
  contribution_id uuid PRIMARY KEY,
  agreement_id    uuid NOT NULL,
  partnership_id  uuid NOT NULL,
  party_id        uuid NOT NULL,
  kind            text NOT NULL,
  description     text NOT NULL,
  ore_per_year    bigint CHECK (ore_per_year >= 0),
  hours_per_year  integer CHECK (hours_per_year >= 0),
  funding_source  text,
  version         bigint NOT NULL,
  FOREIGN KEY (partnership_id, agreement_id) REFERENCES agreement (partnership_id, agreement_id),
  FOREIGN KEY (agreement_id, party_id) REFERENCES agreement_party (agreement_id, party_id)
);
CREATE INDEX contribution_by_agreement ON contribution (agreement_id);
CALL isolate('contribution', 'SELECT, INSERT, UPDATE (kind, description, ore_per_year, hours_per_year, funding_source, version), DELETE');

-- Which questions a catalogue asks and how they weigh; their wording is in the service. A test holds the two alike.
CREATE TABLE legal_question (
  catalogue   text NOT NULL,
  question_id text NOT NULL,
  test        text NOT NULL,
  part        text NOT NULL,
  PRIMARY KEY (catalogue, question_id)
);
GRANT SELECT ON legal_question TO {{service}}_app, {{service}}_system;

CREATE TABLE legal_answer (
  agreement_id   uuid NOT NULL,
  question_id    text NOT NULL,
  partnership_id uuid NOT NULL,
  reply          text NOT NULL CHECK (reply IN ('Yes', 'No', 'NotApplicable')),
  reason         text NOT NULL,
  clause         text,
  answered_by    uuid NOT NULL,
  answered_for   uuid NOT NULL,
  answered_at    timestamptz NOT NULL,
  version        bigint NOT NULL,
  PRIMARY KEY (agreement_id, question_id),
  FOREIGN KEY (partnership_id, agreement_id) REFERENCES agreement (partnership_id, agreement_id)
);
CALL isolate('legal_answer', 'SELECT, INSERT, UPDATE (reply, reason, clause, answered_by, answered_for, answered_at, version)');

-- The fingerprint is the database's own, over the rows as they lie: whatever has changed since, in whatever way, voids the approval.
CREATE TABLE approval (
  approval_id    uuid PRIMARY KEY,
  agreement_id   uuid NOT NULL,
  partnership_id uuid NOT NULL,
  organisation   uuid NOT NULL REFERENCES organisation,
  person         uuid NOT NULL,
  assessed_hash  text NOT NULL,
  fingerprint    text NOT NULL,
  approved_at    timestamptz NOT NULL,
  FOREIGN KEY (partnership_id, agreement_id) REFERENCES agreement (partnership_id, agreement_id)
);
CREATE INDEX approval_by_agreement ON approval (agreement_id);
CALL isolate('approval', 'SELECT, INSERT');

CREATE TABLE agreement_version (
  agreement_id   uuid NOT NULL,
  partnership_id uuid NOT NULL,
  number         integer NOT NULL CHECK (number > 0),
  hash           text NOT NULL,
  previous_hash  text,
  assessed_hash  text NOT NULL,
  canonical      bytea NOT NULL,
  opened_by      uuid NOT NULL,
  opened_at      timestamptz NOT NULL,
  PRIMARY KEY (agreement_id, hash),
  UNIQUE (agreement_id, number),
  UNIQUE NULLS NOT DISTINCT (agreement_id, previous_hash),
  CHECK ((number = 1) = (previous_hash IS NULL)),
  CHECK (hash = encode(sha256(canonical), 'hex')),
  FOREIGN KEY (partnership_id, agreement_id) REFERENCES agreement (partnership_id, agreement_id),
  FOREIGN KEY (agreement_id, previous_hash) REFERENCES agreement_version (agreement_id, hash)
);
CALL isolate('agreement_version', 'SELECT, INSERT');
ALTER TABLE agreement ADD FOREIGN KEY (agreement_id, version_hash) REFERENCES agreement_version (agreement_id, hash);

CREATE TABLE signature (
  signature_id   uuid PRIMARY KEY,
  agreement_id   uuid NOT NULL,
  partnership_id uuid NOT NULL,
  version_hash   text NOT NULL,
  number         integer NOT NULL CHECK (number > 0),
  party_id       uuid NOT NULL,
  organisation   uuid NOT NULL,
  person         uuid NOT NULL,
  person_name    text,
  basis          text NOT NULL CHECK (basis IN ('Board', 'Delegation', 'AnnualMeeting')),
  decided_on     date NOT NULL,
  paragraph      text,
  case_number    text,
  signed_at      timestamptz NOT NULL,
  previous       text NOT NULL,
  seal           text NOT NULL CHECK (seal <> ''),
  FOREIGN KEY (partnership_id, agreement_id) REFERENCES agreement (partnership_id, agreement_id),
  FOREIGN KEY (agreement_id, version_hash) REFERENCES agreement_version (agreement_id, hash),
  FOREIGN KEY (agreement_id, party_id) REFERENCES agreement_party (agreement_id, party_id),
  UNIQUE (agreement_id, version_hash, number),
  UNIQUE (agreement_id, version_hash, previous),
  CONSTRAINT nobody_signs_twice_for_a_party UNIQUE (version_hash, party_id, person)
);
CALL isolate('signature', 'SELECT, INSERT');
