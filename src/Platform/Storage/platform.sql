-- What every service's database stands on. {{service}} is the service's name; run as {{service}}_owner.

CREATE FUNCTION caller_org() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('iop.org', true), '')::uuid $$;
CREATE FUNCTION caller_unit() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('iop.unit', true), '')::uuid $$;
CREATE FUNCTION caller_person() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('iop.person', true), '')::uuid $$;
CREATE FUNCTION caller_today() RETURNS date LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('iop.today', true), '')::date $$;

-- Who may see what: the one table that every policy asks. partnership_id holds the contract's id where a contract is the unit.
CREATE TABLE access (
  access_id       uuid PRIMARY KEY,
  partnership_id  uuid NOT NULL,
  organisation_id uuid NOT NULL,
  unit_id         uuid,
  person_id       uuid,
  side            text NOT NULL CHECK (side IN ('public', 'idea-driven', 'private', 'funder', 'verifier', 'guest')),
  audience        text NOT NULL DEFAULT 'all' CHECK (audience IN ('own-party', 'own-side', 'all')),
  may_invite      boolean NOT NULL DEFAULT false,
  valid_from      date NOT NULL,
  valid_to        date,
  CONSTRAINT access_once UNIQUE NULLS NOT DISTINCT (partnership_id, organisation_id, unit_id, person_id)
);
CREATE INDEX access_by_organisation ON access (organisation_id, partnership_id);
ALTER TABLE access ENABLE ROW LEVEL SECURITY;
ALTER TABLE access FORCE ROW LEVEL SECURITY;
-- Select only: with FOR ALL a stranger could let himself in.
CREATE POLICY own_rows ON access FOR SELECT TO {{service}}_app USING (
  organisation_id = caller_org()
  AND (unit_id IS NULL OR caller_unit() IS NULL OR unit_id = caller_unit())
  AND (person_id IS NULL OR person_id = caller_person())
  AND valid_from <= caller_today() AND (valid_to IS NULL OR valid_to >= caller_today()));
CREATE POLICY everything ON access TO {{service}}_system USING (true) WITH CHECK (true);
GRANT SELECT ON access TO {{service}}_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON access TO {{service}}_system;

-- The only way in for the application: the first row of a new partnership for the caller's own organisation,
-- further rows if the caller's own row allows inviting. Owned by {{service}}_system (Migrations sees to it), so it passes the policy.
CREATE FUNCTION let_in(p_access uuid, p_partnership uuid, p_organisation uuid, p_unit uuid, p_person uuid, p_side text,
                       p_may_invite boolean, p_from date, p_to date) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF caller_org() IS NULL THEN
    RAISE EXCEPTION 'no caller' USING ERRCODE = '42501';
  END IF;
  -- One newcomer at a time, so that two cannot both be the first.
  PERFORM pg_advisory_xact_lock(hashtextextended(p_partnership::text, 4712));
  IF EXISTS (SELECT FROM access WHERE partnership_id = p_partnership) THEN
    IF NOT EXISTS (SELECT FROM access WHERE partnership_id = p_partnership AND organisation_id = caller_org() AND may_invite
        AND (unit_id IS NULL OR caller_unit() IS NULL OR unit_id = caller_unit())
        AND (person_id IS NULL OR person_id = caller_person())
        AND valid_from <= caller_today() AND (valid_to IS NULL OR valid_to >= caller_today())) THEN
      RAISE EXCEPTION 'the caller may not invite' USING ERRCODE = '42501';
    END IF;
  ELSIF p_organisation <> caller_org() THEN
    RAISE EXCEPTION 'the first in a partnership is the caller' USING ERRCODE = '42501';
  END IF;
  INSERT INTO access (access_id, partnership_id, organisation_id, unit_id, person_id, side, may_invite, valid_from, valid_to)
  VALUES (p_access, p_partnership, p_organisation, p_unit, p_person, p_side, p_may_invite, p_from, p_to)
  ON CONFLICT ON CONSTRAINT access_once DO NOTHING;
END $$;
REVOKE ALL ON FUNCTION let_in FROM PUBLIC;

-- Puts a table under the one policy. The table has a column partnership_id, or the one named.
-- Grants are what the application's login may do; the system login may do the same.
CREATE PROCEDURE isolate(p_table text, p_grants text DEFAULT 'SELECT, INSERT, UPDATE', p_column text DEFAULT 'partnership_id')
  LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', p_table);
  EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', p_table);
  EXECUTE format('CREATE POLICY those_let_in ON %I TO {{service}}_app USING (%I IN (SELECT a.partnership_id FROM access a))', p_table, p_column);
  EXECUTE format('CREATE POLICY everything ON %I TO {{service}}_system USING (true) WITH CHECK (true)', p_table);
  EXECUTE format('GRANT %s ON %I TO {{service}}_app, {{service}}_system', p_grants, p_table);
END $$;

-- A message is a row until it is sent. The application may add, never read.
CREATE TABLE outbox (
  position     bigint GENERATED ALWAYS AS IDENTITY,
  message_id   uuid PRIMARY KEY,
  aggregate_id uuid NOT NULL,
  partition    smallint NOT NULL,
  exchange     text NOT NULL,
  envelope     bytea NOT NULL,
  trace        text,
  created_at   timestamptz NOT NULL,
  published_at timestamptz
);
CREATE INDEX outbox_waiting ON outbox (partition, position) WHERE published_at IS NULL;
CREATE INDEX outbox_by_age ON outbox (created_at);
GRANT INSERT ON outbox TO {{service}}_app;
GRANT SELECT, INSERT, UPDATE (published_at), DELETE ON outbox TO {{service}}_system;
CREATE FUNCTION outbox_rings() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NOTIFY outbox; RETURN NULL; END $$;
CREATE TRIGGER outbox_rings AFTER INSERT ON outbox FOR EACH STATEMENT EXECUTE FUNCTION outbox_rings();

-- Deliveries that have had their effect.
CREATE TABLE inbox (
  message_id uuid NOT NULL,
  consumer   text NOT NULL,
  handled_at timestamptz NOT NULL,
  PRIMARY KEY (message_id, consumer)
);
CREATE INDEX inbox_by_age ON inbox (handled_at);
GRANT SELECT, INSERT, DELETE ON inbox TO {{service}}_system;

-- The newest sequence a consumer knows of another service's aggregate.
CREATE TABLE heard (
  consumer     text NOT NULL,
  aggregate_id uuid NOT NULL,
  sequence     bigint NOT NULL,
  PRIMARY KEY (consumer, aggregate_id)
);
GRANT SELECT, INSERT, UPDATE ON heard TO {{service}}_system;

CREATE TABLE idempotency (
  organisation_id uuid NOT NULL,
  person_id       uuid NOT NULL,
  operation       text NOT NULL,
  key             text NOT NULL,
  request_hash    bytea NOT NULL,
  answer          jsonb,
  created_at      timestamptz NOT NULL,
  PRIMARY KEY (organisation_id, person_id, operation, key)
);
CREATE INDEX idempotency_by_age ON idempotency (created_at);
ALTER TABLE idempotency ENABLE ROW LEVEL SECURITY;
ALTER TABLE idempotency FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON idempotency TO {{service}}_app
  USING (organisation_id = caller_org() AND person_id = caller_person());
CREATE POLICY everything ON idempotency TO {{service}}_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE (answer) ON idempotency TO {{service}}_app;
GRANT SELECT, DELETE ON idempotency TO {{service}}_system;

-- Who did what when. Nobody may change or delete.
CREATE TABLE audit_trail (
  entry_id        uuid PRIMARY KEY,
  at              timestamptz NOT NULL,
  organisation_id uuid NOT NULL,
  person_id       uuid NOT NULL,
  operation       text NOT NULL,
  partnership_id  uuid,
  subject_id      uuid,
  changes         jsonb NOT NULL
);
CREATE INDEX audit_trail_by_partnership ON audit_trail (partnership_id, entry_id);
CREATE INDEX audit_trail_by_organisation ON audit_trail (organisation_id, entry_id);
ALTER TABLE audit_trail ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_trail FORCE ROW LEVEL SECURITY;
CREATE POLICY read_own ON audit_trail FOR SELECT TO {{service}}_app
  USING (organisation_id = caller_org() OR partnership_id IN (SELECT a.partnership_id FROM access a));
CREATE POLICY add_own ON audit_trail FOR INSERT TO {{service}}_app
  WITH CHECK (organisation_id = caller_org() AND person_id = caller_person());
CREATE POLICY everything ON audit_trail TO {{service}}_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT ON audit_trail TO {{service}}_app, {{service}}_system;

-- What must happen at a time, once, however many replicas there are.
CREATE TABLE timer (
  timer_id   uuid PRIMARY KEY,
  kind       text NOT NULL,
  subject_id uuid NOT NULL,
  due_at     timestamptz NOT NULL,
  attempts   integer NOT NULL DEFAULT 0,
  done_at    timestamptz,
  UNIQUE (kind, subject_id, due_at)
);
CREATE INDEX timer_waiting ON timer (due_at) WHERE done_at IS NULL;
GRANT INSERT ON timer TO {{service}}_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON timer TO {{service}}_system;

-- Keys that sign or seal; the private half is encrypted with the service's secret. Public halves are kept for ever.
CREATE TABLE signing_key (
  kid         text PRIMARY KEY,
  purpose     text NOT NULL,
  public_jwk  jsonb NOT NULL,
  private_key bytea NOT NULL,
  created_at  timestamptz NOT NULL
);
CREATE INDEX signing_key_by_purpose ON signing_key (purpose, created_at);
GRANT SELECT ON signing_key TO {{service}}_app;
GRANT SELECT, INSERT ON signing_key TO {{service}}_system;
