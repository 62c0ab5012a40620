-- Figures of single persons are marked, so that they can be destroyed when the contract's claims are final.
ALTER TABLE verified_figure ADD COLUMN of_participant boolean NOT NULL DEFAULT false;

-- What has been destroyed stays destroyed: nothing more is calculated for such a contract.
CREATE TABLE destroyed_participants (
  contract_id  uuid PRIMARY KEY,
  destroyed_at timestamptz NOT NULL
);
GRANT SELECT, INSERT ON destroyed_participants TO {{service}}_system;
