-- A deadline with a time of day: a meeting. The others are whole days.
ALTER TABLE deadline ADD COLUMN starts_at timestamptz;
GRANT UPDATE (starts_at) ON deadline TO {{service}}_system;
