-- A line for one person among those who have the roles.
ALTER TABLE inbox_line ADD COLUMN person_id uuid;

-- One person has done her part of what a line asks of several; kept because the line may come after it.
CREATE TABLE own_part_done (
  matter    text NOT NULL,
  kind      text NOT NULL,
  whose     uuid NOT NULL,
  person_id uuid NOT NULL,
  occasion  bigint NOT NULL,
  PRIMARY KEY (matter, kind, whose, person_id)
);
GRANT SELECT, INSERT, UPDATE ON own_part_done TO {{service}}_system;
GRANT INSERT ON dismissal TO {{service}}_system;
