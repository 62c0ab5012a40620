-- A signed contract is amended from a date: other terms, parties and periods; all sign anew. What was before stays as it was.

ALTER TABLE contract_party ADD COLUMN from_version integer NOT NULL DEFAULT 1;
ALTER TABLE contract_period ADD COLUMN dropped_by integer;

CREATE TABLE contract_amendment (
  amendment_id uuid PRIMARY KEY,
  contract_id  uuid NOT NULL REFERENCES signed_contract,
  number       integer NOT NULL CHECK (number > 1),
  content      jsonb NOT NULL,
  reason       text NOT NULL,
  terms        text NOT NULL,
  holds_from   date NOT NULL,
  state        text NOT NULL CHECK (state IN ('Draft', 'OpenForSignature', 'Signed', 'Abandoned')),
  version_hash text,
  abandoned_because text,
  created_at   timestamptz NOT NULL,
  version      bigint NOT NULL,
  UNIQUE (contract_id, number),
  CHECK (state NOT IN ('OpenForSignature', 'Signed') OR version_hash IS NOT NULL),
  CHECK ((state = 'Abandoned') = (abandoned_because IS NOT NULL)),
  FOREIGN KEY (contract_id, version_hash) REFERENCES contract_version (contract_id, hash)
);
CREATE UNIQUE INDEX one_amendment_under_way ON contract_amendment (contract_id) WHERE state IN ('Draft', 'OpenForSignature');
CALL isolate('contract_amendment',
  'SELECT, INSERT, UPDATE (content, reason, terms, holds_from, state, version_hash, abandoned_because, version)', 'contract_id');
CREATE POLICY begins_as_a_draft ON contract_amendment AS RESTRICTIVE FOR INSERT TO {{service}}_app
  WITH CHECK (state = 'Draft' AND version_hash IS NULL);

-- Who signs an amendment: all who are party before or after it.
CREATE FUNCTION amendment_signatories(p_contract uuid, p_number integer, p_content jsonb)
  RETURNS TABLE (organisation_id uuid, unit_id uuid) LANGUAGE sql STABLE AS $$
  SELECT (p ->> 'organisationId')::uuid, (p ->> 'unitId')::uuid FROM jsonb_array_elements(p_content -> 'parties') p
  UNION
  SELECT (p ->> 'organisationId')::uuid, (p ->> 'unitId')::uuid FROM (
    SELECT a.content FROM contract_amendment a WHERE a.contract_id = p_contract AND a.number < p_number AND a.state = 'Signed'
    ORDER BY a.number DESC LIMIT 1) earlier, jsonb_array_elements(earlier.content -> 'parties') p
  UNION
  SELECT c.organisation_id, c.unit_id FROM contract_party c WHERE c.contract_id = p_contract AND c.from_version = 1
    AND NOT EXISTS (SELECT FROM contract_amendment a WHERE a.contract_id = p_contract AND a.number < p_number AND a.state = 'Signed') $$;

CREATE FUNCTION amendment_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user <> '{{service}}_app' THEN RETURN NEW; END IF;
  IF OLD.state <> 'Draft' AND (NEW.content, NEW.reason, NEW.terms, NEW.holds_from, NEW.version_hash)
       IS DISTINCT FROM (OLD.content, OLD.reason, OLD.terms, OLD.holds_from, OLD.version_hash) THEN
    RAISE EXCEPTION 'what is open for signature is not changed' USING ERRCODE = '42501';
  END IF;
  IF NEW.state <> OLD.state AND NOT (
       (OLD.state = 'Draft' AND NEW.state IN ('OpenForSignature', 'Abandoned'))
    OR (OLD.state = 'OpenForSignature' AND NEW.state IN ('Signed', 'Abandoned'))) THEN
    RAISE EXCEPTION 'an amendment does not go from % to %', OLD.state, NEW.state USING ERRCODE = '42501';
  END IF;
  IF NEW.state = 'Signed' AND OLD.state <> 'Signed' AND (
       EXISTS (SELECT FROM amendment_signatories(NEW.contract_id, NEW.number, NEW.content) w
         WHERE NOT EXISTS (SELECT FROM contract_signature s WHERE s.version_hash = NEW.version_hash
           AND s.organisation_id = w.organisation_id AND s.unit_id IS NOT DISTINCT FROM w.unit_id))
    OR EXISTS (SELECT FROM jsonb_array_elements(NEW.content -> 'parties') p
         WHERE p ->> 'kind' = 'Public' AND p ->> 'role' <> 'Verifier'
         AND NOT EXISTS (SELECT FROM legal_approval l WHERE l.contract_id = NEW.contract_id
           AND l.approved_hash = NEW.version_hash AND l.organisation_id = (p ->> 'organisationId')::uuid AND l.finding IS NOT NULL))) THEN
    RAISE EXCEPTION 'an amendment holds when all have signed it and every public party has approved it' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER amendment_moves BEFORE UPDATE ON contract_amendment FOR EACH ROW EXECUTE FUNCTION amendment_moves();

-- Periods and parties that a signed amendment brings. A period is dropped, never removed; nothing before the amendment's date is
-- touched, and nothing that has been measured.
GRANT UPDATE (position, from_on, to_on, is_final, dropped_by) ON contract_period TO {{service}}_app;
CREATE POLICY by_an_amendment ON contract_period AS RESTRICTIVE FOR UPDATE TO {{service}}_app USING (
  EXISTS (SELECT FROM contract_amendment a WHERE a.contract_id = contract_period.contract_id AND a.state = 'Signed'
    AND contract_period.from_on >= a.holds_from)
  AND NOT EXISTS (SELECT FROM verified_measurement m WHERE m.contract_id = contract_period.contract_id
    AND m.period_key = contract_period.key));
CREATE POLICY drafted_or_amended ON contract_period AS RESTRICTIVE FOR INSERT TO {{service}}_app WITH CHECK (
  EXISTS (SELECT FROM outcome_contract c WHERE c.contract_id = contract_period.contract_id AND c.state = 'Draft')
  OR EXISTS (SELECT FROM contract_amendment a WHERE a.contract_id = contract_period.contract_id AND a.state = 'Signed'
    AND contract_period.from_on >= a.holds_from));
CREATE POLICY drafted_or_amended ON contract_party AS RESTRICTIVE FOR INSERT TO {{service}}_app WITH CHECK (
  (from_version = 1 AND EXISTS (SELECT FROM outcome_contract c WHERE c.contract_id = contract_party.contract_id AND c.state = 'Draft'))
  OR EXISTS (SELECT FROM contract_amendment a WHERE a.contract_id = contract_party.contract_id AND a.state = 'Signed'
    AND a.number = contract_party.from_version));

-- An amendment is assessed anew, by every public party that it names.
CREATE OR REPLACE FUNCTION is_being_drafted(p_contract uuid, p_number integer) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT (p_number = 1 AND EXISTS (SELECT FROM outcome_contract c WHERE c.contract_id = p_contract AND c.state = 'Draft'))
    OR EXISTS (SELECT FROM contract_amendment a WHERE a.contract_id = p_contract AND a.number = p_number AND a.state = 'Draft') $$;
DROP POLICY as_oneself ON contract_answer;
CREATE POLICY as_oneself ON contract_answer AS RESTRICTIVE FOR INSERT TO {{service}}_app WITH CHECK (
  organisation_id = caller_org() AND answered_by = caller_person() AND is_being_drafted(contract_id, number)
  AND (EXISTS (SELECT FROM contract_party p WHERE p.contract_id = contract_answer.contract_id
      AND p.organisation_id = contract_answer.organisation_id AND p.kind = 'Public' AND NOT p.is_verifier)
    OR EXISTS (SELECT FROM contract_amendment a, jsonb_array_elements(a.content -> 'parties') p
      WHERE a.contract_id = contract_answer.contract_id AND a.number = contract_answer.number
        AND (p ->> 'organisationId')::uuid = contract_answer.organisation_id AND p ->> 'kind' = 'Public')));
