-- Contracts that are measured person by person. Who a person is, is found nowhere; the key stands in one table, seen by the
-- organisation that asked for it and by the verifier, and is destroyed with everything that hangs on it when the contract ends.
ALTER TABLE measure ADD COLUMN per_person boolean NOT NULL DEFAULT false;
ALTER TABLE measure DROP CONSTRAINT measure_type_check;
ALTER TABLE measure ADD CONSTRAINT measure_type_check
  CHECK (type IN ('money', 'number', 'count', 'percent', 'boolean', 'date', 'code', 'codes'));

CREATE TABLE participant_series (
  contract_id  uuid PRIMARY KEY REFERENCES measured_contract,
  minted       integer NOT NULL CHECK (minted BETWEEN 0 AND 20000),
  destroyed_at timestamptz,
  version      bigint NOT NULL
);
CALL isolate('participant_series', 'SELECT, INSERT, UPDATE (minted, version)', 'contract_id');
GRANT UPDATE (destroyed_at) ON participant_series TO {{service}}_system;
CREATE POLICY destroyed_by_the_end_alone ON participant_series AS RESTRICTIVE FOR INSERT TO {{service}}_app
  WITH CHECK (destroyed_at IS NULL AND minted = 0);

-- Outside FollowUp a person is a keyed hash of the key. Read for that alone, when the verifier confirms.
CREATE TABLE participant_secret (
  contract_id uuid PRIMARY KEY REFERENCES participant_series,
  secret      bytea NOT NULL CHECK (length(secret) = 32)
);
CALL isolate('participant_secret', 'SELECT, INSERT', 'contract_id');
CREATE POLICY read_by_the_verifier ON participant_secret AS RESTRICTIVE FOR SELECT TO {{service}}_app
  USING (contract_id IN (SELECT a.partnership_id FROM access a WHERE a.side = 'verifier'));
GRANT DELETE ON participant_secret TO {{service}}_system;

CREATE TABLE participant (
  participant_id  uuid PRIMARY KEY,
  contract_id     uuid NOT NULL REFERENCES participant_series,
  organisation_id uuid NOT NULL,
  key             text NOT NULL CHECK (key ~ '^[B-Z][B-Z2-9]{3}-[B-Z2-9]{4}-[B-Z2-9]{4}$'),
  batch_id        uuid NOT NULL,
  UNIQUE (contract_id, key),
  UNIQUE (participant_id, contract_id, organisation_id)
);
CREATE INDEX participant_by_batch ON participant (batch_id);
CALL isolate('participant', 'SELECT, INSERT', 'contract_id');
CREATE POLICY own_or_the_verifiers ON participant AS RESTRICTIVE FOR SELECT TO {{service}}_app USING (
  organisation_id = caller_org() OR contract_id IN (SELECT a.partnership_id FROM access a WHERE a.side = 'verifier'));
CREATE POLICY minted_for_oneself ON participant AS RESTRICTIVE FOR INSERT TO {{service}}_app WITH CHECK (
  organisation_id = caller_org() AND contract_id NOT IN (SELECT a.partnership_id FROM access a WHERE a.side = 'verifier'));
GRANT DELETE ON participant TO {{service}}_system;

CREATE TABLE participant_figure (
  measurement_id  uuid NOT NULL,
  contract_id     uuid NOT NULL,
  participant_id  uuid NOT NULL,
  organisation_id uuid NOT NULL,
  path            text NOT NULL,
  type            text NOT NULL CHECK (type IN ('Number', 'Boolean', 'Code')),
  value           text NOT NULL,
  PRIMARY KEY (measurement_id, participant_id, path),
  FOREIGN KEY (measurement_id, contract_id) REFERENCES measurement (measurement_id, contract_id),
  FOREIGN KEY (participant_id, contract_id, organisation_id) REFERENCES participant (participant_id, contract_id, organisation_id)
);
CREATE INDEX participant_figure_by_participant ON participant_figure (participant_id);
CALL isolate('participant_figure', 'SELECT, INSERT', 'contract_id');
CREATE POLICY own_or_the_verifiers ON participant_figure AS RESTRICTIVE FOR SELECT TO {{service}}_app USING (
  organisation_id = caller_org() OR contract_id IN (SELECT a.partnership_id FROM access a WHERE a.side = 'verifier'));
CREATE POLICY only_when_reported ON participant_figure AS RESTRICTIVE FOR INSERT TO {{service}}_app
  WITH CHECK (organisation_id = caller_org() AND EXISTS (SELECT FROM measurement m
    WHERE m.measurement_id = participant_figure.measurement_id
      AND m.state = 'Reported' AND m.reported_by_person = caller_person() AND m.version = 1));
GRANT DELETE ON participant_figure TO {{service}}_system;

-- How many they were: for the contract's parties, and it stays.
CREATE TABLE participant_count (
  measurement_id uuid NOT NULL,
  contract_id    uuid NOT NULL,
  collection     text NOT NULL,
  participants   integer NOT NULL CHECK (participants BETWEEN 0 AND 20000),
  PRIMARY KEY (measurement_id, collection),
  FOREIGN KEY (measurement_id, contract_id) REFERENCES measurement (measurement_id, contract_id)
);
CALL isolate('participant_count', 'SELECT, INSERT', 'contract_id');
CREATE POLICY only_when_reported ON participant_count AS RESTRICTIVE FOR INSERT TO {{service}}_app
  WITH CHECK (EXISTS (SELECT FROM measurement m WHERE m.measurement_id = participant_count.measurement_id
    AND m.state = 'Reported' AND m.reported_by_person = caller_person() AND m.version = 1));

-- What is destroyed does not come back, whoever was on the way meanwhile.
CREATE FUNCTION participants_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM participant_series s WHERE s.destroyed_at IS NOT NULL AND s.contract_id IN (SELECT a.contract_id FROM added a)) THEN
    RAISE EXCEPTION 'the participants of the contract are destroyed' USING ERRCODE = '42501';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER participants_are_kept AFTER INSERT ON participant REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION participants_are_kept();
CREATE TRIGGER participants_are_kept AFTER INSERT ON participant_figure REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION participants_are_kept();
CREATE TRIGGER participants_are_kept AFTER INSERT ON participant_secret REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION participants_are_kept();
