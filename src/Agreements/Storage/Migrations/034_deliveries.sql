-- What parties say they have put in, beside the agreed text. Nothing is changed: a correction is a row of its own.
CREATE TABLE delivery (
  delivery_id     uuid PRIMARY KEY,
  agreement_id    uuid NOT NULL,
  partnership_id  uuid NOT NULL,
  contribution_id uuid NOT NULL,
  party_id        uuid NOT NULL,
  kind            text NOT NULL,
  from_on         date NOT NULL,
  to_on           date NOT NULL CHECK (to_on >= from_on),
  ore             bigint CHECK (ore >= 0),
  hours           integer CHECK (hours >= 0),
  comment         text,
  reported_by     uuid NOT NULL,
  reported_at     timestamptz NOT NULL,
  corrects        uuid UNIQUE REFERENCES delivery,
  FOREIGN KEY (partnership_id, agreement_id) REFERENCES agreement (partnership_id, agreement_id),
  FOREIGN KEY (agreement_id, party_id) REFERENCES agreement_party (agreement_id, party_id),
  CHECK (num_nonnulls(ore, hours, comment) > 0)
);
CREATE INDEX delivery_by_agreement ON delivery (agreement_id);
CALL isolate('delivery', 'SELECT, INSERT');

CREATE FUNCTION delivery_is_the_partys_own() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM agreement WHERE agreement_id = NEW.agreement_id AND state IN ('InForce', 'NoticeGiven')) THEN
    PERFORM refuse('the agreement is not in force');
  END IF;
  IF caller_org() IS NOT NULL AND NOT EXISTS (SELECT FROM party p WHERE p.party_id = NEW.party_id AND p.organisation = caller_org()) THEN
    PERFORM refuse('each party reports its own');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER delivery_is_the_partys_own BEFORE INSERT ON delivery FOR EACH ROW EXECUTE FUNCTION delivery_is_the_partys_own();

-- A party has accepted its role as the section stood.
CREATE TABLE role_acceptance (
  acceptance_id   uuid PRIMARY KEY,
  agreement_id    uuid NOT NULL,
  partnership_id  uuid NOT NULL,
  party_id        uuid NOT NULL,
  section_version bigint NOT NULL,
  accepted_by     uuid NOT NULL,
  accepted_at     timestamptz NOT NULL,
  FOREIGN KEY (partnership_id, agreement_id) REFERENCES agreement (partnership_id, agreement_id),
  FOREIGN KEY (agreement_id, party_id) REFERENCES agreement_party (agreement_id, party_id),
  UNIQUE (agreement_id, party_id, section_version)
);
CALL isolate('role_acceptance', 'SELECT, INSERT');
CREATE TRIGGER draft_is_open BEFORE INSERT ON role_acceptance FOR EACH ROW EXECUTE FUNCTION draft_is_open();
