-- Files that a measurement rests on: seen by all in the contract, brought by whoever reported, and only until it is decided.
CREATE TABLE evidence_file (
  file_id          uuid PRIMARY KEY,
  measurement_id   uuid NOT NULL,
  contract_id      uuid NOT NULL,
  name             text NOT NULL CHECK (name <> '' AND name !~ '[/\\]'),
  kind             text NOT NULL CHECK (kind IN ('Pdf', 'Png', 'Jpeg', 'Csv', 'Text')),
  bytes            integer NOT NULL CHECK (bytes BETWEEN 1 AND 5242880 AND bytes = length(content)),
  sha256           text NOT NULL CHECK (sha256 = encode(sha256(content), 'hex')),
  content          bytea NOT NULL,
  stored_by_person uuid NOT NULL,
  stored_at        timestamptz NOT NULL,
  UNIQUE (measurement_id, sha256),
  FOREIGN KEY (measurement_id, contract_id) REFERENCES measurement (measurement_id, contract_id)
);
ALTER TABLE evidence_file ALTER content SET STORAGE EXTERNAL;
CALL isolate('evidence_file', 'SELECT, INSERT, DELETE', 'contract_id');
CREATE POLICY brought_by_the_reporter ON evidence_file AS RESTRICTIVE FOR INSERT TO {{service}}_app
  WITH CHECK (stored_by_person = caller_person() AND EXISTS (SELECT FROM measurement m
    WHERE m.measurement_id = evidence_file.measurement_id AND m.state = 'Reported' AND m.reported_by_organisation = caller_org()));
CREATE POLICY taken_back_before_it_is_decided ON evidence_file AS RESTRICTIVE FOR DELETE TO {{service}}_app
  USING (EXISTS (SELECT FROM measurement m
    WHERE m.measurement_id = evidence_file.measurement_id AND m.state = 'Reported' AND m.reported_by_organisation = caller_org()));

-- What was decided on: SHA-256 of the files' hashes, in order, each on a line. The verifier verifies what was seen: a file that
-- comes or goes is a new version of the measurement.
ALTER TABLE measurement ADD COLUMN evidence_hash text CHECK (evidence_hash ~ '^[0-9a-f]{64}$');
GRANT UPDATE (evidence_hash) ON measurement TO {{service}}_app;
DROP POLICY decided_as_oneself ON measurement;
CREATE POLICY decided_as_oneself ON measurement AS RESTRICTIVE FOR UPDATE TO {{service}}_app
  USING (state = 'Reported')
  WITH CHECK ((verified_by_organisation = caller_org() AND verified_by_person = caller_person())
    OR (state = 'Reported' AND verified_by_organisation IS NULL AND remark IS NULL AND evidence_hash IS NULL
        AND reported_by_organisation = caller_org()));

CREATE FUNCTION evidence_is_bound() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  files text;
BEGIN
  IF OLD.state = 'Reported' AND NEW.state = 'Verified' THEN
    SELECT string_agg(f.sha256, E'\n' ORDER BY f.sha256 COLLATE "C") INTO files FROM evidence_file f
      WHERE f.measurement_id = NEW.measurement_id;
    IF NEW.evidence_hash IS DISTINCT FROM encode(sha256(convert_to(files, 'UTF8')), 'hex') THEN
      RAISE EXCEPTION 'the measurement is verified on other evidence than it has' USING ERRCODE = '42501';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER evidence_is_bound BEFORE UPDATE ON measurement FOR EACH ROW EXECUTE FUNCTION evidence_is_bound();
-- A file waits for the decision that is being made, and then finds it made.
CREATE FUNCTION evidence_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  measured uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.measurement_id ELSE NEW.measurement_id END;
BEGIN
  PERFORM FROM measurement m WHERE m.measurement_id = measured AND m.state = 'Reported' FOR UPDATE;
  IF NOT FOUND THEN RAISE EXCEPTION 'the measurement is decided' USING ERRCODE = '42501'; END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER evidence_is_open BEFORE INSERT OR DELETE ON evidence_file FOR EACH ROW EXECUTE FUNCTION evidence_is_open();
