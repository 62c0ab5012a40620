-- What a funder says of its own fund: how large, by whom, until when. Nobody else's business.
CREATE TABLE fund (
  organisation_id uuid PRIMARY KEY,
  ends_on         date NOT NULL,
  capital_minor   bigint CHECK (capital_minor > 0),
  currency        char(3) NOT NULL,
  version         bigint NOT NULL
);
CREATE TABLE fund_investor (
  investor_id     uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES fund,
  position        integer NOT NULL,
  name            text NOT NULL,
  amount_minor    bigint CHECK (amount_minor > 0)
);
CREATE INDEX fund_investor_by_fund ON fund_investor (organisation_id, position);
ALTER TABLE fund ENABLE ROW LEVEL SECURITY;
ALTER TABLE fund FORCE ROW LEVEL SECURITY;
ALTER TABLE fund_investor ENABLE ROW LEVEL SECURITY;
ALTER TABLE fund_investor FORCE ROW LEVEL SECURITY;
CREATE POLICY own_fund ON fund TO {{service}}_app
  USING (organisation_id = caller_org()) WITH CHECK (organisation_id = caller_org());
CREATE POLICY own_investors ON fund_investor TO {{service}}_app
  USING (organisation_id = caller_org()) WITH CHECK (organisation_id = caller_org());
CREATE POLICY everything ON fund TO {{service}}_system USING (true) WITH CHECK (true);
CREATE POLICY everything ON fund_investor TO {{service}}_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE (ends_on, capital_minor, currency, version) ON fund TO {{service}}_app;
GRANT SELECT, INSERT, DELETE ON fund_investor TO {{service}}_app;
GRANT SELECT ON fund, fund_investor TO {{service}}_system;
