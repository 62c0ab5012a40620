-- What the database itself holds, whatever the application believes: the gate before signing, and the fixed text behind it.

-- Everything that a lawyer approves, as rows.
CREATE FUNCTION assessed_fingerprint(p_agreement uuid) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT encode(sha256(convert_to(concat_ws(E'\n',
    (SELECT row(title, starts_on, ends_on, auto_renews, notice_months, area, target_age, municipality_code, county_code, catalogue)::text
       FROM agreement WHERE agreement_id = p_agreement),
    (SELECT string_agg(row(p.party_id, p.organisation, p.unit, p.kind, p.required_signatures)::text, E'\n' ORDER BY p.party_id)
       FROM party p JOIN agreement_party ap USING (party_id) WHERE ap.agreement_id = p_agreement),
    (SELECT string_agg(row(key, text, not_needed_reason)::text, E'\n' ORDER BY key) FROM section WHERE agreement_id = p_agreement),
    (SELECT string_agg(row(contribution_id, party_id, kind, description, ore_per_year, hours_per_year, funding_source)::text, E'\n' ORDER BY contribution_id)
       FROM contribution WHERE agreement_id = p_agreement),
    (SELECT string_agg(row(question_id, reply, reason, clause)::text, E'\n' ORDER BY question_id)
       FROM legal_answer WHERE agreement_id = p_agreement)), 'UTF8')), 'hex') $$;

-- Null when the assessment lets the agreement through; else why not.
CREATE FUNCTION assessment_obstacle(p_agreement uuid) RETURNS text LANGUAGE sql STABLE AS $$
  WITH asked AS (
    SELECT q.test, q.part, a.reply FROM agreement g
    JOIN legal_question q ON q.catalogue = g.catalogue
    LEFT JOIN legal_answer a ON a.agreement_id = g.agreement_id AND a.question_id = q.question_id
    WHERE g.agreement_id = p_agreement)
  SELECT CASE
    WHEN NOT EXISTS (SELECT FROM asked) OR EXISTS (SELECT FROM asked WHERE reply IS NULL) THEN 'open'
    WHEN NOT EXISTS (SELECT FROM asked WHERE test = 'PublicContract' AND part = 'Condition' AND reply <> 'Yes') THEN 'public contract'
    WHEN NOT EXISTS (SELECT FROM asked WHERE test = 'StateAid' AND part = 'Condition' AND reply <> 'Yes')
     AND NOT EXISTS (SELECT FROM asked WHERE test = 'StateAid' AND part = 'Basis' AND reply = 'Yes') THEN 'unlawful aid'
    WHEN EXISTS (SELECT FROM asked WHERE test IN ('Definition', 'MunicipalLaw') AND part = 'Condition' AND reply = 'No') THEN 'not allowed'
  END $$;

CREATE FUNCTION refuse(p_why text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%', p_why USING ERRCODE = '23514';
END $$;

CREATE FUNCTION approval_is_genuine() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM agreement WHERE agreement_id = NEW.agreement_id AND state IN ('Draft', 'Assessment') FOR UPDATE;
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
  RETURN NEW;
END $$;
CREATE TRIGGER approval_is_genuine BEFORE INSERT ON approval FOR EACH ROW EXECUTE FUNCTION approval_is_genuine();

CREATE FUNCTION version_passes_gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM agreement WHERE agreement_id = NEW.agreement_id AND state = 'Assessment' FOR UPDATE;
  IF NOT FOUND THEN PERFORM refuse('only an assessed draft is opened'); END IF;
  IF assessment_obstacle(NEW.agreement_id) IS NOT NULL THEN PERFORM refuse('the assessment is ' || assessment_obstacle(NEW.agreement_id)); END IF;
  IF NOT EXISTS (SELECT FROM party p JOIN agreement_party ap USING (party_id) WHERE ap.agreement_id = NEW.agreement_id AND p.kind = 'Public')
     OR NOT EXISTS (SELECT FROM party p JOIN agreement_party ap USING (party_id) WHERE ap.agreement_id = NEW.agreement_id AND p.kind = 'IdeaDriven') THEN
    PERFORM refuse('both kinds of party are needed');
  END IF;
  IF EXISTS (SELECT FROM party p JOIN agreement_party ap USING (party_id)
      WHERE ap.agreement_id = NEW.agreement_id AND p.kind = 'Public' AND NOT EXISTS (
        SELECT FROM approval a WHERE a.agreement_id = NEW.agreement_id AND a.organisation = p.organisation
          AND a.assessed_hash = NEW.assessed_hash AND a.fingerprint = assessed_fingerprint(NEW.agreement_id))) THEN
    PERFORM refuse('an approval is missing or voided');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER version_passes_gate BEFORE INSERT ON agreement_version FOR EACH ROW EXECUTE FUNCTION version_passes_gate();

CREATE FUNCTION signature_is_genuine() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE required integer;
BEGIN
  PERFORM FROM agreement WHERE agreement_id = NEW.agreement_id AND state = 'OpenForSignature' AND version_hash = NEW.version_hash FOR UPDATE;
  IF NOT FOUND THEN PERFORM refuse('the version is not open for signature'); END IF;
  IF NEW.organisation IS DISTINCT FROM caller_org() OR NEW.person IS DISTINCT FROM caller_person() THEN
    PERFORM refuse('nobody signs for another');
  END IF;
  SELECT p.required_signatures INTO required FROM party p
    WHERE p.party_id = NEW.party_id AND p.organisation = NEW.organisation AND (p.unit IS NULL OR caller_unit() IS NULL OR p.unit = caller_unit());
  IF NOT FOUND THEN PERFORM refuse('only the party''s own people sign'); END IF;
  IF required <= (SELECT count(*) FROM signature WHERE version_hash = NEW.version_hash AND party_id = NEW.party_id) THEN
    PERFORM refuse('the party has signed');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER signature_is_genuine BEFORE INSERT ON signature FOR EACH ROW EXECUTE FUNCTION signature_is_genuine();

-- The life of an agreement, the same table as in the service.
CREATE FUNCTION agreement_lives() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state NOT IN ('Draft', 'Assessment') AND
     (NEW.title, NEW.starts_on, NEW.ends_on, NEW.auto_renews, NEW.notice_months, NEW.area, NEW.target_age, NEW.municipality_code, NEW.county_code)
     IS DISTINCT FROM
     (OLD.title, OLD.starts_on, OLD.ends_on, OLD.auto_renews, OLD.notice_months, OLD.area, OLD.target_age, OLD.municipality_code, OLD.county_code) THEN
    PERFORM refuse('the text is fixed');
  END IF;
  IF NEW.state = OLD.state THEN
    IF NEW.version_hash IS DISTINCT FROM OLD.version_hash THEN PERFORM refuse('the version is fixed'); END IF;
    RETURN NEW;
  END IF;
  IF (OLD.state, NEW.state) NOT IN (
      ('Draft', 'Assessment'), ('Draft', 'Withdrawn'), ('Assessment', 'OpenForSignature'), ('Assessment', 'Withdrawn'),
      ('OpenForSignature', 'Signed'), ('OpenForSignature', 'Withdrawn'), ('Signed', 'InForce'), ('InForce', 'NoticeGiven'), ('InForce', 'Ended'),
      ('InForce', 'Rescinded'), ('NoticeGiven', 'Ended'), ('NoticeGiven', 'Rescinded')) THEN
    PERFORM refuse(format('no way from %s to %s', OLD.state, NEW.state));
  END IF;
  IF NEW.state = 'OpenForSignature' AND NEW.version_hash IS NULL THEN PERFORM refuse('there is no version to sign'); END IF;
  IF NEW.state = 'Signed' AND EXISTS (
      SELECT FROM party p JOIN agreement_party ap USING (party_id) WHERE ap.agreement_id = NEW.agreement_id
        AND p.required_signatures > (SELECT count(*) FROM signature s WHERE s.version_hash = NEW.version_hash AND s.party_id = p.party_id)) THEN
    PERFORM refuse('signatures are missing');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER agreement_lives BEFORE UPDATE ON agreement FOR EACH ROW EXECUTE FUNCTION agreement_lives();

CREATE FUNCTION agreement_begins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state <> 'Draft' OR NEW.version_hash IS NOT NULL THEN PERFORM refuse('an agreement begins as a draft'); END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER agreement_begins BEFORE INSERT ON agreement FOR EACH ROW EXECUTE FUNCTION agreement_begins();

-- Rows of a draft change only while it is one. The key-share lock makes an edit and the opening wait for each other.
CREATE FUNCTION draft_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM agreement WHERE agreement_id = coalesce(NEW.agreement_id, OLD.agreement_id) AND state IN ('Draft', 'Assessment') FOR KEY SHARE;
  IF NOT FOUND THEN PERFORM refuse('the text is fixed'); END IF;
  RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER draft_is_open BEFORE INSERT OR UPDATE OR DELETE ON section FOR EACH ROW EXECUTE FUNCTION draft_is_open();
CREATE TRIGGER draft_is_open BEFORE INSERT OR UPDATE OR DELETE ON contribution FOR EACH ROW EXECUTE FUNCTION draft_is_open();
CREATE TRIGGER draft_is_open BEFORE INSERT OR UPDATE OR DELETE ON legal_answer FOR EACH ROW EXECUTE FUNCTION draft_is_open();
CREATE TRIGGER draft_is_open BEFORE INSERT OR UPDATE OR DELETE ON agreement_party FOR EACH ROW EXECUTE FUNCTION draft_is_open();
