-- A lost invitation of a guest is made anew: the link before it leads nowhere any more. Only while nobody has said yes.
GRANT UPDATE (invitation_hash, invitation_expires_at) ON guest TO {{service}}_app;
CREATE FUNCTION guest_link_is_settled() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'the invitation has been accepted or ended' USING ERRCODE = '42501';
END $$;
CREATE TRIGGER guest_link_is_settled BEFORE UPDATE OF invitation_hash, invitation_expires_at ON guest FOR EACH ROW
  WHEN ((OLD.accepted_at IS NOT NULL OR OLD.ended_at IS NOT NULL) AND NEW.invitation_hash IS DISTINCT FROM OLD.invitation_hash)
  EXECUTE FUNCTION guest_link_is_settled();
