-- Guests of a partnership (gäster): adviser, researcher, evaluator, lawyer. Agreements tells of them; here they are let in to what they
-- were invited to read, until their last day, which the policy of access looks at itself.
CREATE TABLE guest (
  guest_id                uuid PRIMARY KEY,
  partnership_id          uuid NOT NULL,
  inviter_organisation_id uuid NOT NULL,
  inviter_unit_id         uuid,
  organisation_id         uuid NOT NULL,
  person_id               uuid NOT NULL,
  from_on                 date NOT NULL,
  to_on                   date NOT NULL CHECK (to_on >= from_on),
  reads                   boolean NOT NULL, -- was invited to this, and has not been ended
  sequence                bigint NOT NULL
);
CREATE INDEX guest_by_partnership ON guest (partnership_id);
CREATE INDEX guest_by_person ON guest (person_id);
ALTER TABLE guest ENABLE ROW LEVEL SECURITY;
ALTER TABLE guest FORCE ROW LEVEL SECURITY;
CREATE POLICY of_oneself ON guest FOR SELECT TO {{service}}_app USING (person_id = caller_person());
CREATE POLICY everything ON guest TO {{service}}_system USING (true) WITH CHECK (true);
GRANT SELECT ON guest TO {{service}}_app;
GRANT SELECT, INSERT, UPDATE ON guest TO {{service}}_system;

-- The functions that let guests in and out run as their owner, which nobody can log in as: it writes the rows of guests and no others.
CREATE POLICY sees_to_guests ON guest FOR SELECT TO {{service}}_owner USING (true);
CREATE POLICY sees_to_guests ON access TO {{service}}_owner USING (side = 'guest') WITH CHECK (side = 'guest');
CREATE POLICY sees_who_invites ON access FOR SELECT TO {{service}}_owner USING (true);
CREATE POLICY sees_to_guests ON measured_contract FOR SELECT TO {{service}}_owner USING (true);

-- What a guest of a partnership may be let in to: its plans, and the contracts that are measured for it.
CREATE FUNCTION read_by_guests(p_partnership uuid) RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT p_partnership UNION SELECT c.contract_id FROM measured_contract c WHERE c.partnership_id = p_partnership
$$;
REVOKE ALL ON FUNCTION read_by_guests FROM PUBLIC;

-- Lets the guests of a partnership in to its plans and contracts, and out of them. A guest reads what its inviter
-- reads, no longer than the inviter does, and nothing where the guest's own organisation verifies.
CREATE FUNCTION seat_guests(p_partnership uuid) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF p_partnership IS NULL OR NOT EXISTS (SELECT FROM guest WHERE partnership_id = p_partnership) THEN RETURN; END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(p_partnership::text, 150));
  DELETE FROM access WHERE side = 'guest' AND partnership_id IN (SELECT * FROM read_by_guests(p_partnership));
  INSERT INTO access (access_id, partnership_id, organisation_id, unit_id, person_id, side, may_invite, valid_from, valid_to)
  SELECT DISTINCT ON (thing, g.organisation_id, g.person_id)
    gen_random_uuid(), thing, g.organisation_id, NULL, g.person_id, 'guest', false, g.from_on, least(g.to_on, inviter.until)
  FROM guest g CROSS JOIN read_by_guests(p_partnership) thing
  CROSS JOIN LATERAL (
    SELECT max(coalesce(a.valid_to, 'infinity'::date)) AS until FROM access a
    WHERE a.partnership_id = thing AND a.organisation_id = g.inviter_organisation_id AND a.person_id IS NULL
      AND a.side NOT IN ('guest', 'verifier')
      AND (a.unit_id IS NULL OR g.inviter_unit_id IS NULL OR a.unit_id = g.inviter_unit_id)) inviter
  WHERE g.partnership_id = p_partnership AND g.reads AND inviter.until IS NOT NULL
    AND NOT EXISTS (SELECT FROM access v WHERE v.partnership_id = thing AND v.organisation_id = g.organisation_id AND v.side = 'verifier')
  ORDER BY thing, g.organisation_id, g.person_id, g.to_on DESC, g.guest_id DESC
  ON CONFLICT ON CONSTRAINT access_once DO NOTHING;
END $$;
REVOKE ALL ON FUNCTION seat_guests FROM PUBLIC;

-- Whoever comes first, the guest, the inviter or what there is to read: the last to come lets the guest in.
CREATE FUNCTION guest_is_seated() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM seat_guests(NEW.partnership_id);
  RETURN NULL;
END $$;
CREATE TRIGGER guest_is_seated AFTER INSERT OR UPDATE ON guest FOR EACH ROW EXECUTE FUNCTION guest_is_seated();
CREATE FUNCTION guests_follow_who_invited() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM seat_guests(NEW.partnership_id);
  PERFORM seat_guests((SELECT c.partnership_id FROM measured_contract c WHERE c.contract_id = NEW.partnership_id));
  RETURN NULL;
END $$;
CREATE TRIGGER guests_follow_who_invited AFTER INSERT OR UPDATE ON access FOR EACH ROW WHEN (NEW.side <> 'guest')
  EXECUTE FUNCTION guests_follow_who_invited();
CREATE TRIGGER guest_is_seated AFTER INSERT ON measured_contract FOR EACH ROW EXECUTE FUNCTION guest_is_seated();

CREATE FUNCTION caller_only_reads(p_thing uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM access own WHERE own.partnership_id = p_thing AND own.side = 'guest')
     AND NOT EXISTS (SELECT FROM access own WHERE own.partnership_id = p_thing AND own.side <> 'guest')
$$;

-- A guest reads and does nothing else, whatever roles the own organisation has given: every table that is isolated, now or later, is
-- shut to what guests might write.
CREATE PROCEDURE shut_to_guests(p_table text, p_column text) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE POLICY guests_add_nothing ON %I AS RESTRICTIVE FOR INSERT TO {{service}}_app WITH CHECK (NOT caller_only_reads(%I))', p_table, p_column);
  EXECUTE format('CREATE POLICY guests_change_nothing ON %I AS RESTRICTIVE FOR UPDATE TO {{service}}_app USING (NOT caller_only_reads(%I))', p_table, p_column);
  EXECUTE format('CREATE POLICY guests_remove_nothing ON %I AS RESTRICTIVE FOR DELETE TO {{service}}_app USING (NOT caller_only_reads(%I))', p_table, p_column);
END $$;
CREATE OR REPLACE PROCEDURE isolate(p_table text, p_grants text DEFAULT 'SELECT, INSERT, UPDATE', p_column text DEFAULT 'partnership_id')
  LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', p_table);
  EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', p_table);
  EXECUTE format('CREATE POLICY those_let_in ON %I TO {{service}}_app USING (%I IN (SELECT a.partnership_id FROM access a))', p_table, p_column);
  EXECUTE format('CREATE POLICY everything ON %I TO {{service}}_system USING (true) WITH CHECK (true)', p_table);
  EXECUTE format('GRANT %s ON %I TO {{service}}_app, {{service}}_system', p_grants, p_table);
  CALL shut_to_guests(p_table, p_column);
END $$;
DO $$
DECLARE held record;
BEGIN
  FOR held IN SELECT p.tablename, (regexp_match(p.qual, '(\w+) IN '))[1] AS named FROM pg_policies p
              WHERE p.schemaname = 'public' AND p.policyname = 'those_let_in' AND NOT EXISTS (
                SELECT FROM pg_policies shut WHERE shut.tablename = p.tablename AND shut.policyname = 'guests_add_nothing')
  LOOP
    CALL shut_to_guests(held.tablename, held.named);
  END LOOP;
END $$;

-- What is about single persons is kept from guests: keys, rows and how many they were, and what a measurement rests on, since nobody
-- here knows what stands in it. Where a contract counts single persons its figures too.
DO $$
DECLARE kept text;
BEGIN
  FOREACH kept IN ARRAY ARRAY['participant_series', 'participant_secret', 'participant', 'participant_figure', 'participant_count',
    'evidence', 'evidence_file']
  LOOP
    EXECUTE format('CREATE POLICY kept_from_guests ON %I AS RESTRICTIVE FOR SELECT TO {{service}}_app
      USING (contract_id IN (SELECT a.partnership_id FROM access a WHERE a.side <> ''guest''))', kept);
  END LOOP;
END $$;
CREATE POLICY kept_from_guests ON figure AS RESTRICTIVE FOR SELECT TO {{service}}_app USING (
  contract_id IN (SELECT a.partnership_id FROM access a WHERE a.side <> 'guest')
  OR contract_id NOT IN (SELECT m.contract_id FROM measure m WHERE m.per_person));

-- Of what has been done a guest sees the own acts.
CREATE POLICY kept_from_guests ON audit_trail AS RESTRICTIVE FOR SELECT TO {{service}}_app USING (
  partnership_id IS NULL OR person_id = caller_person()
  OR partnership_id NOT IN (SELECT a.partnership_id FROM access a WHERE a.side = 'guest')
  OR partnership_id IN (SELECT a.partnership_id FROM access a WHERE a.side <> 'guest'));
