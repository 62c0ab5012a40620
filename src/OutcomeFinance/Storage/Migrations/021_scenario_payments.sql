-- Who would pay whom in a scenario, by period: what budgets and portfolios plan by.
CREATE TABLE scenario_payment (
  scenario_id    uuid NOT NULL,
  contract_id    uuid NOT NULL,
  period_key     text NOT NULL,
  payer_party_id uuid NOT NULL REFERENCES contract_party,
  payee_party_id uuid NOT NULL REFERENCES contract_party,
  amount_minor   bigint NOT NULL,
  PRIMARY KEY (scenario_id, period_key, payer_party_id, payee_party_id),
  FOREIGN KEY (scenario_id, contract_id) REFERENCES scenario (scenario_id, contract_id),
  FOREIGN KEY (contract_id, period_key) REFERENCES contract_period (contract_id, key)
);
CALL isolate('scenario_payment', 'SELECT, INSERT', 'contract_id');
CREATE POLICY not_the_verifier ON scenario_payment AS RESTRICTIVE TO {{service}}_app
  USING (contract_id IN (SELECT a.partnership_id FROM access a WHERE a.side <> 'verifier'));
