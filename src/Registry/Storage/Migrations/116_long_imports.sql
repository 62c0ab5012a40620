-- A long list is written by itself when it has been confirmed; everybody who may see it can see how far it has come.
ALTER TABLE import DROP CONSTRAINT import_state_check;
ALTER TABLE import ADD CONSTRAINT import_state_check CHECK (state IN ('Read', 'Writing', 'Written', 'Discarded'));
ALTER TABLE import ADD COLUMN is_operators boolean NOT NULL DEFAULT false;
CREATE POLICY system_rows ON import TO {{service}}_system USING (true) WITH CHECK (true);
-- (No foreign key: it is written beside the transaction that holds the import.)
CREATE TABLE import_progress (
  import_id uuid PRIMARY KEY,
  done      integer NOT NULL
);
GRANT SELECT ON import_progress TO {{service}}_app;
GRANT SELECT, INSERT, UPDATE ON import_progress TO {{service}}_system;
GRANT SELECT, UPDATE ON import TO {{service}}_system;
GRANT SELECT ON import_row TO {{service}}_system;
GRANT INSERT ON entry_document TO {{service}}_system;

-- The id that a row brings with it from another register, so that what leads to it still does.
ALTER TABLE import_row ADD COLUMN kept_id uuid;
GRANT UPDATE (kept_id) ON import_row TO {{service}}_app;
CREATE UNIQUE INDEX import_row_by_kept_id ON import_row (import_id, kept_id) WHERE kept_id IS NOT NULL;
