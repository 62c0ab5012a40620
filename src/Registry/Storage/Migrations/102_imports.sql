-- A list that somebody wants to bring in: every row as it was read, with what is wrong with it. Nothing of it is in the register
-- until somebody confirms it.
CREATE TABLE import (
  import_id       uuid PRIMARY KEY,
  organisation_id uuid NOT NULL,
  file_name       text NOT NULL,
  state           text NOT NULL CHECK (state IN ('Read', 'Written', 'Discarded')),
  rows            integer NOT NULL,
  faulty          integer NOT NULL,
  known           integer NOT NULL,
  unmapped        text[] NOT NULL,
  read_at         timestamptz NOT NULL,
  written_at      timestamptz,
  version         bigint NOT NULL
);
CREATE TABLE import_row (
  import_id uuid NOT NULL REFERENCES import DEFERRABLE INITIALLY DEFERRED,
  number    integer NOT NULL,
  entry_id  uuid,
  title     text NOT NULL,
  words     jsonb,
  faults    text[] NOT NULL,
  PRIMARY KEY (import_id, number)
);
CREATE INDEX import_row_faulty ON import_row (import_id, number) WHERE faults <> '{}';
-- Headings as an organisation writes them, and what they are here.
CREATE TABLE import_heading (
  organisation_id uuid NOT NULL,
  heading         text NOT NULL,
  column_name     text NOT NULL,
  PRIMARY KEY (organisation_id, heading)
);
-- Whose import it is, is looked after by the policies: lists that are not in the register yet are nobody else's business.
ALTER TABLE import ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON import TO {{service}}_app USING (organisation_id = caller_org()) WITH CHECK (organisation_id = caller_org());
-- (Rows have no policy of their own: COPY and row-level security do not go together. They are read only by way of their import.)
ALTER TABLE import_heading ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON import_heading TO {{service}}_app USING (organisation_id = caller_org()) WITH CHECK (organisation_id = caller_org());
GRANT SELECT, INSERT, UPDATE ON import TO {{service}}_app;
GRANT SELECT, INSERT, UPDATE (entry_id, faults) ON import_row TO {{service}}_app;
GRANT SELECT, INSERT, DELETE ON import_heading TO {{service}}_app;
