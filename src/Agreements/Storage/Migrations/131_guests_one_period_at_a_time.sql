-- A guest has one invitation at a time to a partnership: periods agreed one by one never grow into a longer one.
CREATE OR REPLACE FUNCTION admit_guest(p_access uuid, p_invitation bytea, p_now timestamptz) RETURNS uuid
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE invited guest%ROWTYPE;
BEGIN
  IF caller_org() IS NULL OR caller_person() IS NULL THEN
    RAISE EXCEPTION 'no caller' USING ERRCODE = '42501';
  END IF;
  SELECT * INTO invited FROM guest WHERE invitation_hash = p_invitation FOR UPDATE;
  IF NOT FOUND OR invited.accepted_at IS NOT NULL OR invited.ended_at IS NOT NULL OR invited.invitation_expires_at <= p_now
     OR invited.to_on < caller_today() THEN
    RETURN NULL;
  END IF;
  -- One acceptance of a person at a time: two must not both be the only one.
  PERFORM pg_advisory_xact_lock(hashtextextended(invited.partnership_id::text || ' ' || caller_person()::text, 131));
  IF EXISTS (SELECT FROM guest other WHERE other.partnership_id = invited.partnership_id
       AND other.organisation_id = caller_org() AND other.person_id = caller_person()
       AND other.ended_at IS NULL AND other.to_on >= caller_today()) THEN
    RETURN NULL;
  END IF;
  UPDATE guest SET organisation_id = caller_org(), person_id = caller_person(), accepted_at = p_now, version = version + 1
    WHERE guest_id = invited.guest_id;
  INSERT INTO access (access_id, partnership_id, organisation_id, unit_id, person_id, side, may_invite, valid_from, valid_to)
  VALUES (p_access, invited.partnership_id, caller_org(), NULL, caller_person(), 'guest', false, invited.from_on, invited.to_on)
  ON CONFLICT ON CONSTRAINT access_once DO UPDATE SET valid_from = excluded.valid_from, valid_to = excluded.valid_to
    WHERE access.side = 'guest';
  RETURN invited.partnership_id;
END $$;

-- What is left after an ending is one invitation that is not over (the first, where older ones were merged), or nothing.
CREATE OR REPLACE FUNCTION guest_has_ended() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE remains record;
BEGIN
  IF NEW.ended_at IS NOT NULL AND OLD.ended_at IS NULL AND NEW.person_id IS NOT NULL THEN
    SELECT other.from_on, other.to_on INTO remains FROM guest other
      WHERE other.partnership_id = NEW.partnership_id AND other.person_id = NEW.person_id
        AND other.organisation_id = NEW.organisation_id AND other.guest_id <> NEW.guest_id
        AND other.ended_at IS NULL AND other.to_on >= caller_today()
      ORDER BY other.from_on, other.guest_id LIMIT 1;
    UPDATE access SET valid_from = coalesce(remains.from_on, valid_from), valid_to = coalesce(remains.to_on, valid_from - 1)
      WHERE partnership_id = NEW.partnership_id AND organisation_id = NEW.organisation_id AND person_id = NEW.person_id
        AND side = 'guest';
  END IF;
  RETURN NEW;
END $$;
