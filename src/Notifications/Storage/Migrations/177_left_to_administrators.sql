-- A task whose last owner has left is news to the administrators from then on, however old it is.
ALTER TABLE inbox_line ADD COLUMN left_at timestamptz;
GRANT UPDATE (left_at) ON inbox_line TO {{service}}_system;
