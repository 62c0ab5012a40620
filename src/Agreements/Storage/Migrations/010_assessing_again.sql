-- An assessment that is looked at again: answers carried over from the version before are confirmed or changed one by one,
-- and every version is approved anew, even when not a word of it has changed.

ALTER TABLE legal_answer
  ADD COLUMN carried_over boolean NOT NULL DEFAULT false,
  ADD COLUMN confirmed_by uuid,
  ADD COLUMN confirmed_at timestamptz;
GRANT UPDATE (carried_over, confirmed_by, confirmed_at) ON legal_answer TO {{service}}_app, {{service}}_system;

-- How many versions the agreement had when it was given: an approval serves the next version and no other.
ALTER TABLE approval ADD COLUMN round integer NOT NULL DEFAULT 0;
ALTER TABLE approval ADD UNIQUE (approval_id, assessed_hash);

-- What the lawyer saw, so that it can be said afterwards what has changed since.
CREATE TABLE approved_text (
  approval_id    uuid PRIMARY KEY,
  agreement_id   uuid NOT NULL,
  partnership_id uuid NOT NULL,
  hash           text NOT NULL,
  canonical      bytea NOT NULL,
  FOREIGN KEY (approval_id, hash) REFERENCES approval (approval_id, assessed_hash),
  FOREIGN KEY (partnership_id, agreement_id) REFERENCES agreement (partnership_id, agreement_id),
  CHECK (hash = encode(sha256(canonical), 'hex'))
);
CREATE INDEX approved_text_by_agreement ON approved_text (agreement_id);
CALL isolate('approved_text', 'SELECT, INSERT');

-- Whether the working text may change.
CREATE FUNCTION is_drafted(p_agreement agreement) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT p_agreement.state IN ('Draft', 'Assessment') $$;

-- Null when the assessment lets the agreement through; else why not.
CREATE OR REPLACE FUNCTION assessment_obstacle(p_agreement uuid) RETURNS text LANGUAGE sql STABLE AS $$
  WITH asked AS (
    SELECT q.test, q.part, a.reply FROM agreement g
    JOIN legal_question q ON q.catalogue = g.catalogue
    LEFT JOIN legal_answer a ON a.agreement_id = g.agreement_id AND a.question_id = q.question_id AND NOT a.carried_over
    WHERE g.agreement_id = p_agreement)
  SELECT CASE
    WHEN NOT EXISTS (SELECT FROM asked) OR EXISTS (SELECT FROM asked WHERE reply IS NULL) THEN 'open'
    WHEN NOT EXISTS (SELECT FROM asked WHERE test = 'PublicContract' AND part = 'Condition' AND reply <> 'Yes') THEN 'public contract'
    WHEN NOT EXISTS (SELECT FROM asked WHERE test = 'StateAid' AND part = 'Condition' AND reply <> 'Yes')
     AND NOT EXISTS (SELECT FROM asked WHERE test = 'StateAid' AND part = 'Basis' AND reply = 'Yes') THEN 'unlawful aid'
    WHEN EXISTS (SELECT FROM asked WHERE test IN ('Definition', 'MunicipalLaw') AND part = 'Condition' AND reply = 'No') THEN 'not allowed'
  END $$;

CREATE OR REPLACE FUNCTION approval_is_genuine() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM agreement g WHERE g.agreement_id = NEW.agreement_id AND is_drafted(g) FOR UPDATE;
  IF NOT FOUND THEN PERFORM refuse('only a draft is approved'); END IF;
  IF NEW.organisation IS DISTINCT FROM caller_org() OR NEW.person IS DISTINCT FROM caller_person() THEN
    PERFORM refuse('nobody approves for another');
  END IF;
  IF NOT EXISTS (SELECT FROM party p JOIN agreement_party ap USING (party_id)
      WHERE ap.agreement_id = NEW.agreement_id AND p.organisation = NEW.organisation AND p.kind = 'Public') THEN
    PERFORM refuse('only public parties approve');
  END IF;
  IF assessment_obstacle(NEW.agreement_id) IS NOT NULL THEN PERFORM refuse('the assessment is ' || assessment_obstacle(NEW.agreement_id)); END IF;
  NEW.fingerprint := assessed_fingerprint(NEW.agreement_id);
  NEW.round := (SELECT count(*) FROM agreement_version WHERE agreement_id = NEW.agreement_id);
  RETURN NEW;
END $$;

-- Beside the gate: what was approved for an earlier version does not serve this one.
CREATE FUNCTION version_is_approved_anew() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM party p JOIN agreement_party ap USING (party_id)
      WHERE ap.agreement_id = NEW.agreement_id AND p.kind = 'Public' AND NOT EXISTS (
        SELECT FROM approval a WHERE a.agreement_id = NEW.agreement_id AND a.organisation = p.organisation
          AND a.round = NEW.number - 1 AND a.assessed_hash = NEW.assessed_hash
          AND a.fingerprint = assessed_fingerprint(NEW.agreement_id))) THEN
    PERFORM refuse('an approval of this version is missing');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER version_is_approved_anew BEFORE INSERT ON agreement_version FOR EACH ROW EXECUTE FUNCTION version_is_approved_anew();

-- An answer that is carried over or confirmed keeps its words; whoever changes them has answered anew.
CREATE FUNCTION carried_answer_keeps_its_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.carried_over OR NEW.confirmed_at IS NOT NULL)
     AND (NEW.reply, NEW.reason, NEW.clause, NEW.answered_by, NEW.answered_for, NEW.answered_at)
     IS DISTINCT FROM (OLD.reply, OLD.reason, OLD.clause, OLD.answered_by, OLD.answered_for, OLD.answered_at) THEN
    PERFORM refuse('an answer that is carried over keeps its words');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER carried_answer_keeps_its_words BEFORE UPDATE ON legal_answer FOR EACH ROW EXECUTE FUNCTION carried_answer_keeps_its_words();
