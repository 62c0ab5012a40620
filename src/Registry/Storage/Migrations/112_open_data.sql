-- In which transaction an entry was last written: readers who come back get all that has been written since, and miss nothing that
-- was being written while they read.
ALTER TABLE entry ADD COLUMN written_in xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE INDEX entry_by_writing ON entry (written_in, entry_id);
CREATE FUNCTION note_writing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.written_in := pg_current_xact_id();
  RETURN NEW;
END $$;
CREATE TRIGGER note_writing BEFORE UPDATE ON entry FOR EACH ROW EXECUTE FUNCTION note_writing();

-- The register as it stood on a day; written once and never changed.
CREATE TABLE snapshot (
  taken_on date NOT NULL,
  name     text NOT NULL CHECK (name IN ('entries.csv', 'parties.csv', 'statistics.json')),
  taken_at timestamptz NOT NULL,
  rows     integer NOT NULL,
  sha256   text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  zipped   bytea NOT NULL,
  PRIMARY KEY (taken_on, name)
);
GRANT SELECT ON snapshot TO {{service}}_app;
GRANT SELECT, INSERT ON snapshot TO {{service}}_system;
