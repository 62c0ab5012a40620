-- The days for which a mail is tried count from when somebody last had it tried again. While a server may still answer for it
-- nobody else may hand it over.
ALTER TABLE mail ADD COLUMN again_at timestamptz, ADD COLUMN held_until timestamptz;
GRANT UPDATE (again_at, held_until) ON mail TO {{service}}_system;
