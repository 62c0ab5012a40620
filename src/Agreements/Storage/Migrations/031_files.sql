-- Files that belong to a partnership: what they were when they came, in pieces small enough to pass on one by one. Never changed; the
-- hash is looked at again when the transaction ends, whatever the application believes.
CREATE TABLE stored_file (
  file_id        uuid PRIMARY KEY,
  partnership_id uuid NOT NULL REFERENCES partnership,
  name           text NOT NULL CHECK (name <> '' AND name !~ '[/\\]'),
  kind           text NOT NULL CHECK (kind IN ('Pdf', 'Png', 'Jpeg', 'Docx', 'Odt', 'Xlsx', 'Ods', 'Text', 'Csv')),
  bytes          integer NOT NULL CHECK (bytes BETWEEN 1 AND 10485760),
  sha256         text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  stored_by      uuid NOT NULL,
  stored_at      timestamptz NOT NULL,
  UNIQUE (partnership_id, file_id)
);
CALL isolate('stored_file', 'SELECT, INSERT, DELETE');

CREATE TABLE stored_file_piece (
  file_id        uuid NOT NULL,
  number         integer NOT NULL CHECK (number >= 0),
  partnership_id uuid NOT NULL,
  content        bytea NOT NULL CHECK (length(content) BETWEEN 1 AND 262144),
  PRIMARY KEY (file_id, number),
  FOREIGN KEY (partnership_id, file_id) REFERENCES stored_file (partnership_id, file_id) ON DELETE CASCADE
);
ALTER TABLE stored_file_piece ALTER content SET STORAGE EXTERNAL; -- what comes is packed already
CALL isolate('stored_file_piece', 'SELECT, INSERT');

CREATE FUNCTION file_is_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM stored_file_piece p JOIN stored_file f USING (file_id) WHERE f.file_id = NEW.file_id
      HAVING sum(length(p.content)) = NEW.bytes AND encode(sha256(string_agg(p.content, ''::bytea ORDER BY p.number)), 'hex') = NEW.sha256
        AND max(p.number) = count(*) - 1) THEN
    PERFORM refuse('the file is not what its hash says');
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER file_is_whole AFTER INSERT ON stored_file DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION file_is_whole();

-- A file has as many bytes as it says, so nothing can be added to it afterwards.
CREATE FUNCTION file_has_room() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM stored_file f WHERE f.file_id = NEW.file_id AND f.bytes >= length(NEW.content) +
      (SELECT coalesce(sum(length(p.content)), 0) FROM stored_file_piece p WHERE p.file_id = f.file_id)) THEN
    PERFORM refuse('the file has no room for more');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER file_has_room BEFORE INSERT ON stored_file_piece FOR EACH ROW EXECUTE FUNCTION file_has_room();
