-- OutcomeFinance: outcome contracts, verified measurements, calculations, obligations and the ledger.

GRANT EXECUTE ON FUNCTION let_in TO {{service}}_app;

CREATE TABLE organisation (
  organisation_id uuid PRIMARY KEY,
  name            text NOT NULL,
  kind            text NOT NULL CHECK (kind IN ('Public', 'IdeaDriven', 'Private'))
);
GRANT SELECT ON organisation TO {{service}}_app;
GRANT SELECT, INSERT, UPDATE ON organisation TO {{service}}_system;

CREATE TABLE person (
  person_id uuid PRIMARY KEY,
  name      text NOT NULL
);
GRANT SELECT ON person TO {{service}}_app;
GRANT SELECT, INSERT, UPDATE ON person TO {{service}}_system;

CREATE TABLE outcome_contract (
  contract_id           uuid PRIMARY KEY,
  title                 text NOT NULL,
  finances_partnership  uuid,
  terms                 text NOT NULL,
  state                 text NOT NULL CHECK (state IN ('Draft', 'OpenForSignature', 'Signed', 'Ended')),
  version_hash          text,
  created_at            timestamptz NOT NULL,
  version               bigint NOT NULL,
  CHECK ((state = 'Draft') = (version_hash IS NULL))
);
CALL isolate('outcome_contract', 'SELECT, INSERT, UPDATE (terms, state, version_hash, version)', 'contract_id');

-- On which side an organisation stands: it verifies, or it does anything else. The key lets it stand on one side only.
CREATE TABLE stance (
  contract_id     uuid NOT NULL REFERENCES outcome_contract,
  organisation_id uuid NOT NULL,
  is_verifier     boolean NOT NULL,
  PRIMARY KEY (contract_id, organisation_id),
  UNIQUE (contract_id, organisation_id, is_verifier)
);
CREATE UNIQUE INDEX one_verifier ON stance (contract_id) WHERE is_verifier;
CALL isolate('stance', 'SELECT, INSERT', 'contract_id');

CREATE TABLE contract_party (
  party_id        uuid PRIMARY KEY,
  contract_id     uuid NOT NULL,
  position        integer NOT NULL,
  organisation_id uuid NOT NULL,
  unit_id         uuid,
  name            text NOT NULL,
  kind            text NOT NULL,
  role            text NOT NULL CHECK (role IN ('Payer', 'Funder', 'Payee', 'Provider', 'Verifier')),
  alias           text,
  is_verifier     boolean NOT NULL GENERATED ALWAYS AS (role = 'Verifier') STORED,
  UNIQUE (contract_id, position),
  UNIQUE (party_id, contract_id, organisation_id),
  FOREIGN KEY (contract_id, organisation_id, is_verifier) REFERENCES stance (contract_id, organisation_id, is_verifier)
);
CALL isolate('contract_party', 'SELECT, INSERT', 'contract_id');

CREATE TABLE contract_period (
  contract_id uuid NOT NULL REFERENCES outcome_contract,
  position    integer NOT NULL,
  key         text NOT NULL,
  from_on     date NOT NULL,
  to_on       date NOT NULL CHECK (to_on >= from_on),
  is_final    boolean NOT NULL,
  PRIMARY KEY (contract_id, key),
  UNIQUE (contract_id, position)
);
CALL isolate('contract_period', 'SELECT, INSERT', 'contract_id');

CREATE TABLE legal_approval (
  approval_id     uuid PRIMARY KEY,
  contract_id     uuid NOT NULL REFERENCES outcome_contract,
  organisation_id uuid NOT NULL,
  person_id       uuid NOT NULL,
  approved_hash   text NOT NULL,
  reason          text NOT NULL,
  at              timestamptz NOT NULL,
  UNIQUE (contract_id, organisation_id, approved_hash)
);
CALL isolate('legal_approval', 'SELECT, INSERT', 'contract_id');
CREATE POLICY as_oneself ON legal_approval AS RESTRICTIVE FOR INSERT TO {{service}}_app
  WITH CHECK (organisation_id = caller_org() AND person_id = caller_person());

-- What is signed. Nobody may change or remove it.
CREATE TABLE contract_version (
  hash          text PRIMARY KEY,
  contract_id   uuid NOT NULL REFERENCES outcome_contract,
  number        integer NOT NULL,
  previous_hash text,
  canonical     bytea NOT NULL,
  terms_hash    text NOT NULL,
  opened_at     timestamptz NOT NULL,
  opened_by     uuid NOT NULL,
  UNIQUE (contract_id, number),
  UNIQUE (contract_id, hash)
);
CALL isolate('contract_version', 'SELECT, INSERT', 'contract_id');

CREATE TABLE contract_signature (
  signature_id    uuid PRIMARY KEY,
  contract_id     uuid NOT NULL,
  version_hash    text NOT NULL,
  organisation_id uuid NOT NULL,
  unit_id         uuid,
  person_id       uuid NOT NULL,
  mandate_basis   text NOT NULL,
  mandate_decided_on date NOT NULL,
  mandate_paragraph text,
  mandate_case_number text,
  at              timestamptz NOT NULL,
  number          integer NOT NULL,
  seal            text NOT NULL,
  UNIQUE (version_hash, number),
  FOREIGN KEY (contract_id, version_hash) REFERENCES contract_version (contract_id, hash),
  UNIQUE NULLS NOT DISTINCT (version_hash, organisation_id, unit_id)
);
CALL isolate('contract_signature', 'SELECT, INSERT', 'contract_id');
CREATE POLICY as_oneself ON contract_signature AS RESTRICTIVE FOR INSERT TO {{service}}_app
  WITH CHECK (organisation_id = caller_org() AND person_id = caller_person());

-- All have signed this version: only then can anything be calculated.
CREATE TABLE signed_contract (
  contract_id  uuid PRIMARY KEY,
  version_hash text NOT NULL,
  signed_at    timestamptz NOT NULL,
  UNIQUE (contract_id, version_hash),
  FOREIGN KEY (contract_id, version_hash) REFERENCES contract_version (contract_id, hash)
);
CALL isolate('signed_contract', 'SELECT, INSERT', 'contract_id');
-- The last signature makes it so: nobody may say it while one of the parties is missing, or an approval of a public party.
CREATE POLICY all_have_signed ON signed_contract AS RESTRICTIVE FOR INSERT TO {{service}}_app WITH CHECK (
  NOT EXISTS (SELECT FROM contract_party p WHERE p.contract_id = signed_contract.contract_id
    AND NOT EXISTS (SELECT FROM contract_signature s WHERE s.version_hash = signed_contract.version_hash
      AND s.organisation_id = p.organisation_id AND s.unit_id IS NOT DISTINCT FROM p.unit_id))
  AND NOT EXISTS (SELECT FROM contract_party p WHERE p.contract_id = signed_contract.contract_id AND p.kind = 'Public' AND NOT p.is_verifier
    AND NOT EXISTS (SELECT FROM legal_approval l WHERE l.contract_id = p.contract_id
      AND l.approved_hash = signed_contract.version_hash AND l.organisation_id = p.organisation_id)));

-- What FollowUp has told, confirmed by the contract's verifier. Written by the system only.
CREATE TABLE verified_measurement (
  measurement_id     uuid PRIMARY KEY,
  contract_id        uuid NOT NULL,
  period_key         text NOT NULL,
  revision           integer NOT NULL CHECK (revision > 0),
  reporter_person_id uuid NOT NULL,
  verifier_organisation_id uuid NOT NULL,
  verifier_person_id uuid NOT NULL,
  by_verifier        boolean NOT NULL GENERATED ALWAYS AS (true) STORED,
  verified_at        timestamptz NOT NULL,
  UNIQUE (contract_id, period_key, revision),
  UNIQUE (measurement_id, contract_id, reporter_person_id, verifier_person_id),
  CHECK (reporter_person_id <> verifier_person_id),
  FOREIGN KEY (contract_id, period_key) REFERENCES contract_period (contract_id, key),
  FOREIGN KEY (contract_id, verifier_organisation_id, by_verifier) REFERENCES stance (contract_id, organisation_id, is_verifier)
);
CALL isolate('verified_measurement', 'SELECT', 'contract_id');
GRANT INSERT ON verified_measurement TO {{service}}_system;

-- Figures may carry keys of participants: the calculation alone reads them.
CREATE TABLE verified_figure (
  measurement_id uuid NOT NULL REFERENCES verified_measurement,
  contract_id    uuid NOT NULL,
  path           text NOT NULL,
  type           text NOT NULL CHECK (type IN ('Number', 'Boolean', 'Code')),
  value          text NOT NULL,
  PRIMARY KEY (measurement_id, path)
);
GRANT SELECT, INSERT, DELETE ON verified_figure TO {{service}}_system;

-- Told, but not believed: why.
CREATE TABLE refused_measurement (
  measurement_id uuid PRIMARY KEY,
  contract_id    uuid NOT NULL,
  code           text NOT NULL,
  at             timestamptz NOT NULL
);
CALL isolate('refused_measurement', 'SELECT', 'contract_id');
GRANT INSERT ON refused_measurement TO {{service}}_system;

-- One evaluation of the signed terms over everything verified, with its whole trace. Written by the system only, never changed.
CREATE TABLE calculation (
  calculation_id uuid PRIMARY KEY,
  contract_id    uuid NOT NULL,
  number         integer NOT NULL,
  version_hash   text NOT NULL,
  measurement_id uuid NOT NULL REFERENCES verified_measurement,
  at             timestamptz NOT NULL,
  result         jsonb NOT NULL,
  UNIQUE (contract_id, number),
  UNIQUE (calculation_id, contract_id, measurement_id),
  FOREIGN KEY (contract_id, version_hash) REFERENCES signed_contract (contract_id, version_hash)
);
CALL isolate('calculation', 'SELECT', 'contract_id');
GRANT INSERT ON calculation TO {{service}}_system;

-- What a payer owes a payee for a period, by one calculation; later calculations add adjustments with a sign.
CREATE TABLE obligation (
  obligation_id         uuid PRIMARY KEY,
  contract_id           uuid NOT NULL,
  period_key            text NOT NULL,
  payer_party_id        uuid NOT NULL,
  payer_organisation_id uuid NOT NULL,
  payee_party_id        uuid NOT NULL,
  payee_organisation_id uuid NOT NULL,
  calculation_id        uuid NOT NULL,
  calculation_number    integer NOT NULL,
  measurement_id        uuid NOT NULL,
  reporter_person_id    uuid NOT NULL,
  verifier_person_id    uuid NOT NULL,
  amount_minor          bigint NOT NULL CHECK (amount_minor <> 0),
  currency              char(3) NOT NULL,
  triggered_at          timestamptz NOT NULL,
  state                 text NOT NULL CHECK (state IN ('Triggered', 'Claimed', 'Attested', 'Settled', 'Disputed', 'WrittenOff')),
  claim_reference       text,
  claimed_by            uuid,
  claimed_at            timestamptz,
  attested_by_1         uuid,
  attested_at_1         timestamptz,
  attested_by_2         uuid,
  attested_at_2         timestamptz,
  settled_by            uuid,
  settled_at            timestamptz,
  disputed_from         text CHECK (disputed_from IN ('Triggered', 'Claimed', 'Attested')),
  disputed_by_organisation uuid,
  dispute_reason        text,
  dispute_outcome       text,
  is_adjustment         boolean NOT NULL,
  version               bigint NOT NULL,
  UNIQUE (contract_id, period_key, payer_party_id, payee_party_id, calculation_id),
  UNIQUE (obligation_id, contract_id),
  FOREIGN KEY (contract_id, period_key) REFERENCES contract_period (contract_id, key),
  FOREIGN KEY (payer_party_id, contract_id, payer_organisation_id) REFERENCES contract_party (party_id, contract_id, organisation_id),
  FOREIGN KEY (payee_party_id, contract_id, payee_organisation_id) REFERENCES contract_party (party_id, contract_id, organisation_id),
  FOREIGN KEY (calculation_id, contract_id, measurement_id) REFERENCES calculation (calculation_id, contract_id, measurement_id),
  FOREIGN KEY (measurement_id, contract_id, reporter_person_id, verifier_person_id)
    REFERENCES verified_measurement (measurement_id, contract_id, reporter_person_id, verifier_person_id),
  CHECK (attested_by_1 <> attested_by_2),
  CHECK (attested_by_2 IS NULL OR attested_by_1 IS NOT NULL),
  CHECK (attested_by_1 NOT IN (reporter_person_id, verifier_person_id)),
  CHECK (attested_by_2 NOT IN (reporter_person_id, verifier_person_id)),
  CHECK (state NOT IN ('Attested', 'Settled') OR (attested_by_1 IS NOT NULL AND attested_by_2 IS NOT NULL)),
  CHECK (state <> 'Claimed' OR claimed_at IS NOT NULL),
  CHECK (state <> 'Settled' OR settled_by IS NOT NULL),
  CHECK ((state = 'Disputed') = (disputed_from IS NOT NULL))
);
CREATE INDEX obligation_by_state ON obligation (state, obligation_id);
CREATE INDEX obligation_by_contract ON obligation (contract_id, obligation_id);
CALL isolate('obligation', 'SELECT, UPDATE (state, claim_reference, claimed_by, claimed_at, attested_by_1, attested_at_1, attested_by_2, attested_at_2,
  settled_by, settled_at, disputed_from, disputed_by_organisation, dispute_reason, dispute_outcome, version)', 'contract_id');
GRANT INSERT ON obligation TO {{service}}_system;

-- One step at a time, in one's own name, for one's own side: whatever SQL the application's login sends.
CREATE FUNCTION obligation_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user <> '{{service}}_app' THEN RETURN NEW; END IF;
  IF NEW.attested_by_1 IS DISTINCT FROM OLD.attested_by_1 THEN
    IF OLD.attested_by_1 IS NOT NULL OR NEW.attested_by_1 IS DISTINCT FROM caller_person() OR caller_org() IS DISTINCT FROM OLD.payer_organisation_id
       OR OLD.state <> 'Claimed' THEN
      RAISE EXCEPTION 'only a controller of the payer attests, once, in their own name' USING ERRCODE = '42501';
    END IF;
  END IF;
  IF NEW.attested_by_2 IS DISTINCT FROM OLD.attested_by_2 THEN
    IF OLD.attested_by_2 IS NOT NULL OR OLD.attested_by_1 IS NULL OR NEW.attested_by_2 IS DISTINCT FROM caller_person()
       OR caller_org() IS DISTINCT FROM OLD.payer_organisation_id OR OLD.state <> 'Claimed' THEN
      RAISE EXCEPTION 'only a second controller of the payer attests, in their own name' USING ERRCODE = '42501';
    END IF;
  END IF;
  IF NEW.state <> OLD.state AND NOT (
       (OLD.state = 'Triggered' AND NEW.state = 'Claimed' AND caller_org() = OLD.payee_organisation_id)
    OR (OLD.state = 'Claimed' AND NEW.state = 'Attested' AND NEW.attested_by_2 IS NOT NULL)
    OR (OLD.state = 'Attested' AND NEW.state = 'Settled' AND caller_org() = OLD.payee_organisation_id)
    OR (OLD.state IN ('Triggered', 'Claimed', 'Attested') AND NEW.state = 'Disputed' AND NEW.disputed_from = OLD.state
        AND caller_org() IN (OLD.payer_organisation_id, OLD.payee_organisation_id))
    OR (OLD.state = 'Disputed' AND NEW.state = OLD.disputed_from AND caller_org() = OLD.disputed_by_organisation)) THEN
    RAISE EXCEPTION 'an obligation does not go from % to % this way', OLD.state, NEW.state USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER obligation_moves BEFORE UPDATE ON obligation FOR EACH ROW EXECUTE FUNCTION obligation_moves();

-- The ledger: one row is one transfer, so it cannot be out of balance. Rows are added, never changed.
CREATE TABLE transfer (
  transfer_id    uuid PRIMARY KEY,
  contract_id    uuid NOT NULL,
  kind           text NOT NULL CHECK (kind IN ('Investment', 'Obligation', 'Payment', 'Receipt', 'WriteOff')),
  calculation_id uuid,
  obligation_id  uuid,
  debit          text NOT NULL,
  credit         text NOT NULL,
  amount_minor   bigint NOT NULL CHECK (amount_minor > 0),
  currency       char(3) NOT NULL,
  at             timestamptz NOT NULL,
  FOREIGN KEY (contract_id) REFERENCES outcome_contract,
  FOREIGN KEY (calculation_id) REFERENCES calculation,
  FOREIGN KEY (obligation_id, contract_id) REFERENCES obligation (obligation_id, contract_id),
  CHECK (debit <> credit),
  CHECK (debit ~ '^(funder\.capital|programme\.cost|bank\.settled|writtenOff|receivable\..+|claim\..+)$'),
  CHECK (credit ~ '^(funder\.capital|programme\.cost|bank\.settled|writtenOff|receivable\..+|claim\..+)$'),
  CHECK ((kind = 'Investment') = (obligation_id IS NULL)),
  UNIQUE (obligation_id, kind),
  UNIQUE (calculation_id, kind)
);
CREATE INDEX transfer_by_contract ON transfer (contract_id, transfer_id);
CALL isolate('transfer', 'SELECT, INSERT', 'contract_id');
-- The application books settled payments only, to the öre; obligations and investments are booked by the system.
CREATE POLICY settled_payments ON transfer AS RESTRICTIVE FOR INSERT TO {{service}}_app WITH CHECK (
  kind IN ('Payment', 'Receipt') AND calculation_id IS NULL AND EXISTS (
    SELECT FROM obligation o WHERE o.obligation_id = transfer.obligation_id AND o.contract_id = transfer.contract_id AND o.state = 'Settled'
      AND abs(o.amount_minor) = transfer.amount_minor AND o.currency = transfer.currency AND o.payee_organisation_id = caller_org()));

-- The verifier is let in to the contract, not to the money.
CREATE POLICY not_the_verifier ON calculation AS RESTRICTIVE FOR SELECT TO {{service}}_app
  USING (contract_id IN (SELECT a.partnership_id FROM access a WHERE a.side <> 'verifier'));
CREATE POLICY not_the_verifier ON obligation AS RESTRICTIVE TO {{service}}_app
  USING (contract_id IN (SELECT a.partnership_id FROM access a WHERE a.side <> 'verifier'));
CREATE POLICY not_the_verifier ON transfer AS RESTRICTIVE TO {{service}}_app
  USING (contract_id IN (SELECT a.partnership_id FROM access a WHERE a.side <> 'verifier'));
