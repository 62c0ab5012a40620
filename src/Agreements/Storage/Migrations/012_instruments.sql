-- Questionnaires on a partnership that advise, before any agreement and beside it. Nothing in the gate reads these tables.

CREATE TABLE matter (
  matter_id      uuid PRIMARY KEY,
  partnership_id uuid NOT NULL REFERENCES partnership,
  catalogue      text NOT NULL,
  text           text NOT NULL,
  added_by       uuid NOT NULL,
  added_for      uuid NOT NULL,
  added_at       timestamptz NOT NULL
);
CREATE INDEX matter_by_partnership ON matter (partnership_id);
CALL isolate('matter', 'SELECT, INSERT');

CREATE TABLE instrument_answer (
  answer_id      uuid PRIMARY KEY,
  partnership_id uuid NOT NULL REFERENCES partnership,
  catalogue      text NOT NULL,
  question_id    text NOT NULL,
  matter         text NOT NULL,
  party_id       uuid,
  reply          text NOT NULL,
  reason         text NOT NULL,
  clause         text,
  answered_by    uuid NOT NULL,
  answered_for   uuid NOT NULL,
  answered_at    timestamptz NOT NULL,
  version        bigint NOT NULL,
  FOREIGN KEY (partnership_id, party_id) REFERENCES party (partnership_id, party_id),
  CONSTRAINT answered_once UNIQUE NULLS NOT DISTINCT (partnership_id, catalogue, question_id, matter, party_id)
);
CALL isolate('instrument_answer', 'SELECT, INSERT, UPDATE (reply, reason, clause, answered_by, answered_for, answered_at, version)');

CREATE TABLE relation (
  relation_id     uuid PRIMARY KEY,
  partnership_id  uuid NOT NULL REFERENCES partnership,
  kind            text NOT NULL,
  "from"          uuid NOT NULL,
  "to"            uuid NOT NULL CHECK ("to" <> "from"),
  description     text NOT NULL,
  ore_per_year    bigint CHECK (ore_per_year >= 0),
  starts_on       date,
  ends_on         date CHECK (ends_on >= starts_on),
  listed_by       uuid NOT NULL,
  listed_for      uuid NOT NULL,
  listed_at       timestamptz NOT NULL,
  removed_because text,
  version         bigint NOT NULL,
  FOREIGN KEY (partnership_id, "from") REFERENCES party (partnership_id, party_id),
  FOREIGN KEY (partnership_id, "to") REFERENCES party (partnership_id, party_id)
);
CREATE INDEX relation_by_partnership ON relation (partnership_id);
CALL isolate('relation', 'SELECT, INSERT, UPDATE (removed_because, version)');
