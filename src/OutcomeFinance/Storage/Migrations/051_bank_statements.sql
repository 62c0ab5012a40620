-- What a payee's bank says has come in, and what came of each line. Nobody else's business; never changed.
CREATE TABLE bank_statement (
  statement_id    uuid PRIMARY KEY,
  organisation_id uuid NOT NULL,
  kind            text NOT NULL CHECK (kind IN ('camt.053', 'camt.054')),
  message         text NOT NULL,
  hash            text NOT NULL,
  known           integer NOT NULL CHECK (known >= 0),
  skipped         integer NOT NULL CHECK (skipped >= 0),
  read_by         uuid NOT NULL,
  read_at         timestamptz NOT NULL,
  UNIQUE (organisation_id, hash),
  UNIQUE (statement_id, organisation_id)
);
CREATE TABLE bank_line (
  line_id         uuid PRIMARY KEY,
  statement_id    uuid NOT NULL,
  organisation_id uuid NOT NULL,
  account         text NOT NULL,
  reference       text,
  booked_on       date NOT NULL,
  amount_minor    bigint NOT NULL CHECK (amount_minor > 0),
  currency        char(3) NOT NULL,
  said            text NOT NULL,
  obligation_id   uuid REFERENCES obligation,
  outcome         text NOT NULL CHECK (outcome IN ('Settled', 'Part', 'TooMuch', 'AlreadySettled', 'NotAttested', 'Unknown', 'NoReference')),
  CHECK (outcome = 'Unknown' OR obligation_id IS NOT NULL),
  CHECK (outcome NOT IN ('Settled', 'Part') OR reference IS NOT NULL),
  FOREIGN KEY (statement_id, organisation_id) REFERENCES bank_statement (statement_id, organisation_id)
);
-- The same money is never counted twice, whichever file it stands in.
CREATE UNIQUE INDEX bank_line_once ON bank_line (organisation_id, account, reference) WHERE reference IS NOT NULL;
CREATE INDEX bank_line_by_statement ON bank_line (statement_id);
CREATE INDEX bank_line_by_obligation ON bank_line (obligation_id);
ALTER TABLE bank_statement ENABLE ROW LEVEL SECURITY;
ALTER TABLE bank_statement FORCE ROW LEVEL SECURITY;
ALTER TABLE bank_line ENABLE ROW LEVEL SECURITY;
ALTER TABLE bank_line FORCE ROW LEVEL SECURITY;
CREATE POLICY own_statements ON bank_statement TO {{service}}_app
  USING (organisation_id = caller_org()) WITH CHECK (organisation_id = caller_org() AND read_by = caller_person());
-- Of one's own claims alone.
CREATE POLICY own_lines ON bank_line TO {{service}}_app
  USING (organisation_id = caller_org()) WITH CHECK (organisation_id = caller_org() AND (obligation_id IS NULL OR EXISTS (
    SELECT FROM obligation o WHERE o.obligation_id = bank_line.obligation_id AND o.payee_organisation_id = caller_org())));
CREATE POLICY everything ON bank_statement TO {{service}}_system USING (true) WITH CHECK (true);
CREATE POLICY everything ON bank_line TO {{service}}_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT ON bank_statement, bank_line TO {{service}}_app;
GRANT SELECT ON bank_statement, bank_line TO {{service}}_system;
