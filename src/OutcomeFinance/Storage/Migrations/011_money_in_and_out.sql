-- What a funder pays in, payment files, what is given up, and the end of a contract.

-- A funder says that it has paid; who received it confirms. Only then is it in the ledger.
CREATE TABLE paid_in (
  paid_in_id               uuid PRIMARY KEY,
  contract_id              uuid NOT NULL,
  funder_party_id          uuid NOT NULL,
  funder_organisation_id   uuid NOT NULL,
  receiver_party_id        uuid NOT NULL,
  receiver_organisation_id uuid NOT NULL,
  amount_minor             bigint NOT NULL CHECK (amount_minor > 0),
  currency                 char(3) NOT NULL,
  paid_on                  date NOT NULL,
  reference                text NOT NULL,
  state                    text NOT NULL CHECK (state IN ('Recorded', 'Confirmed', 'Denied')),
  recorded_by              uuid NOT NULL,
  recorded_at              timestamptz NOT NULL,
  answered_by              uuid,
  answered_at              timestamptz,
  answer                   text,
  version                  bigint NOT NULL,
  UNIQUE (paid_in_id, contract_id),
  CHECK (funder_organisation_id <> receiver_organisation_id),
  CHECK ((state = 'Recorded') = (answered_by IS NULL)),
  FOREIGN KEY (funder_party_id, contract_id, funder_organisation_id) REFERENCES contract_party (party_id, contract_id, organisation_id),
  FOREIGN KEY (receiver_party_id, contract_id, receiver_organisation_id) REFERENCES contract_party (party_id, contract_id, organisation_id),
  FOREIGN KEY (contract_id) REFERENCES signed_contract
);
CREATE INDEX paid_in_by_contract ON paid_in (contract_id, paid_in_id);
CALL isolate('paid_in', 'SELECT, INSERT, UPDATE (state, answered_by, answered_at, answer, version)', 'contract_id');
CREATE POLICY not_the_verifier ON paid_in AS RESTRICTIVE TO {{service}}_app
  USING (contract_id IN (SELECT a.partnership_id FROM access a WHERE a.side <> 'verifier'));
CREATE POLICY recorded_by_the_funder ON paid_in AS RESTRICTIVE FOR INSERT TO {{service}}_app
  WITH CHECK (state = 'Recorded' AND funder_organisation_id = caller_org() AND recorded_by = caller_person());
CREATE POLICY answered_by_the_receiver ON paid_in AS RESTRICTIVE FOR UPDATE TO {{service}}_app
  USING (state = 'Recorded' AND receiver_organisation_id = caller_org()) WITH CHECK (answered_by = caller_person());

-- What a payer sends to its bank. An obligation is in one live file at most.
CREATE TABLE payment_file (
  file_id         uuid PRIMARY KEY,
  organisation_id uuid NOT NULL,
  account         text NOT NULL,
  message         text NOT NULL UNIQUE,
  execute_on      date NOT NULL,
  payments        integer NOT NULL CHECK (payments > 0),
  amount_minor    bigint NOT NULL CHECK (amount_minor > 0),
  currency        char(3) NOT NULL,
  document        bytea NOT NULL,
  hash            text NOT NULL CHECK (hash = encode(sha256(document), 'hex')),
  made_by         uuid NOT NULL,
  made_at         timestamptz NOT NULL,
  cancelled_by    uuid,
  cancelled_at    timestamptz,
  cancelled_why   text,
  version         bigint NOT NULL,
  CHECK ((cancelled_by IS NULL) = (cancelled_why IS NULL))
);
ALTER TABLE payment_file ENABLE ROW LEVEL SECURITY;
ALTER TABLE payment_file FORCE ROW LEVEL SECURITY;
CREATE POLICY own_files ON payment_file TO {{service}}_app
  USING (organisation_id = caller_org()) WITH CHECK (organisation_id = caller_org());
CREATE POLICY everything ON payment_file TO {{service}}_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE (cancelled_by, cancelled_at, cancelled_why, version) ON payment_file TO {{service}}_app;

CREATE TABLE payment_order (
  file_id       uuid NOT NULL REFERENCES payment_file,
  obligation_id uuid NOT NULL,
  contract_id   uuid NOT NULL,
  is_live       boolean NOT NULL,
  PRIMARY KEY (file_id, obligation_id),
  FOREIGN KEY (obligation_id, contract_id) REFERENCES invoice (obligation_id, contract_id)
);
CREATE UNIQUE INDEX one_live_file ON payment_order (obligation_id) WHERE is_live;
CALL isolate('payment_order', 'SELECT, INSERT, UPDATE (is_live)', 'contract_id');
CREATE POLICY not_the_verifier ON payment_order AS RESTRICTIVE TO {{service}}_app
  USING (contract_id IN (SELECT a.partnership_id FROM access a WHERE a.side <> 'verifier'));
-- Only what two controllers have attested, and only by who owes it. Orders are never made live again.
CREATE POLICY attested_debts ON payment_order AS RESTRICTIVE FOR INSERT TO {{service}}_app WITH CHECK (EXISTS (
  SELECT FROM obligation o WHERE o.obligation_id = payment_order.obligation_id AND o.contract_id = payment_order.contract_id
    AND o.state = 'Attested' AND o.amount_minor > 0 AND o.payer_organisation_id = caller_org()));
CREATE POLICY taken_back ON payment_order AS RESTRICTIVE FOR UPDATE TO {{service}}_app
  USING (EXISTS (SELECT FROM payment_file f WHERE f.file_id = payment_order.file_id AND f.organisation_id = caller_org()))
  WITH CHECK (NOT is_live);

-- What is given up, and why.
ALTER TABLE obligation ADD COLUMN written_off_by uuid, ADD COLUMN written_off_at timestamptz, ADD COLUMN written_off_why text,
  ADD CHECK ((state = 'WrittenOff') = (written_off_by IS NOT NULL)), ADD CHECK ((written_off_by IS NULL) = (written_off_why IS NULL));
GRANT UPDATE (written_off_by, written_off_at, written_off_why) ON obligation TO {{service}}_app, {{service}}_system;

-- As before, with one step more: the payee gives up what is due to it.
CREATE OR REPLACE FUNCTION obligation_moves() RETURNS trigger LANGUAGE plpgsql AS $$
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
  IF NEW.written_off_by IS DISTINCT FROM OLD.written_off_by
     AND (NEW.state <> 'WrittenOff' OR NEW.written_off_by IS DISTINCT FROM caller_person()) THEN
    RAISE EXCEPTION 'what is given up is given up in one''s own name' USING ERRCODE = '42501';
  END IF;
  IF NEW.state <> OLD.state AND NOT (
       (OLD.state = 'Triggered' AND NEW.state = 'Claimed' AND caller_org() = OLD.payee_organisation_id)
    OR (OLD.state = 'Claimed' AND NEW.state = 'Attested' AND NEW.attested_by_2 IS NOT NULL)
    OR (OLD.state = 'Attested' AND NEW.state = 'Settled' AND caller_org() = OLD.payee_organisation_id)
    OR (OLD.state IN ('Triggered', 'Claimed', 'Attested') AND NEW.state = 'Disputed' AND NEW.disputed_from = OLD.state
        AND caller_org() IN (OLD.payer_organisation_id, OLD.payee_organisation_id))
    OR (OLD.state = 'Disputed' AND NEW.state = OLD.disputed_from AND caller_org() = OLD.disputed_by_organisation)
    OR (OLD.state IN ('Triggered', 'Claimed', 'Attested') AND NEW.state = 'WrittenOff'
        AND caller_org() = CASE WHEN OLD.amount_minor > 0 THEN OLD.payee_organisation_id ELSE OLD.payer_organisation_id END)) THEN
    RAISE EXCEPTION 'an obligation does not go from % to % this way', OLD.state, NEW.state USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;

-- The end of a contract, and what the funder had paid in and did not get back.
CREATE TABLE contract_end (
  contract_id       uuid PRIMARY KEY REFERENCES signed_contract,
  ended_on          date NOT NULL,
  reason            text NOT NULL,
  ended_by          uuid NOT NULL,
  organisation_id   uuid NOT NULL,
  at                timestamptz NOT NULL,
  written_off_minor bigint NOT NULL CHECK (written_off_minor >= 0)
);
CALL isolate('contract_end', 'SELECT, INSERT', 'contract_id');
CREATE POLICY in_ones_own_name ON contract_end AS RESTRICTIVE FOR INSERT TO {{service}}_app WITH CHECK (
  ended_by = caller_person() AND organisation_id = caller_org()
  AND NOT EXISTS (SELECT FROM obligation o WHERE o.contract_id = contract_end.contract_id AND o.state NOT IN ('Settled', 'WrittenOff'))
  AND contract_id IN (SELECT a.partnership_id FROM access a WHERE a.side <> 'verifier'));

-- The ledger knows three facts more.
ALTER TABLE transfer ADD COLUMN paid_in_id uuid;
ALTER TABLE transfer ADD FOREIGN KEY (paid_in_id, contract_id) REFERENCES paid_in (paid_in_id, contract_id);
ALTER TABLE transfer ADD UNIQUE (paid_in_id);
ALTER TABLE transfer DROP CONSTRAINT transfer_kind_check, DROP CONSTRAINT transfer_debit_check, DROP CONSTRAINT transfer_credit_check,
  DROP CONSTRAINT transfer_check1;
ALTER TABLE transfer
  ADD CONSTRAINT transfer_kind CHECK (kind IN ('Investment', 'PaidIn', 'Obligation', 'Payment', 'Receipt', 'WriteOff', 'CapitalWriteOff')),
  ADD CONSTRAINT transfer_debit CHECK (debit ~ '^(funder\.(capital|paidIn)|programme\.(cost|funds)|bank\.settled|writtenOff|receivable\..+|claim\..+)$'),
  ADD CONSTRAINT transfer_credit CHECK (credit ~ '^(funder\.(capital|paidIn)|programme\.(cost|funds)|bank\.settled|writtenOff|receivable\..+|claim\..+)$'),
  ADD CONSTRAINT transfer_of_obligation CHECK ((kind IN ('Obligation', 'Payment', 'Receipt', 'WriteOff')) = (obligation_id IS NOT NULL)),
  ADD CONSTRAINT transfer_of_paid_in CHECK ((kind = 'PaidIn') = (paid_in_id IS NOT NULL));
CREATE UNIQUE INDEX capital_written_off_once ON transfer (contract_id) WHERE kind = 'CapitalWriteOff';
-- The application books what has come to be, to the öre; obligations and investments are booked by the system.
DROP POLICY settled_payments ON transfer;
CREATE POLICY what_has_come_to_be ON transfer AS RESTRICTIVE FOR INSERT TO {{service}}_app WITH CHECK (
  calculation_id IS NULL AND (
    (kind IN ('Payment', 'Receipt') AND EXISTS (
      SELECT FROM obligation o WHERE o.obligation_id = transfer.obligation_id AND o.contract_id = transfer.contract_id AND o.state = 'Settled'
        AND abs(o.amount_minor) = transfer.amount_minor AND o.currency = transfer.currency AND o.payee_organisation_id = caller_org()))
    OR (kind = 'WriteOff' AND EXISTS (
      SELECT FROM obligation o WHERE o.obligation_id = transfer.obligation_id AND o.contract_id = transfer.contract_id AND o.state = 'WrittenOff'
        AND o.written_off_by = caller_person() AND abs(o.amount_minor) = transfer.amount_minor AND o.currency = transfer.currency))
    OR (kind = 'PaidIn' AND EXISTS (
      SELECT FROM paid_in p WHERE p.paid_in_id = transfer.paid_in_id AND p.contract_id = transfer.contract_id AND p.state = 'Confirmed'
        AND p.answered_by = caller_person() AND p.amount_minor = transfer.amount_minor AND p.currency = transfer.currency))
    OR (kind = 'CapitalWriteOff' AND EXISTS (
      SELECT FROM contract_end e WHERE e.contract_id = transfer.contract_id AND e.ended_by = caller_person()
        AND e.written_off_minor = transfer.amount_minor))));
