-- In what order the parties sign, who must have looked first, and who has declined.

CREATE TABLE signing_turn (
  agreement_id   uuid NOT NULL,
  party_id       uuid NOT NULL,
  partnership_id uuid NOT NULL,
  turn           integer NOT NULL CHECK (turn BETWEEN 1 AND 50),
  PRIMARY KEY (agreement_id, party_id),
  FOREIGN KEY (partnership_id, agreement_id) REFERENCES agreement (partnership_id, agreement_id),
  FOREIGN KEY (agreement_id, party_id) REFERENCES agreement_party (agreement_id, party_id) ON DELETE CASCADE
);
CALL isolate('signing_turn', 'SELECT, INSERT, DELETE');
CREATE TRIGGER draft_is_open BEFORE INSERT OR UPDATE OR DELETE ON signing_turn FOR EACH ROW EXECUTE FUNCTION draft_is_open();

CREATE TABLE signing_reviewer (
  reviewer_id      uuid PRIMARY KEY,
  agreement_id     uuid NOT NULL,
  partnership_id   uuid NOT NULL,
  party_id         uuid NOT NULL,
  organisation     uuid NOT NULL REFERENCES organisation,
  person           uuid,
  person_name      text,
  role             text,
  passed_hash      text,
  passed_by        uuid,
  passed_by_name   text,
  passed_at        timestamptz,
  released_because text,
  CHECK ((person IS NULL) <> (role IS NULL)),
  CHECK ((passed_hash IS NULL) = (passed_by IS NULL) AND (passed_hash IS NULL) = (passed_at IS NULL)),
  CHECK (released_because IS NULL OR passed_hash IS NOT NULL),
  FOREIGN KEY (partnership_id, agreement_id) REFERENCES agreement (partnership_id, agreement_id),
  FOREIGN KEY (agreement_id, party_id) REFERENCES agreement_party (agreement_id, party_id) ON DELETE CASCADE
);
CREATE INDEX signing_reviewer_by_agreement ON signing_reviewer (agreement_id);
CALL isolate('signing_reviewer', 'SELECT, INSERT, UPDATE (passed_hash, passed_by, passed_by_name, passed_at, released_because), DELETE');
CREATE TRIGGER draft_is_open BEFORE INSERT OR DELETE ON signing_reviewer FOR EACH ROW EXECUTE FUNCTION draft_is_open();

CREATE TABLE decline (
  agreement_id   uuid NOT NULL,
  version_hash   text NOT NULL,
  partnership_id uuid NOT NULL,
  party_id       uuid NOT NULL,
  organisation   uuid NOT NULL,
  person         uuid NOT NULL,
  person_name    text,
  reason         text NOT NULL CHECK (reason <> ''),
  declined_at    timestamptz NOT NULL,
  PRIMARY KEY (agreement_id, version_hash),
  FOREIGN KEY (partnership_id, agreement_id) REFERENCES agreement (partnership_id, agreement_id),
  FOREIGN KEY (agreement_id, version_hash) REFERENCES agreement_version (agreement_id, hash),
  FOREIGN KEY (agreement_id, party_id) REFERENCES agreement_party (agreement_id, party_id)
);
CALL isolate('decline', 'SELECT, INSERT');

-- What somebody has read is the own organisation's affair.
CREATE TABLE look (
  look_id        uuid PRIMARY KEY,
  agreement_id   uuid NOT NULL,
  partnership_id uuid NOT NULL,
  organisation   uuid NOT NULL,
  person         uuid NOT NULL,
  person_name    text,
  hash           text NOT NULL,
  canonical      bytea CHECK (hash = encode(sha256(canonical), 'hex')),
  comment        text,
  looked_at      timestamptz NOT NULL,
  FOREIGN KEY (partnership_id, agreement_id) REFERENCES agreement (partnership_id, agreement_id)
);
CREATE INDEX look_by_agreement ON look (agreement_id, person);
CALL isolate('look', 'SELECT, INSERT');
CREATE POLICY own_organisation ON look AS RESTRICTIVE TO {{service}}_app USING (organisation = caller_org());

-- Whether a version can be signed just now.
CREATE FUNCTION version_is_open(p_agreement uuid, p_hash text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM agreement WHERE agreement_id = p_agreement AND state = 'OpenForSignature' AND version_hash = p_hash) $$;

-- After signature_is_genuine by its name, so that the agreement is locked when this looks.
CREATE FUNCTION signature_obeys_the_circle() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM decline d WHERE d.agreement_id = NEW.agreement_id AND d.version_hash = NEW.version_hash) THEN
    PERFORM refuse('the version has been declined');
  END IF;
  IF EXISTS (
      SELECT FROM signing_turn mine
      JOIN signing_turn theirs ON theirs.agreement_id = mine.agreement_id AND theirs.turn < mine.turn
      JOIN party p ON p.party_id = theirs.party_id
      WHERE mine.agreement_id = NEW.agreement_id AND mine.party_id = NEW.party_id
        AND p.required_signatures > (SELECT count(*) FROM signature s WHERE s.version_hash = NEW.version_hash AND s.party_id = p.party_id)) THEN
    PERFORM refuse('another party signs first');
  END IF;
  IF EXISTS (SELECT FROM signing_reviewer r WHERE r.agreement_id = NEW.agreement_id AND r.party_id = NEW.party_id
      AND r.passed_hash IS DISTINCT FROM NEW.version_hash) THEN
    PERFORM refuse('the party''s reviewers have yet to look');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER signature_obeys_the_circle BEFORE INSERT ON signature FOR EACH ROW EXECUTE FUNCTION signature_obeys_the_circle();

CREATE FUNCTION reviewer_is_genuine() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.passed_hash IS NOT NULL THEN PERFORM refuse('nobody has looked before the opening'); END IF;
    IF NEW.organisation IS DISTINCT FROM caller_org() OR NOT EXISTS (
        SELECT FROM party p WHERE p.party_id = NEW.party_id AND p.organisation = NEW.organisation) THEN
      PERFORM refuse('a party chooses its own reviewers');
    END IF;
    RETURN NEW;
  END IF;
  PERFORM FROM agreement WHERE agreement_id = NEW.agreement_id FOR UPDATE;
  IF NOT version_is_open(NEW.agreement_id, NEW.passed_hash) THEN PERFORM refuse('the version is not open for signature'); END IF;
  IF NEW.organisation IS DISTINCT FROM caller_org() OR NEW.passed_by IS DISTINCT FROM caller_person() THEN
    PERFORM refuse('nobody looks for another');
  END IF;
  IF NEW.released_because IS NULL AND NEW.person IS NOT NULL AND NEW.person IS DISTINCT FROM caller_person() THEN
    PERFORM refuse('somebody else is to look');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER reviewer_is_genuine BEFORE INSERT OR UPDATE ON signing_reviewer FOR EACH ROW EXECUTE FUNCTION reviewer_is_genuine();

CREATE FUNCTION decline_is_genuine() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM agreement WHERE agreement_id = NEW.agreement_id FOR UPDATE;
  IF NOT version_is_open(NEW.agreement_id, NEW.version_hash) THEN PERFORM refuse('the version is not open for signature'); END IF;
  IF NEW.organisation IS DISTINCT FROM caller_org() OR NEW.person IS DISTINCT FROM caller_person() OR NOT EXISTS (
      SELECT FROM party p WHERE p.party_id = NEW.party_id AND p.organisation = NEW.organisation
        AND (p.unit IS NULL OR caller_unit() IS NULL OR p.unit = caller_unit())
        AND p.required_signatures > (SELECT count(*) FROM signature s WHERE s.version_hash = NEW.version_hash AND s.party_id = p.party_id)) THEN
    PERFORM refuse('only who has yet to sign declines');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER decline_is_genuine BEFORE INSERT ON decline FOR EACH ROW EXECUTE FUNCTION decline_is_genuine();

-- An opened text becomes a draft again only when somebody has declined it.
CREATE FUNCTION only_the_declined_is_redrafted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'OpenForSignature' AND NEW.state IN ('Draft', 'Assessment') AND NOT EXISTS (
      SELECT FROM decline d WHERE d.agreement_id = OLD.agreement_id AND d.version_hash = OLD.version_hash) THEN
    PERFORM refuse('nobody has declined the version');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER only_the_declined_is_redrafted BEFORE UPDATE ON agreement FOR EACH ROW EXECUTE FUNCTION only_the_declined_is_redrafted();

-- The life of an agreement, the same table as in the service: with the way back from a declined version.
CREATE OR REPLACE FUNCTION agreement_lives() RETURNS trigger LANGUAGE plpgsql AS $$
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
      ('OpenForSignature', 'Assessment'),
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
