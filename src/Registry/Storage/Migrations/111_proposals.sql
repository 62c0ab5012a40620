-- Entries that may be the same partnership, or one renewed: proposed with a score and reasons, decided by a person.
CREATE TABLE proposal (
  proposal_id uuid PRIMARY KEY,
  first_id    uuid NOT NULL REFERENCES entry,
  second_id   uuid NOT NULL REFERENCES entry,
  kind        text NOT NULL CHECK (kind IN ('Duplicate', 'Continues')),
  score       integer NOT NULL CHECK (score BETWEEN 0 AND 100),
  reasons     text[] NOT NULL,
  state       text NOT NULL CHECK (state IN ('Waiting', 'Merged', 'Chained', 'Declined')),
  found_at    timestamptz NOT NULL,
  decided_by  uuid,
  decided_at  timestamptz,
  version     bigint NOT NULL,
  CHECK (first_id <> second_id),
  CHECK ((state = 'Waiting') = (decided_at IS NULL))
);
-- A pair is proposed once, whichever of them comes first: what has been declined does not come again.
CREATE UNIQUE INDEX proposal_once ON proposal (least(first_id, second_id), greatest(first_id, second_id));
CREATE INDEX proposal_waiting ON proposal (score DESC, proposal_id) WHERE state = 'Waiting';
CREATE INDEX proposal_by_second ON proposal (second_id);

ALTER TABLE entry ADD COLUMN merged_into_entry_id uuid REFERENCES entry;
CREATE INDEX entry_by_merge ON entry (merged_into_entry_id) WHERE merged_into_entry_id IS NOT NULL;

GRANT SELECT, INSERT, UPDATE (state, decided_by, decided_at, version) ON proposal TO {{service}}_app;
GRANT SELECT ON proposal TO {{service}}_system;
