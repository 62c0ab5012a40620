-- The legal assessment of a contract, question by question, and the public costs that it finances.

CREATE TABLE public_cost (
  cost_id      uuid PRIMARY KEY,
  contract_id  uuid NOT NULL REFERENCES outcome_contract,
  position     integer NOT NULL,
  body         text NOT NULL,
  year         integer NOT NULL CHECK (year BETWEEN 2000 AND 2100),
  amount_minor bigint NOT NULL CHECK (amount_minor > 0),
  description  text NOT NULL
);
CREATE INDEX public_cost_by_contract ON public_cost (contract_id, position);
CALL isolate('public_cost', 'SELECT, INSERT, DELETE', 'contract_id');
-- Part of what is signed: nothing is added or taken away once the draft is open.
CREATE POLICY while_it_is_a_draft ON public_cost AS RESTRICTIVE FOR INSERT TO {{service}}_app
  WITH CHECK (EXISTS (SELECT FROM outcome_contract c WHERE c.contract_id = public_cost.contract_id AND c.state = 'Draft'));
CREATE POLICY only_while_it_is_a_draft ON public_cost AS RESTRICTIVE FOR DELETE TO {{service}}_app
  USING (EXISTS (SELECT FROM outcome_contract c WHERE c.contract_id = public_cost.contract_id AND c.state = 'Draft'));

-- Every public party answers for itself, in its own name, as long as the version is a draft.
CREATE TABLE contract_answer (
  contract_id     uuid NOT NULL REFERENCES outcome_contract,
  number          integer NOT NULL CHECK (number > 0),
  organisation_id uuid NOT NULL,
  question_id     text NOT NULL,
  reply           text NOT NULL CHECK (reply IN ('Yes', 'No', 'NotApplicable')),
  reason          text NOT NULL,
  clause          text,
  answered_by     uuid NOT NULL,
  answered_at     timestamptz NOT NULL,
  version         bigint NOT NULL,
  PRIMARY KEY (contract_id, number, organisation_id, question_id)
);
CALL isolate('contract_answer', 'SELECT, INSERT, UPDATE (reply, reason, clause, answered_by, answered_at, version)', 'contract_id');
CREATE FUNCTION is_being_drafted(p_contract uuid, p_number integer) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT p_number = 1 AND EXISTS (SELECT FROM outcome_contract c WHERE c.contract_id = p_contract AND c.state = 'Draft') $$;
CREATE POLICY as_oneself ON contract_answer AS RESTRICTIVE FOR INSERT TO {{service}}_app WITH CHECK (
  organisation_id = caller_org() AND answered_by = caller_person() AND is_being_drafted(contract_id, number)
  AND EXISTS (SELECT FROM contract_party p WHERE p.contract_id = contract_answer.contract_id
    AND p.organisation_id = contract_answer.organisation_id AND p.kind = 'Public' AND NOT p.is_verifier));
CREATE POLICY ones_own ON contract_answer AS RESTRICTIVE FOR UPDATE TO {{service}}_app
  USING (organisation_id = caller_org() AND is_being_drafted(contract_id, number)) WITH CHECK (answered_by = caller_person());

-- An approval says what it approves: the finding, and the questions and answers with their hash. What was approved before there
-- were assessments stays as it is; no new approval comes without one, and none of what blocks.
ALTER TABLE legal_approval
  ADD COLUMN finding text CHECK (finding IN ('Lawful', 'LawfulOnABasis')),
  ADD COLUMN assessment bytea,
  ADD COLUMN assessment_hash text CHECK (assessment_hash = encode(sha256(assessment), 'hex')),
  ADD COLUMN answers_version bigint NOT NULL DEFAULT 0,
  ADD CHECK ((finding IS NULL) = (assessment_hash IS NULL)),
  DROP CONSTRAINT legal_approval_contract_id_organisation_id_approved_hash_key,
  ADD UNIQUE NULLS NOT DISTINCT (contract_id, organisation_id, approved_hash, assessment_hash);
CREATE POLICY assessed ON legal_approval AS RESTRICTIVE FOR INSERT TO {{service}}_app
  WITH CHECK (finding IS NOT NULL AND assessment_hash IS NOT NULL);
