-- How each party stands in a partnership, by the newest that is told of it: who has left hears no more.
ALTER TABLE circle_joining RENAME TO circle_standing;
ALTER TABLE circle_standing ADD COLUMN has_left boolean NOT NULL DEFAULT false;
GRANT UPDATE (occasion, has_left) ON circle_standing TO {{service}}_system;
CREATE INDEX inbox_line_by_circle ON inbox_line (circle_id, organisation_id) WHERE done_at IS NULL AND must_act;
