-- What the database itself holds of an agreement's life, whatever the application believes.

-- What an approval covers beside assessed_fingerprint: the change it belongs to, who is in the text, and who may adjust it.
-- An approval given for one change is none for the next, though not a word has changed.
CREATE FUNCTION change_fingerprint(p_agreement uuid) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT encode(sha256(convert_to(concat_ws(E'\n',
    (SELECT row(change_id, change_kind, effective_on, renewal_months, assessment_months, adjusted_by, adjusted_sections)::text
       FROM agreement WHERE agreement_id = p_agreement),
    (SELECT string_agg(party_id::text, E'\n' ORDER BY party_id) FROM agreement_party WHERE agreement_id = p_agreement AND in_text)), 'UTF8')), 'hex') $$;
ALTER TABLE approval ADD COLUMN change_fingerprint text NOT NULL DEFAULT '';
ALTER TABLE approval NO FORCE ROW LEVEL SECURITY;
ALTER TABLE agreement NO FORCE ROW LEVEL SECURITY;
ALTER TABLE agreement_party NO FORCE ROW LEVEL SECURITY;
UPDATE approval SET change_fingerprint = change_fingerprint(agreement_id);
ALTER TABLE approval FORCE ROW LEVEL SECURITY;
ALTER TABLE agreement FORCE ROW LEVEL SECURITY;
ALTER TABLE agreement_party FORCE ROW LEVEL SECURITY;
CREATE FUNCTION approval_is_for_the_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.change_fingerprint := change_fingerprint(NEW.agreement_id);
  RETURN NEW;
END $$;
CREATE TRIGGER approval_is_for_the_change BEFORE INSERT ON approval FOR EACH ROW EXECUTE FUNCTION approval_is_for_the_change();

-- Whether the working text may change, and whether a version can be signed just now: asked by other scripts too.
CREATE OR REPLACE FUNCTION is_drafted(p_agreement agreement) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT p_agreement.working IN ('Draft', 'Assessment') $$;
CREATE OR REPLACE FUNCTION version_is_open(p_agreement uuid, p_hash text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM agreement WHERE agreement_id = p_agreement AND working = 'OpenForSignature' AND version_hash = p_hash) $$;

-- A version that nobody signs needs no approval of its own.
DROP TRIGGER version_is_approved_anew ON agreement_version;
CREATE TRIGGER version_is_approved_anew BEFORE INSERT ON agreement_version FOR EACH ROW
  WHEN (NEW.binds_by = 'Signatures') EXECUTE FUNCTION version_is_approved_anew();

-- A version that is to be signed passes the whole gate. One that binds otherwise rests on its change, and on the version in force.
CREATE OR REPLACE FUNCTION version_passes_gate() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE g agreement; c change;
BEGIN
  SELECT * INTO g FROM agreement WHERE agreement_id = NEW.agreement_id FOR UPDATE;
  IF NEW.binds_by = 'Signatures' THEN
    IF g.working IS DISTINCT FROM 'Assessment' THEN PERFORM refuse('only an assessed draft is opened'); END IF;
    IF NEW.kind <> g.change_kind OR NEW.change_id IS DISTINCT FROM g.change_id THEN PERFORM refuse('the version belongs to another change'); END IF;
    IF assessment_obstacle(NEW.agreement_id) IS NOT NULL THEN PERFORM refuse('the assessment is ' || assessment_obstacle(NEW.agreement_id)); END IF;
    IF EXISTS (SELECT FROM party p JOIN agreement_party ap USING (party_id)
        WHERE ap.agreement_id = NEW.agreement_id AND ap.in_text AND p.kind = 'Public' AND NOT EXISTS (
          SELECT FROM approval a WHERE a.agreement_id = NEW.agreement_id AND a.organisation = p.organisation
            AND a.assessed_hash = NEW.assessed_hash AND a.fingerprint = assessed_fingerprint(NEW.agreement_id)
            AND a.change_fingerprint = change_fingerprint(NEW.agreement_id))) THEN
      PERFORM refuse('an approval is missing or voided');
    END IF;
    IF NOT EXISTS (SELECT FROM party p JOIN agreement_party ap USING (party_id) WHERE ap.agreement_id = NEW.agreement_id AND ap.in_text AND p.kind = 'Public')
       OR NOT EXISTS (SELECT FROM party p JOIN agreement_party ap USING (party_id) WHERE ap.agreement_id = NEW.agreement_id AND ap.in_text AND p.kind = 'IdeaDriven') THEN
      PERFORM refuse('both kinds of party are needed');
    END IF;
  ELSE
    SELECT * INTO c FROM change WHERE change_id = NEW.change_id AND agreement_id = NEW.agreement_id AND state = 'UnderWay';
    IF c.change_id IS NULL OR c.kind <> NEW.kind OR c.binds_by <> NEW.binds_by OR NEW.effective_on IS NULL THEN PERFORM refuse('the version rests on no change'); END IF;
    IF g.state NOT IN ('InForce', 'NoticeGiven') THEN PERFORM refuse('only an agreement in force changes'); END IF;
    IF NEW.binds_by = 'Term' AND (g.state <> 'InForce' OR NOT g.term_renews OR g.term_to IS NULL) THEN PERFORM refuse('the agreement does not renew itself'); END IF;
    IF NEW.binds_by = 'Decision' AND (g.adjusted_by IS NULL OR coalesce(cardinality(g.adjusted_sections), 0) = 0) THEN
      PERFORM refuse('no body may adjust the agreement');
    END IF;
    IF NEW.binds_by = 'Departure' AND NEW.effective_on < c.effective_on THEN PERFORM refuse('the notice has not run out'); END IF;
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION signature_is_genuine() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE required integer;
BEGIN
  PERFORM FROM agreement WHERE agreement_id = NEW.agreement_id AND working = 'OpenForSignature' AND version_hash = NEW.version_hash FOR UPDATE;
  IF NOT FOUND THEN PERFORM refuse('the version is not open for signature'); END IF;
  IF NEW.organisation IS DISTINCT FROM caller_org() OR NEW.person IS DISTINCT FROM caller_person() THEN
    PERFORM refuse('nobody signs for another');
  END IF;
  SELECT p.required_signatures INTO required FROM party p JOIN agreement_party ap USING (party_id)
    WHERE ap.agreement_id = NEW.agreement_id AND ap.in_text AND p.party_id = NEW.party_id AND p.organisation = NEW.organisation
      AND (p.unit IS NULL OR caller_unit() IS NULL OR p.unit = caller_unit());
  IF NOT FOUND THEN PERFORM refuse('only the party''s own people sign'); END IF;
  IF required <= (SELECT count(*) FROM signature WHERE version_hash = NEW.version_hash AND party_id = NEW.party_id) THEN
    PERFORM refuse('the party has signed');
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION signatures_missing(p_agreement uuid, p_hash text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM party p JOIN agreement_party ap USING (party_id) WHERE ap.agreement_id = p_agreement AND ap.in_text
    AND p.required_signatures > (SELECT count(*) FROM signature s WHERE s.version_hash = p_hash AND s.party_id = p.party_id)) $$;

-- A renewal by the agreement's own terms, or the leaving of a party: they come while another text may be under way.
CREATE FUNCTION binds_by_itself(p_agreement uuid, p_hash text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM agreement_version WHERE agreement_id = p_agreement AND hash = p_hash AND binds_by IN ('Term', 'Departure')) $$;

-- Only a text that is signed, or one that binds by itself, comes into force.
CREATE FUNCTION version_is_signed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM agreement WHERE agreement_id = NEW.agreement_id AND working = 'Signed' AND version_hash = NEW.hash FOR UPDATE;
  IF NOT FOUND AND NOT binds_by_itself(NEW.agreement_id, NEW.hash) THEN PERFORM refuse('the version is not signed'); END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER version_is_signed BEFORE INSERT ON in_force FOR EACH ROW EXECUTE FUNCTION version_is_signed();

-- The life of an agreement, the same tables as in the service: of the agreement, and of the text being written.
CREATE OR REPLACE FUNCTION agreement_lives() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.working NOT IN ('Draft', 'Assessment') AND
     (NEW.title, NEW.starts_on, NEW.ends_on, NEW.auto_renews, NEW.notice_months, NEW.area, NEW.target_age, NEW.municipality_code, NEW.county_code,
      NEW.renewal_months, NEW.assessment_months, NEW.adjusted_by, NEW.adjusted_sections)
     IS DISTINCT FROM
     (OLD.title, OLD.starts_on, OLD.ends_on, OLD.auto_renews, OLD.notice_months, OLD.area, OLD.target_age, OLD.municipality_code, OLD.county_code,
      OLD.renewal_months, OLD.assessment_months, OLD.adjusted_by, OLD.adjusted_sections) THEN
    PERFORM refuse('the text is fixed');
  END IF;
  IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
      ('Draft', 'Assessment'), ('Draft', 'Withdrawn'), ('Assessment', 'OpenForSignature'), ('Assessment', 'Withdrawn'),
      ('OpenForSignature', 'Assessment'), ('OpenForSignature', 'Signed'), ('OpenForSignature', 'Withdrawn'), ('Signed', 'InForce'), ('InForce', 'NoticeGiven'), ('InForce', 'Ended'),
      ('InForce', 'Rescinded'), ('NoticeGiven', 'Ended'), ('NoticeGiven', 'Rescinded')) THEN
    PERFORM refuse(format('no way from %s to %s', OLD.state, NEW.state));
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER agreement_lives BEFORE UPDATE ON agreement FOR EACH ROW EXECUTE FUNCTION agreement_lives();

-- The way of the text being written, from the draft to the day it takes over, and which version is the one in force.
CREATE FUNCTION text_lives() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE binding text;
BEGIN
  IF NEW.working = OLD.working THEN
    IF NEW.version_hash IS DISTINCT FROM OLD.version_hash THEN PERFORM refuse('the version is fixed'); END IF;
    IF NEW.in_force_hash IS DISTINCT FROM OLD.in_force_hash AND NOT binds_by_itself(NEW.agreement_id, NEW.in_force_hash) THEN
      PERFORM refuse('the version in force is fixed');
    END IF;
    RETURN NEW;
  END IF;
  IF NOT (NEW.working = 'None' AND NEW.state IN ('Ended', 'Rescinded', 'Withdrawn')) AND (OLD.working, NEW.working) NOT IN (
      ('None', 'Draft'), ('Draft', 'Assessment'), ('Assessment', 'OpenForSignature'), ('OpenForSignature', 'Signed'), ('OpenForSignature', 'Assessment'),
      ('Draft', 'Signed'), ('Signed', 'None'), ('Draft', 'None'), ('Assessment', 'None'), ('OpenForSignature', 'None')) THEN
    PERFORM refuse(format('no way from %s to %s', OLD.working, NEW.working));
  END IF;
  SELECT binds_by INTO binding FROM agreement_version WHERE agreement_id = NEW.agreement_id AND hash = NEW.version_hash;
  IF NEW.working IN ('Draft', 'Assessment') AND NEW.version_hash IS NOT NULL THEN PERFORM refuse('a draft has no version'); END IF;
  IF NEW.working = 'OpenForSignature' AND binding IS DISTINCT FROM 'Signatures' THEN PERFORM refuse('there is no version to sign'); END IF;
  IF NEW.working = 'Signed' THEN
    IF OLD.working = 'Draft' AND coalesce(binding, 'Signatures') = 'Signatures' THEN PERFORM refuse('the version is to be signed'); END IF;
    IF OLD.working = 'OpenForSignature' AND (NEW.version_hash IS DISTINCT FROM OLD.version_hash OR signatures_missing(NEW.agreement_id, NEW.version_hash)) THEN
      PERFORM refuse('signatures are missing');
    END IF;
  END IF;
  IF OLD.working = 'Signed' AND NEW.state IN ('InForce', 'NoticeGiven') AND (NEW.in_force_hash IS DISTINCT FROM OLD.version_hash
      OR NEW.in_force_hash IS DISTINCT FROM NEW.version_hash) THEN
    PERFORM refuse('the signed version takes over');
  END IF;
  IF OLD.working <> 'Signed' AND NEW.in_force_hash IS DISTINCT FROM OLD.in_force_hash THEN PERFORM refuse('the version in force is fixed'); END IF;
  IF NEW.working = 'None' AND NEW.state <> 'Withdrawn' AND NEW.version_hash IS DISTINCT FROM NEW.in_force_hash THEN
    PERFORM refuse('the text is the one in force');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER text_lives BEFORE UPDATE ON agreement FOR EACH ROW EXECUTE FUNCTION text_lives();

CREATE OR REPLACE FUNCTION agreement_begins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state <> 'Draft' OR NEW.working <> 'Draft' OR NEW.version_hash IS NOT NULL OR NEW.in_force_hash IS NOT NULL THEN
    PERFORM refuse('an agreement begins as a draft');
  END IF;
  RETURN NEW;
END $$;

-- Rows of a text change only while it is written. The key-share lock makes an edit and the opening wait for each other.
CREATE OR REPLACE FUNCTION draft_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM agreement WHERE agreement_id = coalesce(NEW.agreement_id, OLD.agreement_id) AND working IN ('Draft', 'Assessment') FOR KEY SHARE;
  IF NOT FOUND THEN PERFORM refuse('the text is fixed'); END IF;
  RETURN coalesce(NEW, OLD);
END $$;
