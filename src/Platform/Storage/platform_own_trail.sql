-- One's own lines can be read whole, whatever organisation one acted for, and only when asked for (iop.own): what is kept about me.
CREATE FUNCTION caller_asks_for_own() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT coalesce(current_setting('iop.own', true), '') = 'yes' $$;
CREATE POLICY read_mine ON audit_trail FOR SELECT TO {{service}}_app
  USING (caller_asks_for_own() AND person_id = caller_person());
ALTER POLICY not_for_operators ON audit_trail
  USING (partnership_id IS NULL OR NOT caller_only_operates() OR (caller_asks_for_own() AND person_id = caller_person()));
-- By person, and by operation: a trail of a hundred thousand lines is read page by page.
CREATE INDEX audit_trail_by_person ON audit_trail (person_id, entry_id);
CREATE INDEX audit_trail_by_operation ON audit_trail (operation, entry_id);
