-- The shared pool (gemensam pott). Its ledger is only added to, and on no day is it below zero, however many decide at once.

CREATE TABLE shared_pool (
  pool_id        uuid PRIMARY KEY,
  agreement_id   uuid NOT NULL UNIQUE,
  partnership_id uuid NOT NULL,
  title          text NOT NULL,
  holder_id      uuid NOT NULL,
  decision_id    uuid NOT NULL,
  settled_at     timestamptz,
  version        bigint NOT NULL,
  UNIQUE (partnership_id, pool_id),
  FOREIGN KEY (partnership_id, agreement_id) REFERENCES agreement (partnership_id, agreement_id),
  FOREIGN KEY (partnership_id, holder_id) REFERENCES party (partnership_id, party_id),
  FOREIGN KEY (agreement_id, decision_id) REFERENCES body_decision (agreement_id, decision_id)
);
CALL isolate('shared_pool', 'SELECT, INSERT, UPDATE (settled_at, version)');

CREATE TABLE pool_rate (
  rate_id        uuid PRIMARY KEY,
  pool_id        uuid NOT NULL,
  partnership_id uuid NOT NULL,
  unit           text NOT NULL,
  ore_per_unit   bigint NOT NULL CHECK (ore_per_unit > 0),
  starts_on      date NOT NULL,
  decision_id    uuid NOT NULL REFERENCES body_decision,
  UNIQUE (pool_id, rate_id),
  UNIQUE (pool_id, unit, starts_on),
  FOREIGN KEY (partnership_id, pool_id) REFERENCES shared_pool (partnership_id, pool_id)
);
CALL isolate('pool_rate', 'SELECT, INSERT');

CREATE TABLE pool_criterion (
  criterion_id   uuid PRIMARY KEY,
  pool_id        uuid NOT NULL,
  partnership_id uuid NOT NULL,
  set_number     integer NOT NULL CHECK (set_number > 0),
  rank           integer NOT NULL CHECK (rank > 0),
  text           text NOT NULL,
  agreed_on      date NOT NULL,
  decision_id    uuid NOT NULL REFERENCES body_decision,
  UNIQUE (pool_id, set_number, rank),
  FOREIGN KEY (partnership_id, pool_id) REFERENCES shared_pool (partnership_id, pool_id)
);
CALL isolate('pool_criterion', 'SELECT, INSERT');

CREATE TABLE pool_grant (
  grant_id            uuid PRIMARY KEY,
  pool_id             uuid NOT NULL,
  partnership_id      uuid NOT NULL,
  party_id            uuid NOT NULL,
  ore                 bigint NOT NULL CHECK (ore > 0),
  purpose             text NOT NULL,
  criteria            uuid[] NOT NULL CHECK (cardinality(criteria) > 0),
  decision_id         uuid NOT NULL REFERENCES body_decision,
  released_at         timestamptz,
  released_because    text,
  release_decision_id uuid REFERENCES body_decision,
  version             bigint NOT NULL,
  UNIQUE (pool_id, grant_id),
  CHECK ((released_at IS NULL) = (released_because IS NULL) AND (released_at IS NULL) = (release_decision_id IS NULL)),
  FOREIGN KEY (partnership_id, pool_id) REFERENCES shared_pool (partnership_id, pool_id),
  FOREIGN KEY (partnership_id, party_id) REFERENCES party (partnership_id, party_id)
);
CALL isolate('pool_grant', 'SELECT, INSERT, UPDATE (released_at, released_because, release_decision_id, version)');

CREATE TABLE pool_entry (
  entry_id       uuid PRIMARY KEY,
  pool_id        uuid NOT NULL,
  partnership_id uuid NOT NULL,
  number         integer NOT NULL CHECK (number > 0),
  kind           text NOT NULL CHECK (kind IN ('Accrual', 'Deposit', 'Payout', 'Reversal', 'Settlement')),
  party_id       uuid NOT NULL,
  ore            bigint NOT NULL CHECK (ore <> 0),
  booked_on      date NOT NULL,
  note           text,
  rate_id        uuid,
  quantity       integer CHECK (quantity > 0),
  starts_on      date,
  ends_on        date CHECK (ends_on >= starts_on),
  grant_id       uuid,
  reverses       uuid UNIQUE REFERENCES pool_entry,
  recorded_by    uuid NOT NULL,
  recorded_for   uuid NOT NULL,
  recorded_at    timestamptz NOT NULL,
  UNIQUE (pool_id, number),
  CHECK (kind = 'Reversal' OR (ore > 0) = (kind IN ('Accrual', 'Deposit'))),
  CHECK ((kind = 'Accrual') = (rate_id IS NOT NULL) AND (kind = 'Accrual') = (quantity IS NOT NULL)
     AND (kind = 'Accrual') = (starts_on IS NOT NULL) AND (kind = 'Accrual') = (ends_on IS NOT NULL)),
  CHECK ((kind = 'Reversal') = (reverses IS NOT NULL)),
  CHECK (kind = 'Reversal' OR (kind = 'Payout') = (grant_id IS NOT NULL)),
  FOREIGN KEY (partnership_id, pool_id) REFERENCES shared_pool (partnership_id, pool_id),
  FOREIGN KEY (partnership_id, party_id) REFERENCES party (partnership_id, party_id),
  FOREIGN KEY (pool_id, rate_id) REFERENCES pool_rate (pool_id, rate_id),
  FOREIGN KEY (pool_id, grant_id) REFERENCES pool_grant (pool_id, grant_id)
);
CREATE INDEX pool_entry_by_grant ON pool_entry (grant_id);
CALL isolate('pool_entry', 'SELECT, INSERT');

-- One writer at a time: whoever waits here sees, in the next statement, what the one before has written.
CREATE FUNCTION pool_is_open(p_pool uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE settled timestamptz;
BEGIN
  SELECT settled_at INTO settled FROM shared_pool WHERE pool_id = p_pool FOR UPDATE;
  IF NOT FOUND THEN PERFORM refuse('no such pool'); END IF;
  IF settled IS NOT NULL THEN PERFORM refuse('the pool is settled'); END IF;
END $$;

CREATE FUNCTION pool_balance(p_pool uuid) RETURNS bigint LANGUAGE sql AS $$
  SELECT coalesce(sum(ore), 0)::bigint FROM pool_entry WHERE pool_id = p_pool $$;

-- Decided on, and neither paid nor released.
CREATE FUNCTION pool_granted(p_pool uuid) RETURNS bigint LANGUAGE sql AS $$
  SELECT coalesce(sum(g.ore + coalesce((SELECT sum(e.ore) FROM pool_entry e WHERE e.grant_id = g.grant_id), 0)), 0)::bigint
    FROM pool_grant g WHERE g.pool_id = p_pool AND g.released_at IS NULL $$;

CREATE FUNCTION pool_entry_holds() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE lowest bigint; wrong pool_entry; paid bigint; given bigint;
BEGIN
  PERFORM pool_is_open(NEW.pool_id);
  IF NEW.recorded_for IS DISTINCT FROM caller_org() OR NEW.recorded_by IS DISTINCT FROM caller_person() THEN
    PERFORM refuse('nobody writes for another');
  END IF;
  IF NEW.booked_on > caller_today() THEN PERFORM refuse('the day is yet to come'); END IF;
  IF NEW.number <> (SELECT count(*) + 1 FROM pool_entry WHERE pool_id = NEW.pool_id) THEN PERFORM refuse('lines follow one another'); END IF;
  IF NEW.kind = 'Accrual' AND NEW.ore <> NEW.quantity * (SELECT ore_per_unit FROM pool_rate WHERE rate_id = NEW.rate_id) THEN
    PERFORM refuse('the rate gives another amount');
  END IF;
  IF NEW.kind = 'Reversal' THEN
    SELECT * INTO wrong FROM pool_entry WHERE entry_id = NEW.reverses AND pool_id = NEW.pool_id;
    IF wrong.entry_id IS NULL OR wrong.kind IN ('Reversal', 'Settlement') OR NEW.ore <> -wrong.ore OR NEW.party_id <> wrong.party_id
       OR NEW.grant_id IS DISTINCT FROM wrong.grant_id THEN
      PERFORM refuse('a reversal takes one line back, all of it');
    END IF;
  END IF;
  SELECT min(balance) INTO lowest FROM (
    SELECT sum(sum(ore)) OVER (ORDER BY booked_on) AS balance FROM (
      SELECT booked_on, ore FROM pool_entry WHERE pool_id = NEW.pool_id UNION ALL SELECT NEW.booked_on, NEW.ore) line
    GROUP BY booked_on) day;
  IF lowest < 0 THEN PERFORM refuse('the pool would fall below zero'); END IF;
  IF NEW.kind = 'Payout' THEN
    SELECT ore INTO given FROM pool_grant WHERE grant_id = NEW.grant_id AND party_id = NEW.party_id AND released_at IS NULL;
    SELECT -coalesce(sum(ore), 0) - NEW.ore INTO paid FROM pool_entry WHERE grant_id = NEW.grant_id;
    IF given IS NULL OR paid > given THEN PERFORM refuse('more than was decided'); END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER pool_entry_holds BEFORE INSERT ON pool_entry FOR EACH ROW EXECUTE FUNCTION pool_entry_holds();

CREATE FUNCTION pool_grant_holds() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pool_is_open(NEW.pool_id);
  IF TG_OP = 'UPDATE' THEN
    IF OLD.released_at IS NOT NULL THEN PERFORM refuse('released already'); END IF;
    RETURN NEW;
  END IF;
  IF NEW.released_at IS NOT NULL THEN PERFORM refuse('first decided, then released'); END IF;
  IF NEW.ore > pool_balance(NEW.pool_id) - pool_granted(NEW.pool_id) THEN PERFORM refuse('more than is left'); END IF;
  IF EXISTS (SELECT unnest(NEW.criteria) EXCEPT SELECT c.criterion_id FROM pool_criterion c, body_decision d
      WHERE c.pool_id = NEW.pool_id AND d.decision_id = NEW.decision_id AND c.agreed_on <= d.meeting_on) THEN
    PERFORM refuse('criteria are agreed in advance');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER pool_grant_holds BEFORE INSERT OR UPDATE ON pool_grant FOR EACH ROW EXECUTE FUNCTION pool_grant_holds();

-- Money is decided on by both sides together.
CREATE FUNCTION decision_is_joint(p_decision uuid) RETURNS boolean LANGUAGE sql AS $$
  SELECT count(DISTINCT p.kind) = 2 FROM body_decision d JOIN party p ON p.party_id = ANY (d.took_part)
   WHERE d.decision_id = p_decision AND p.kind IN ('Public', 'IdeaDriven') $$;

CREATE FUNCTION pool_is_joint() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT decision_is_joint(NEW.decision_id) THEN PERFORM refuse('both sides decide'); END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER pool_is_joint BEFORE INSERT ON shared_pool FOR EACH ROW EXECUTE FUNCTION pool_is_joint();
CREATE TRIGGER pool_is_joint BEFORE INSERT ON pool_rate FOR EACH ROW EXECUTE FUNCTION pool_is_joint();
CREATE TRIGGER pool_is_joint BEFORE INSERT ON pool_criterion FOR EACH ROW EXECUTE FUNCTION pool_is_joint();
CREATE TRIGGER pool_is_joint BEFORE INSERT ON pool_grant FOR EACH ROW EXECUTE FUNCTION pool_is_joint();

CREATE FUNCTION pool_settles_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.settled_at IS NOT NULL THEN PERFORM refuse('the pool is settled'); END IF;
  IF NEW.settled_at IS NOT NULL AND (pool_balance(NEW.pool_id) <> 0 OR pool_granted(NEW.pool_id) <> 0) THEN
    PERFORM refuse('a settled pool is empty');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER pool_settles_once BEFORE UPDATE ON shared_pool FOR EACH ROW EXECUTE FUNCTION pool_settles_once();
