-- When the funder pays in, as the draft says; simulations of a contract, and its scenarios.

CREATE TABLE planned_investment (
  investment_id uuid PRIMARY KEY,
  contract_id   uuid NOT NULL REFERENCES outcome_contract,
  position      integer NOT NULL,
  party_id      uuid NOT NULL REFERENCES contract_party,
  paid_in_on    date NOT NULL,
  amount_minor  bigint NOT NULL CHECK (amount_minor > 0)
);
CREATE INDEX planned_investment_by_contract ON planned_investment (contract_id, position);
CALL isolate('planned_investment', 'SELECT, INSERT, DELETE', 'contract_id');
-- Part of what is signed: nothing is added or taken away once the draft is open.
CREATE POLICY while_it_is_a_draft ON planned_investment AS RESTRICTIVE FOR INSERT TO {{service}}_app
  WITH CHECK (EXISTS (SELECT FROM outcome_contract c WHERE c.contract_id = planned_investment.contract_id AND c.state = 'Draft'));
CREATE POLICY only_while_it_is_a_draft ON planned_investment AS RESTRICTIVE FOR DELETE TO {{service}}_app
  USING (EXISTS (SELECT FROM outcome_contract c WHERE c.contract_id = planned_investment.contract_id AND c.state = 'Draft'));

CREATE TABLE simulation (
  simulation_id   uuid PRIMARY KEY,
  contract_id     uuid NOT NULL REFERENCES outcome_contract,
  organisation_id uuid NOT NULL,
  person_id       uuid NOT NULL,
  started_at      timestamptz NOT NULL,
  terms           text NOT NULL,
  assumptions     jsonb NOT NULL,
  runs            integer NOT NULL CHECK (runs BETWEEN 1 AND 10000),
  runs_done       integer NOT NULL CHECK (runs_done BETWEEN 0 AND runs),
  state           text NOT NULL CHECK (state IN ('Waiting', 'Running', 'Done', 'Failed', 'Cancelled')),
  attempts        integer NOT NULL,
  lease_until     timestamptz,
  finished_at     timestamptz,
  failure_code    text,
  result          jsonb,
  version         bigint NOT NULL,
  UNIQUE (simulation_id, contract_id),
  CHECK ((state IN ('Done', 'Failed', 'Cancelled')) = (finished_at IS NOT NULL)),
  CHECK ((state = 'Done') = (result IS NOT NULL)),
  CHECK ((state = 'Failed') = (failure_code IS NOT NULL)),
  CHECK ((state = 'Running') = (lease_until IS NOT NULL))
);
CREATE INDEX simulation_under_way ON simulation (started_at) WHERE state IN ('Waiting', 'Running');
CREATE INDEX simulation_by_contract ON simulation (contract_id, simulation_id);
CALL isolate('simulation', 'SELECT, INSERT, UPDATE (state, finished_at, lease_until, version)', 'contract_id');
GRANT UPDATE (runs_done, attempts, failure_code, result) ON simulation TO {{service}}_system;
CREATE POLICY not_the_verifier ON simulation AS RESTRICTIVE TO {{service}}_app
  USING (contract_id IN (SELECT a.partnership_id FROM access a WHERE a.side <> 'verifier'));
CREATE POLICY as_oneself ON simulation AS RESTRICTIVE FOR INSERT TO {{service}}_app
  WITH CHECK (organisation_id = caller_org() AND person_id = caller_person() AND state = 'Waiting');
-- The application starts and cancels; what came of it is written by the system.
CREATE POLICY only_cancels ON simulation AS RESTRICTIVE FOR UPDATE TO {{service}}_app
  USING (state IN ('Waiting', 'Running')) WITH CHECK (state = 'Cancelled');

-- A scenario: what somebody expects, hopes and fears, and what the terms make of it. The newest of each kind counts; none is changed.
CREATE TABLE scenario (
  scenario_id     uuid PRIMARY KEY,
  contract_id     uuid NOT NULL REFERENCES outcome_contract,
  kind            text NOT NULL CHECK (kind IN ('Expected', 'Best', 'Worst')),
  number          integer NOT NULL,
  organisation_id uuid NOT NULL,
  person_id       uuid NOT NULL,
  at              timestamptz NOT NULL,
  terms_hash      text NOT NULL,
  simulation_id   uuid,
  figures         jsonb NOT NULL,
  currency        char(3) NOT NULL,
  total_minor     bigint NOT NULL,
  invested_minor  bigint,
  received_minor  bigint,
  rate_basis_points integer,
  UNIQUE (contract_id, kind, number),
  UNIQUE (scenario_id, contract_id),
  FOREIGN KEY (simulation_id, contract_id) REFERENCES simulation (simulation_id, contract_id)
);
CALL isolate('scenario', 'SELECT, INSERT', 'contract_id');

-- What a scenario makes due in a period, and how much of it comes back to the funder.
CREATE TABLE scenario_period (
  scenario_id  uuid NOT NULL,
  contract_id  uuid NOT NULL,
  period_key   text NOT NULL,
  due_minor    bigint NOT NULL,
  funder_minor bigint NOT NULL,
  PRIMARY KEY (scenario_id, period_key),
  FOREIGN KEY (scenario_id, contract_id) REFERENCES scenario (scenario_id, contract_id),
  FOREIGN KEY (contract_id, period_key) REFERENCES contract_period (contract_id, key)
);
CALL isolate('scenario_period', 'SELECT, INSERT', 'contract_id');

CREATE POLICY not_the_verifier ON scenario AS RESTRICTIVE TO {{service}}_app
  USING (contract_id IN (SELECT a.partnership_id FROM access a WHERE a.side <> 'verifier'));
CREATE POLICY as_oneself ON scenario AS RESTRICTIVE FOR INSERT TO {{service}}_app
  WITH CHECK (organisation_id = caller_org() AND person_id = caller_person());
CREATE POLICY not_the_verifier ON scenario_period AS RESTRICTIVE TO {{service}}_app
  USING (contract_id IN (SELECT a.partnership_id FROM access a WHERE a.side <> 'verifier'));
