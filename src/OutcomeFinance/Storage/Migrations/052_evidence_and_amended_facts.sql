-- What a measurement was verified on: the hash of its files, as FollowUp has told. Measurements before this have none.
ALTER TABLE verified_measurement ADD COLUMN evidence_hash text CHECK (evidence_hash ~ '^[0-9a-f]{64}$');

-- An amendment changes what everybody may know of parties and periods.
GRANT UPDATE (facts) ON published_contract TO {{service}}_system;
