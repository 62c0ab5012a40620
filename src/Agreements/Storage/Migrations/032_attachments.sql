-- Files that are agreed with the text (bilagor): by their hash.
CREATE TABLE attachment (
  attachment_id  uuid PRIMARY KEY,
  agreement_id   uuid NOT NULL,
  partnership_id uuid NOT NULL,
  file_id        uuid NOT NULL UNIQUE,
  section_key    text,
  title          text NOT NULL,
  version        bigint NOT NULL,
  FOREIGN KEY (partnership_id, agreement_id) REFERENCES agreement (partnership_id, agreement_id),
  FOREIGN KEY (partnership_id, file_id) REFERENCES stored_file (partnership_id, file_id)
);
CREATE INDEX attachment_by_agreement ON attachment (agreement_id);
CALL isolate('attachment', 'SELECT, INSERT, UPDATE (section_key, title, version), DELETE');
CREATE TRIGGER draft_is_open BEFORE INSERT OR UPDATE OR DELETE ON attachment FOR EACH ROW EXECUTE FUNCTION draft_is_open();

-- What a version holds stays, also when a later text does without it.
CREATE TABLE version_file (
  agreement_id   uuid NOT NULL,
  version_hash   text NOT NULL,
  file_id        uuid NOT NULL,
  partnership_id uuid NOT NULL,
  PRIMARY KEY (agreement_id, version_hash, file_id),
  FOREIGN KEY (agreement_id, version_hash) REFERENCES agreement_version (agreement_id, hash),
  FOREIGN KEY (partnership_id, file_id) REFERENCES stored_file (partnership_id, file_id)
);
CREATE INDEX version_file_by_file ON version_file (file_id);
CALL isolate('version_file', 'SELECT, INSERT');

CREATE FUNCTION version_holds_files() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO version_file (agreement_id, version_hash, file_id, partnership_id)
    SELECT NEW.agreement_id, NEW.hash, f.file_id, f.partnership_id FROM stored_file f
    WHERE f.file_id IN (SELECT file_id FROM attachment WHERE agreement_id = NEW.agreement_id
                        UNION SELECT file_id FROM version_file WHERE agreement_id = NEW.agreement_id)
      AND position(f.sha256 IN convert_from(NEW.canonical, 'UTF8')) > 0;
  RETURN NULL;
END $$;
CREATE TRIGGER version_holds_files AFTER INSERT ON agreement_version FOR EACH ROW EXECUTE FUNCTION version_holds_files();
