-- Running agreements that were signed on paper come in by a way of their own: all parties confirm the paper and what is written here
-- about it. It passes the legal gate by once, for what already runs; the first change of it goes through the whole gate.

ALTER TABLE agreement ADD COLUMN taken_over boolean NOT NULL DEFAULT false; -- said at the beginning, never changed: no login may
ALTER TABLE change DROP CONSTRAINT change_binds_by_check;
ALTER TABLE change ADD CONSTRAINT change_binds_by_check CHECK (binds_by IN ('Signatures', 'Decision', 'Term', 'Departure', 'Confirmation'));
ALTER TABLE change ADD CONSTRAINT change_is_confirmed_first CHECK (binds_by <> 'Confirmation' OR kind = 'First');
ALTER TABLE agreement_version DROP CONSTRAINT agreement_version_binds_by_check;
ALTER TABLE agreement_version ADD CONSTRAINT agreement_version_binds_by_check
  CHECK (binds_by IN ('Signatures', 'Decision', 'Term', 'Departure', 'Confirmation'));

CREATE TABLE paper (
  agreement_id   uuid PRIMARY KEY,
  partnership_id uuid NOT NULL,
  signed_on      date NOT NULL,
  document_id    uuid REFERENCES attachment ON DELETE SET NULL,
  version        bigint NOT NULL,
  FOREIGN KEY (partnership_id, agreement_id) REFERENCES agreement (partnership_id, agreement_id)
);
CALL isolate('paper', 'SELECT, INSERT, UPDATE (signed_on, document_id, version)');
CREATE TRIGGER draft_is_open BEFORE INSERT OR UPDATE ON paper FOR EACH ROW EXECUTE FUNCTION draft_is_open();

CREATE TABLE paper_answer (
  answer_id      uuid PRIMARY KEY,
  agreement_id   uuid NOT NULL,
  partnership_id uuid NOT NULL,
  number         integer NOT NULL CHECK (number > 0),
  party_id       uuid NOT NULL,
  organisation   uuid NOT NULL,
  person         uuid NOT NULL,
  person_name    text,
  confirms       boolean NOT NULL,
  reason         text,
  content_hash   text NOT NULL,
  fingerprint    text NOT NULL,
  answered_at    timestamptz NOT NULL,
  CHECK (confirms = (reason IS NULL)),
  UNIQUE (agreement_id, number),
  FOREIGN KEY (partnership_id, agreement_id) REFERENCES agreement (partnership_id, agreement_id),
  FOREIGN KEY (agreement_id, party_id) REFERENCES agreement_party (agreement_id, party_id)
);
CALL isolate('paper_answer', 'SELECT, INSERT');

-- Everything that a party confirms, as rows: what is written, the day, and the document byte for byte. Null without a PDF.
CREATE FUNCTION paper_fingerprint(p_agreement uuid) RETURNS text LANGUAGE sql AS $$
  SELECT encode(sha256(convert_to(concat_ws(E'\n', assessed_fingerprint(p_agreement), p.signed_on, f.sha256,
      (SELECT string_agg(party_id::text, ',' ORDER BY party_id) FROM agreement_party WHERE agreement_id = p_agreement AND in_text)), 'UTF8')), 'hex')
    FROM paper p JOIN attachment a ON a.attachment_id = p.document_id AND a.agreement_id = p.agreement_id
    JOIN stored_file f USING (file_id) WHERE p.agreement_id = p_agreement AND f.kind = 'Pdf' AND p.signed_on <= caller_today() $$;

CREATE FUNCTION paper_answer_is_genuine() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM agreement WHERE agreement_id = NEW.agreement_id AND taken_over AND working IN ('Draft', 'Assessment') AND in_force_hash IS NULL FOR UPDATE;
  IF NOT FOUND THEN PERFORM refuse('there is no paper to confirm'); END IF;
  IF NEW.organisation IS DISTINCT FROM caller_org() OR NEW.person IS DISTINCT FROM caller_person() THEN
    PERFORM refuse('nobody confirms for another');
  END IF;
  PERFORM FROM party p JOIN agreement_party ap USING (party_id) WHERE ap.agreement_id = NEW.agreement_id AND ap.in_text
    AND p.party_id = NEW.party_id AND p.organisation = NEW.organisation AND (p.unit IS NULL OR caller_unit() IS NULL OR p.unit = caller_unit());
  IF NOT FOUND THEN PERFORM refuse('only the party''s own people confirm'); END IF;
  IF NEW.number <> (SELECT count(*) + 1 FROM paper_answer WHERE agreement_id = NEW.agreement_id) THEN PERFORM refuse('answers follow one another'); END IF;
  NEW.fingerprint := paper_fingerprint(NEW.agreement_id);
  IF NEW.fingerprint IS NULL THEN PERFORM refuse('the signed document is missing'); END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER paper_answer_is_genuine BEFORE INSERT ON paper_answer FOR EACH ROW EXECUTE FUNCTION paper_answer_is_genuine();

CREATE FUNCTION paper_is_confirmed(p_agreement uuid) RETURNS boolean LANGUAGE sql AS $$
  SELECT count(*) > 0 AND bool_and(coalesce((SELECT a.confirms AND a.fingerprint = paper_fingerprint(p_agreement) FROM paper_answer a
      WHERE a.agreement_id = p_agreement AND a.party_id = ap.party_id ORDER BY a.number DESC LIMIT 1), false))
     AND bool_or(p.kind = 'Public') AND bool_or(p.kind = 'IdeaDriven')
    FROM agreement_party ap JOIN party p USING (party_id) WHERE ap.agreement_id = p_agreement AND ap.in_text $$;

CREATE FUNCTION version_is_confirmed(p_agreement uuid, p_hash text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM agreement_version WHERE agreement_id = p_agreement AND hash = p_hash AND binds_by = 'Confirmation') $$;

-- The gate for paper stands beside the other: a version goes through exactly one of them.
CREATE FUNCTION paper_passes_gate() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE g agreement;
BEGIN
  SELECT * INTO g FROM agreement WHERE agreement_id = NEW.agreement_id FOR UPDATE;
  IF NOT coalesce(g.taken_over, false) OR g.working NOT IN ('Draft', 'Assessment') OR g.in_force_hash IS NOT NULL OR NEW.previous_hash IS NOT NULL
     OR NEW.kind <> 'First' OR NEW.change_id IS DISTINCT FROM g.change_id THEN
    PERFORM refuse('only an agreement from paper is taken over');
  END IF;
  IF NOT EXISTS (SELECT FROM change WHERE change_id = NEW.change_id AND binds_by = 'Confirmation' AND state = 'UnderWay') THEN
    PERFORM refuse('the version rests on no change');
  END IF;
  IF g.starts_on > caller_today() OR (NOT g.auto_renews AND g.ends_on < caller_today()) THEN PERFORM refuse('only what runs is taken over'); END IF;
  IF NOT coalesce(paper_is_confirmed(NEW.agreement_id), false) THEN PERFORM refuse('a confirmation is missing'); END IF;
  RETURN NEW;
END $$;
DROP TRIGGER version_passes_gate ON agreement_version;
CREATE TRIGGER version_passes_gate BEFORE INSERT ON agreement_version FOR EACH ROW
  WHEN (NEW.binds_by <> 'Confirmation') EXECUTE FUNCTION version_passes_gate();
CREATE TRIGGER paper_passes_gate BEFORE INSERT ON agreement_version FOR EACH ROW
  WHEN (NEW.binds_by = 'Confirmation') EXECUTE FUNCTION paper_passes_gate();

-- The version holds the paper, and every other attachment, as one that is signed does.
DROP TRIGGER version_holds_files ON agreement_version;
CREATE TRIGGER version_holds_files AFTER INSERT ON agreement_version FOR EACH ROW
  WHEN (NEW.binds_by IN ('Signatures', 'Confirmation')) EXECUTE FUNCTION version_holds_files();
DROP TRIGGER version_keeps_files ON agreement_version;
CREATE TRIGGER version_keeps_files AFTER INSERT ON agreement_version FOR EACH ROW
  WHEN (NEW.binds_by NOT IN ('Signatures', 'Confirmation')) EXECUTE FUNCTION version_keeps_files();

DROP TRIGGER version_is_signed ON in_force;
CREATE TRIGGER version_is_signed BEFORE INSERT ON in_force FOR EACH ROW
  WHEN (NOT version_is_confirmed(NEW.agreement_id, NEW.hash)) EXECUTE FUNCTION version_is_signed();

-- From the draft straight into force, once, by a confirmed version and with the term that its frame says.
CREATE FUNCTION paper_takes_over() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.in_force_hash IS NOT NULL OR NEW.working <> 'None' OR NEW.version_hash IS DISTINCT FROM NEW.in_force_hash
     OR NOT version_is_confirmed(NEW.agreement_id, NEW.in_force_hash) OR NOT coalesce(paper_is_confirmed(NEW.agreement_id), false) THEN
    PERFORM refuse('the paper is not confirmed');
  END IF;
  IF (NEW.title, NEW.starts_on, NEW.ends_on, NEW.auto_renews, NEW.notice_months, NEW.area, NEW.target_age, NEW.municipality_code, NEW.county_code,
      NEW.renewal_months, NEW.assessment_months, NEW.adjusted_by, NEW.adjusted_sections)
     IS DISTINCT FROM
     (OLD.title, OLD.starts_on, OLD.ends_on, OLD.auto_renews, OLD.notice_months, OLD.area, OLD.target_age, OLD.municipality_code, OLD.county_code,
      OLD.renewal_months, OLD.assessment_months, OLD.adjusted_by, OLD.adjusted_sections) THEN
    PERFORM refuse('the text is confirmed');
  END IF;
  IF NEW.signed_on IS DISTINCT FROM (SELECT signed_on FROM paper WHERE agreement_id = NEW.agreement_id)
     OR (NEW.term_from, NEW.term_to) IS DISTINCT FROM (NEW.starts_on, NEW.ends_on) THEN
    PERFORM refuse('the days are those of the paper');
  END IF;
  RETURN NEW;
END $$;
DROP TRIGGER agreement_lives ON agreement;
CREATE TRIGGER agreement_lives BEFORE UPDATE ON agreement FOR EACH ROW
  WHEN (NOT (NEW.taken_over AND OLD.state IN ('Draft', 'Assessment') AND NEW.state = 'InForce')) EXECUTE FUNCTION agreement_lives();
DROP TRIGGER text_lives ON agreement;
CREATE TRIGGER text_lives BEFORE UPDATE ON agreement FOR EACH ROW
  WHEN (NOT (NEW.taken_over AND OLD.state IN ('Draft', 'Assessment') AND NEW.state = 'InForce')) EXECUTE FUNCTION text_lives();
CREATE TRIGGER paper_takes_over BEFORE UPDATE ON agreement FOR EACH ROW
  WHEN (NEW.taken_over AND OLD.state IN ('Draft', 'Assessment') AND NEW.state = 'InForce') EXECUTE FUNCTION paper_takes_over();
