-- Entries that no agreement here stands behind (entered by hand, imported, reported by one side), and what no agreement says.
ALTER TABLE entry
  ADD COLUMN chain_id             uuid,
  ADD COLUMN follows_entry_id     uuid REFERENCES entry,
  ADD COLUMN grew_out_of_entry_id uuid REFERENCES entry,
  ADD COLUMN end_year             integer,
  ADD COLUMN auto_renews          boolean NOT NULL DEFAULT false,
  ADD COLUMN renewals             integer CHECK (renewals BETWEEN 0 AND 99),
  ADD COLUMN national             boolean NOT NULL DEFAULT false,
  ADD COLUMN more_places          text[] NOT NULL DEFAULT '{}',
  ADD COLUMN secondary_areas      text[] NOT NULL DEFAULT '{}',
  ADD COLUMN secondary_ages       text[] NOT NULL DEFAULT '{}',
  ADD COLUMN tags                 text[] NOT NULL DEFAULT '{}',
  ADD COLUMN missing              text[] NOT NULL DEFAULT '{}',
  ADD COLUMN public_mandate       text,
  ADD COLUMN policy_basis         text CHECK (policy_basis IN ('compact', 'programme', 'plan', 'decision', 'none')),
  ADD COLUMN policy_text          text,
  ADD COLUMN complements          text,
  ADD COLUMN initiator            text CHECK (initiator IN ('public', 'idea-driven', 'private', 'joint')),
  ADD COLUMN responsible_function text,
  ADD COLUMN responsible_mailbox  text,
  ADD COLUMN classified_by        text,
  ADD COLUMN classified_on_text   text,
  ADD COLUMN keeper_id            uuid,
  ADD COLUMN next_change_on       date,
  ADD COLUMN synthetic            boolean NOT NULL DEFAULT false,
  ADD COLUMN import_id            uuid,
  ADD COLUMN import_row           integer,
  -- Lists stand in this order; an entry of unknown beginning comes last.
  ADD COLUMN sorts_on             date NOT NULL GENERATED ALWAYS AS (coalesce(starts_on, make_date(start_year, 1, 1), '0001-01-01')) STORED;
UPDATE entry SET chain_id = entry_id, auto_renews = coalesce(
  (SELECT bool_or(a.auto_renews) FROM entry_agreement a WHERE a.entry_id = entry.entry_id AND a.ended_on IS NULL), false),
  missing = array_remove(ARRAY[
    CASE WHEN purpose IS NULL THEN 'purpose' END, CASE WHEN challenge IS NULL THEN 'challenge' END,
    CASE WHEN area IS NULL THEN 'area' END, CASE WHEN target_age IS NULL THEN 'targetAge' END,
    CASE WHEN municipality_code IS NULL AND county_code IS NULL THEN 'geography' END,
    CASE WHEN ends_on IS NULL AND NOT open_ended THEN 'endsOn' END,
    CASE WHEN NOT EXISTS (SELECT 1 FROM entry_resource r JOIN entry_agreement a USING (agreement_id) WHERE a.entry_id = entry.entry_id)
      THEN 'resources' END], NULL);
ALTER TABLE entry ALTER COLUMN chain_id SET NOT NULL;
ALTER TABLE entry DROP CONSTRAINT entry_status_check;
ALTER TABLE entry ADD CONSTRAINT entry_status_check CHECK (status IN ('Active', 'Presumed', 'Ended', 'Future', 'Unknown'));
CREATE INDEX entry_by_chain ON entry (chain_id);
CREATE INDEX entry_by_follows ON entry (follows_entry_id) WHERE follows_entry_id IS NOT NULL;
CREATE INDEX entry_by_origin ON entry (grew_out_of_entry_id) WHERE grew_out_of_entry_id IS NOT NULL;
CREATE INDEX entry_by_order ON entry (sorts_on DESC, entry_id DESC);
CREATE INDEX entry_by_next_change ON entry (next_change_on) WHERE next_change_on IS NOT NULL;
CREATE INDEX entry_by_keeper ON entry (keeper_id) WHERE keeper_id IS NOT NULL;
CREATE UNIQUE INDEX entry_once_per_import ON entry (import_id, import_row) WHERE import_id IS NOT NULL;

-- An agreement that was not signed here has no seal, and perhaps no dates; its one row carries parties and resources.
ALTER TABLE entry_agreement ALTER COLUMN version_hash DROP NOT NULL, ALTER COLUMN signed_on DROP NOT NULL,
  ALTER COLUMN starts_on DROP NOT NULL;

ALTER TABLE entry_party
  ADD COLUMN number            text CHECK (number ~ '^[0-9]{10}$'),
  ADD COLUMN body              text CHECK (body IN ('municipality', 'region', 'state', 'municipal-company', 'regional-company', 'state-company')),
  ADD COLUMN municipality_code text,
  ADD COLUMN county_code       text,
  ADD COLUMN federation        text;

-- Of a side, where nobody has said which of its parties brings it.
ALTER TABLE entry_resource
  ALTER COLUMN party_id DROP NOT NULL,
  ADD COLUMN side      text CHECK (side IN ('Public', 'IdeaDriven', 'Private')),
  ADD COLUMN ore_total bigint;

CREATE TABLE entry_document (
  entry_id uuid NOT NULL REFERENCES entry,
  number   integer NOT NULL,
  kind     text NOT NULL CHECK (kind IN ('document', 'evaluation')),
  title    text NOT NULL,
  address  text NOT NULL CHECK (address ~ '^https?://'),
  PRIMARY KEY (entry_id, number)
);

-- Somebody who is named in an entry says that it is not right; who keeps the entry answers.
CREATE TABLE correction (
  correction_id   uuid PRIMARY KEY,
  entry_id        uuid NOT NULL REFERENCES entry,
  organisation_id uuid NOT NULL,
  field           text NOT NULL,
  words           text NOT NULL,
  asked_at        timestamptz NOT NULL,
  outcome         text NOT NULL CHECK (outcome IN ('Waiting', 'Corrected', 'Declined')),
  answer          text,
  answered_by     uuid,
  answered_at     timestamptz,
  version         bigint NOT NULL,
  CHECK ((outcome = 'Waiting') = (answered_at IS NULL))
);
CREATE INDEX correction_by_entry ON correction (entry_id);
CREATE INDEX correction_waiting ON correction (asked_at) WHERE outcome = 'Waiting';

-- How much of a public body's partnerships the register knows, in the body's own words; silence is not "none".
ALTER TABLE organisation
  ADD COLUMN body          text CHECK (body IN ('municipality', 'region', 'state', 'municipal-company', 'regional-company', 'state-company')),
  ADD COLUMN federation_id uuid REFERENCES organisation,
  ADD COLUMN own_policy    text,
  ADD COLUMN in_public_benefit_register boolean,
  ADD COLUMN coverage      text CHECK (coverage IN ('Complete', 'Partly', 'ConfirmedNone')),
  ADD COLUMN coverage_on   date;

GRANT INSERT, UPDATE ON entry, entry_agreement TO {{service}}_app;
GRANT INSERT, UPDATE (organisation_id), DELETE ON entry_party TO {{service}}_app;
GRANT INSERT, DELETE ON entry_resource TO {{service}}_app;
GRANT SELECT, INSERT, DELETE ON entry_document TO {{service}}_app;
GRANT SELECT ON entry_document TO {{service}}_system;
GRANT SELECT, INSERT, UPDATE ON correction TO {{service}}_app;
GRANT SELECT ON correction TO {{service}}_system;
GRANT UPDATE (body, federation_id, own_policy, in_public_benefit_register, coverage, coverage_on) ON organisation TO {{service}}_app;
