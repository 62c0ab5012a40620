-- Somebody from outside reads one partnership for a limited time (gäst): an adviser or a researcher, by invitation.
CREATE TABLE guest (
  guest_id              uuid PRIMARY KEY,
  partnership_id        uuid NOT NULL REFERENCES partnership,
  inviter               uuid NOT NULL,
  name                  text NOT NULL,
  purpose               text NOT NULL CHECK (purpose IN ('Adviser', 'Researcher')),
  reason                text NOT NULL,
  from_on               date NOT NULL,
  to_on                 date NOT NULL CHECK (to_on >= from_on),
  invitation_hash       bytea NOT NULL UNIQUE,
  invitation_expires_at timestamptz NOT NULL,
  -- Who it turned out to be, when the invitation was accepted.
  organisation_id       uuid,
  person_id             uuid,
  accepted_at           timestamptz,
  ended_at              timestamptz,
  version               bigint NOT NULL,
  CHECK ((person_id IS NULL) = (accepted_at IS NULL) AND (organisation_id IS NULL) = (accepted_at IS NULL))
);
CREATE INDEX guest_by_partnership ON guest (partnership_id);
CALL isolate('guest', 'SELECT, INSERT, UPDATE (ended_at, version)');

-- The two functions below run as their owner, which nobody can log in as: it may see to the rows of guests and no others.
CREATE POLICY sees_to_guests ON access TO {{service}}_owner USING (side = 'guest') WITH CHECK (side = 'guest');
CREATE POLICY sees_to_guests ON guest TO {{service}}_owner USING (true) WITH CHECK (true);

-- Whoever holds the invitation, and is signed in, becomes the guest: that person only, for those days only, without inviting others.
CREATE FUNCTION admit_guest(p_access uuid, p_invitation bytea, p_now timestamptz) RETURNS uuid
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
  UPDATE guest SET organisation_id = caller_org(), person_id = caller_person(), accepted_at = p_now, version = version + 1
    WHERE guest_id = invited.guest_id;
  INSERT INTO access (access_id, partnership_id, organisation_id, unit_id, person_id, side, may_invite, valid_from, valid_to)
  VALUES (p_access, invited.partnership_id, caller_org(), NULL, caller_person(), 'guest', false, invited.from_on, invited.to_on)
  ON CONFLICT ON CONSTRAINT access_once DO UPDATE
    SET valid_from = least(access.valid_from, excluded.valid_from), valid_to = greatest(access.valid_to, excluded.valid_to)
    WHERE access.side = 'guest';
  RETURN invited.partnership_id;
END $$;
REVOKE ALL ON FUNCTION admit_guest FROM PUBLIC;
GRANT EXECUTE ON FUNCTION admit_guest TO {{service}}_app;

-- When a guest's time is cut short the row of access ends with it, unless another invitation of the same person still holds.
CREATE FUNCTION guest_has_ended() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.ended_at IS NOT NULL AND OLD.ended_at IS NULL AND NEW.person_id IS NOT NULL THEN
    UPDATE access SET valid_to = coalesce(
        (SELECT max(other.to_on) FROM guest other WHERE other.partnership_id = NEW.partnership_id
           AND other.person_id = NEW.person_id AND other.organisation_id = NEW.organisation_id
           AND other.guest_id <> NEW.guest_id AND other.ended_at IS NULL),
        valid_from - 1)
      WHERE partnership_id = NEW.partnership_id AND organisation_id = NEW.organisation_id AND person_id = NEW.person_id
        AND side = 'guest';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guest_has_ended BEFORE UPDATE ON guest FOR EACH ROW EXECUTE FUNCTION guest_has_ended();

-- A guest reads and does nothing else, whatever roles the own organisation has given.
CREATE FUNCTION caller_only_reads(p_partnership uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM access own WHERE own.partnership_id = p_partnership AND own.side = 'guest')
     AND NOT EXISTS (SELECT FROM access own WHERE own.partnership_id = p_partnership AND own.side <> 'guest')
$$;
DO $$
DECLARE held record;
BEGIN
  FOR held IN SELECT tablename, (regexp_match(qual, '(\w+) IN '))[1] AS named FROM pg_policies
              WHERE schemaname = 'public' AND policyname = 'those_let_in'
  LOOP
    EXECUTE format('CREATE POLICY guests_add_nothing ON %I AS RESTRICTIVE FOR INSERT TO {{service}}_app WITH CHECK (NOT caller_only_reads(%I))',
                   held.tablename, held.named);
    EXECUTE format('CREATE POLICY guests_change_nothing ON %I AS RESTRICTIVE FOR UPDATE TO {{service}}_app USING (NOT caller_only_reads(%I))',
                   held.tablename, held.named);
    EXECUTE format('CREATE POLICY guests_remove_nothing ON %I AS RESTRICTIVE FOR DELETE TO {{service}}_app USING (NOT caller_only_reads(%I))',
                   held.tablename, held.named);
  END LOOP;
END $$;
