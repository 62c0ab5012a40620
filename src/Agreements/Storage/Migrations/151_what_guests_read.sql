-- What a guest may read beside the agreement and its life, for whom it was invited, and by whom.
ALTER TABLE guest
  ADD COLUMN follow_up    boolean NOT NULL DEFAULT false,
  ADD COLUMN payments     boolean NOT NULL DEFAULT false,
  ADD COLUMN inviter_unit uuid,
  ADD COLUMN invited_by   uuid,
  DROP CONSTRAINT guest_purpose_check,
  ADD CONSTRAINT guest_purpose_check CHECK (purpose IN ('Adviser', 'Researcher', 'Evaluator', 'Lawyer'));
GRANT UPDATE (to_on, follow_up, payments) ON guest TO {{service}}_app, {{service}}_system;

-- Nobody invites in another's name.
CREATE POLICY as_oneself ON guest AS RESTRICTIVE FOR INSERT TO {{service}}_app
  WITH CHECK (inviter = caller_org() AND invited_by = caller_person() AND inviter_unit IS NOT DISTINCT FROM caller_unit());

-- Another last day holds at once. An invitation at a time: no other days can be meant.
CREATE FUNCTION guest_has_other_days() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE access SET valid_to = NEW.to_on
    WHERE partnership_id = NEW.partnership_id AND organisation_id = NEW.organisation_id AND person_id = NEW.person_id AND side = 'guest';
  RETURN NULL;
END $$;
CREATE TRIGGER guest_has_other_days AFTER UPDATE ON guest FOR EACH ROW
  WHEN (NEW.to_on <> OLD.to_on AND NEW.person_id IS NOT NULL AND NEW.ended_at IS NULL) EXECUTE FUNCTION guest_has_other_days();
