-- How many people live where, as the operator imports it from open data.
CREATE TABLE inhabitants (
  place_code text NOT NULL,
  year       integer NOT NULL CHECK (year BETWEEN 1968 AND 2200),
  count      bigint NOT NULL CHECK (count >= 0),
  PRIMARY KEY (place_code, year)
);
GRANT SELECT, INSERT, UPDATE ON inhabitants TO {{service}}_app;
GRANT SELECT ON inhabitants TO {{service}}_system;

-- How often what is counted has changed. One row per writing connection: writers never wait for each other, and the sum in a
-- reader's snapshot counts exactly the changes that the snapshot holds.
CREATE TABLE register_change (
  writer  integer PRIMARY KEY,
  changes bigint NOT NULL
);
GRANT SELECT ON register_change TO {{service}}_app, {{service}}_system;

CREATE FUNCTION register_changes() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO register_change AS known (writer, changes) VALUES (pg_backend_pid() % 1024, 1)
    ON CONFLICT (writer) DO UPDATE SET changes = known.changes + 1;
  RETURN NULL;
END $$;
CREATE TRIGGER register_changes AFTER INSERT OR UPDATE OR DELETE ON entry FOR EACH STATEMENT EXECUTE FUNCTION register_changes();
CREATE TRIGGER register_changes AFTER INSERT OR UPDATE OR DELETE ON entry_party FOR EACH STATEMENT EXECUTE FUNCTION register_changes();
CREATE TRIGGER register_changes AFTER INSERT OR UPDATE OR DELETE ON entry_resource FOR EACH STATEMENT EXECUTE FUNCTION register_changes();
CREATE TRIGGER register_changes AFTER INSERT OR UPDATE OR DELETE ON entry_change FOR EACH STATEMENT EXECUTE FUNCTION register_changes();
CREATE TRIGGER register_changes AFTER INSERT OR UPDATE OR DELETE ON organisation FOR EACH STATEMENT EXECUTE FUNCTION register_changes();
CREATE TRIGGER register_changes AFTER INSERT OR UPDATE OR DELETE ON inhabitants FOR EACH STATEMENT EXECUTE FUNCTION register_changes();

-- The figures of a day, as they were counted when the register had changed so many times; counted again when it has changed.
CREATE TABLE counted_figures (
  as_of   date PRIMARY KEY,
  changes bigint NOT NULL,
  body    jsonb NOT NULL
);
GRANT SELECT, INSERT, UPDATE ON counted_figures TO {{service}}_app, {{service}}_system;
