-- News of partnerships and contracts is not for those who only operate the platform, also what all of an organisation may read.
CREATE POLICY not_for_operators ON inbox_line AS RESTRICTIVE FOR SELECT TO {{service}}_app
  USING (circle_id IS NULL OR NOT caller_only_operates());
CREATE POLICY not_for_operators ON circle_member AS RESTRICTIVE FOR SELECT TO {{service}}_app USING (NOT caller_only_operates());
