-- A guest reads what is said to all. What a side, a party or a body keeps to itself it does not read, also where the guest belongs to
-- that party's own organisation; whoever is let in by the own organisation as well reads as its people do.
CREATE PROCEDURE keep_from_guests(p_table text, p_but_for text) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE POLICY kept_from_guests ON %I AS RESTRICTIVE FOR SELECT TO {{service}}_app USING ((%s)
    OR partnership_id IN (SELECT a.partnership_id FROM access a WHERE a.side <> ''guest''))', p_table, p_but_for);
END $$;

DO $$
DECLARE held record;
BEGIN
  FOR held IN SELECT tablename, policyname FROM pg_policies
              WHERE schemaname = 'public' AND policyname IN ('within_circle', 'those_meant')
  LOOP
    EXECUTE format('CALL keep_from_guests(%L, %L)', held.tablename,
      CASE WHEN held.tablename = 'change_log' THEN 'circle = ''all'' AND thing <> ''guest''' -- nor of each other in the history
           WHEN held.policyname = 'within_circle' THEN 'circle = ''all''' ELSE 'audience = ''All''' END);
  END LOOP;
END $$;
-- Who has looked, and who in a party is to look, is the party's own affair.
CALL keep_from_guests('look', 'false');
CALL keep_from_guests('signing_reviewer', 'false');

-- Other aid is stated to one's partners; a guest is nobody's partner.
CREATE POLICY kept_from_guests ON aid_statement AS RESTRICTIVE FOR SELECT TO {{service}}_app
  USING (organisation = caller_org() OR organisation IN (SELECT p.organisation FROM party p
    WHERE p.partnership_id IN (SELECT a.partnership_id FROM access a WHERE a.side <> 'guest')));

-- Of what has been done in the partnership a guest sees the own acts.
CREATE POLICY kept_from_guests ON audit_trail AS RESTRICTIVE FOR SELECT TO {{service}}_app USING (
  partnership_id IS NULL OR person_id = caller_person()
  OR partnership_id NOT IN (SELECT a.partnership_id FROM access a WHERE a.side = 'guest')
  OR partnership_id IN (SELECT a.partnership_id FROM access a WHERE a.side <> 'guest'));

-- Guests do not read of each other. Everybody reads of oneself, also when it is over.
CALL keep_from_guests('guest', 'person_id = caller_person()');
CREATE POLICY of_oneself ON guest FOR SELECT TO {{service}}_app USING (person_id = caller_person());

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
