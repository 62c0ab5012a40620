-- Closing: what was learnt, who takes over, how what is left is shared out.

CREATE TABLE closing_report (
  agreement_id       uuid PRIMARY KEY,
  partnership_id     uuid NOT NULL,
  worked             text,
  did_not_work       text,
  why                text,
  structural_changes text,
  next_process       text,
  successor_id       uuid REFERENCES agreement CHECK (successor_id <> agreement_id),
  written_by         uuid NOT NULL,
  written_at         timestamptz NOT NULL,
  version            bigint NOT NULL,
  words              tsvector GENERATED ALWAYS AS (to_tsvector('swedish',
    coalesce(worked, '') || ' ' || coalesce(did_not_work, '') || ' ' || coalesce(why, '') || ' ' ||
    coalesce(structural_changes, '') || ' ' || coalesce(next_process, ''))) STORED,
  FOREIGN KEY (partnership_id, agreement_id) REFERENCES agreement (partnership_id, agreement_id)
);
CREATE INDEX closing_report_by_words ON closing_report USING gin (words);
CALL isolate('closing_report', 'SELECT, INSERT, UPDATE (worked, did_not_work, why, structural_changes, next_process, successor_id,
  written_by, written_at, version)');

CREATE TABLE exit_step (
  exit_step_id   uuid PRIMARY KEY,
  agreement_id   uuid NOT NULL,
  partnership_id uuid NOT NULL,
  activity_id    uuid,
  activity       text NOT NULL,
  takes_over     text,
  hands_over_on  date,
  people         text,
  version        bigint NOT NULL,
  UNIQUE (agreement_id, activity_id),
  FOREIGN KEY (partnership_id, agreement_id) REFERENCES agreement (partnership_id, agreement_id)
);
CREATE INDEX exit_step_by_agreement ON exit_step (agreement_id);
CALL isolate('exit_step', 'SELECT, INSERT, UPDATE (activity, takes_over, hands_over_on, people, version), DELETE');

CREATE TABLE settlement (
  agreement_id   uuid PRIMARY KEY,
  partnership_id uuid NOT NULL,
  surplus_ore    bigint NOT NULL CHECK (surplus_ore >= 0),
  pool_ore       bigint NOT NULL CHECK (pool_ore >= 0),
  decision_id    uuid NOT NULL,
  recorded_by    uuid NOT NULL,
  recorded_at    timestamptz NOT NULL,
  UNIQUE (partnership_id, agreement_id),
  FOREIGN KEY (partnership_id, agreement_id) REFERENCES agreement (partnership_id, agreement_id),
  FOREIGN KEY (agreement_id, decision_id) REFERENCES body_decision (agreement_id, decision_id)
);
CALL isolate('settlement', 'SELECT, INSERT');
CREATE TRIGGER settlement_is_joint BEFORE INSERT ON settlement FOR EACH ROW EXECUTE FUNCTION pool_is_joint();

CREATE TABLE settlement_line (
  agreement_id   uuid NOT NULL,
  position       integer NOT NULL CHECK (position > 0),
  partnership_id uuid NOT NULL,
  party_id       uuid NOT NULL,
  source         text NOT NULL CHECK (source IN ('Surplus', 'Pool')),
  how            text NOT NULL CHECK (how IN ('Reinvested', 'Repaid')),
  ore            bigint NOT NULL CHECK (ore > 0),
  note           text,
  PRIMARY KEY (agreement_id, position),
  FOREIGN KEY (partnership_id, agreement_id) REFERENCES settlement (partnership_id, agreement_id),
  FOREIGN KEY (partnership_id, party_id) REFERENCES party (partnership_id, party_id)
);
CALL isolate('settlement_line', 'SELECT, INSERT');

CREATE FUNCTION closing_has_come() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM agreement WHERE agreement_id = NEW.agreement_id AND state IN ('InForce', 'NoticeGiven', 'Ended', 'Rescinded') FOR KEY SHARE;
  IF NOT FOUND THEN PERFORM refuse('closing begins when the agreement is in force'); END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER closing_has_come BEFORE INSERT OR UPDATE ON closing_report FOR EACH ROW EXECUTE FUNCTION closing_has_come();
CREATE TRIGGER closing_has_come BEFORE INSERT OR UPDATE ON exit_step FOR EACH ROW EXECUTE FUNCTION closing_has_come();
CREATE TRIGGER closing_has_come BEFORE INSERT ON settlement FOR EACH ROW EXECUTE FUNCTION closing_has_come();

-- Looked at when the transaction ends: the shares come to the whole, and the pool's share is what its ledger has let go.
CREATE FUNCTION settlement_adds_up() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE whole settlement;
BEGIN
  SELECT * INTO whole FROM settlement WHERE agreement_id = NEW.agreement_id;
  IF whole.surplus_ore <> (SELECT coalesce(sum(ore), 0) FROM settlement_line WHERE agreement_id = NEW.agreement_id AND source = 'Surplus')
     OR whole.pool_ore <> (SELECT coalesce(sum(ore), 0) FROM settlement_line WHERE agreement_id = NEW.agreement_id AND source = 'Pool') THEN
    PERFORM refuse('the shares do not come to the whole');
  END IF;
  IF whole.pool_ore <> coalesce((SELECT -sum(e.ore) FROM pool_entry e JOIN shared_pool p USING (pool_id)
      WHERE p.agreement_id = NEW.agreement_id AND e.kind = 'Settlement'), 0) THEN
    PERFORM refuse('the pool says another amount');
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER settlement_adds_up AFTER INSERT ON settlement DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION settlement_adds_up();
CREATE CONSTRAINT TRIGGER settlement_adds_up AFTER INSERT ON settlement_line DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION settlement_adds_up();
