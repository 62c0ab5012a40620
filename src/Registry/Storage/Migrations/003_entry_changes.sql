-- What has happened to an agreement since it entered into force: one line for each version that took over.
CREATE TABLE entry_change (
  agreement_id uuid NOT NULL REFERENCES entry_agreement,
  version_hash text NOT NULL,
  on_day       date NOT NULL,
  kind         text NOT NULL CHECK (kind IN ('renegotiation', 'accession', 'withdrawal', 'renewal', 'adjustment')),
  PRIMARY KEY (agreement_id, version_hash)
);
GRANT SELECT ON entry_change TO {{service}}_app;
GRANT SELECT, INSERT ON entry_change TO {{service}}_system;
