-- What everybody may know of signed contracts: a copy, with small counts and what gives them away left out before it is written.
-- Nothing here needs a policy; nothing that does is read for it by anybody but the system.
CREATE TABLE published_contract (
  contract_id  uuid PRIMARY KEY,
  title        text NOT NULL,
  state        text NOT NULL CHECK (state IN ('Signed', 'Ended')),
  currency     char(3) NOT NULL,
  partnership_id uuid,
  signed_on    date NOT NULL,
  ended_on     date,
  facts        jsonb NOT NULL, -- parties and periods
  results      jsonb NOT NULL,
  said         jsonb NOT NULL, -- every count that was ever published: a correction must not give one away
  release      integer NOT NULL CHECK (release >= 0),
  released_at  timestamptz NOT NULL
);
CREATE INDEX published_contract_by_title ON published_contract (title, contract_id);
GRANT SELECT ON published_contract TO {{service}}_app;
GRANT SELECT, INSERT, UPDATE (state, ended_on, results, said, release, released_at) ON published_contract TO {{service}}_system;
