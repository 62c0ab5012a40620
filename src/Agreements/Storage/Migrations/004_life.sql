-- The life of an agreement: the text being written beside the versions in force, and what each version changes.
-- Ids as ranges of one: an exclusion constraint can then say "of the same agreement" without an extension.
CREATE TYPE id_range AS RANGE (SUBTYPE = uuid);

CREATE TABLE change (
  change_id          uuid PRIMARY KEY,
  agreement_id       uuid NOT NULL,
  partnership_id     uuid NOT NULL,
  kind               text NOT NULL CHECK (kind IN ('First', 'Renegotiation', 'Accession', 'Withdrawal', 'Renewal', 'Adjustment')),
  binds_by           text NOT NULL CHECK (binds_by IN ('Signatures', 'Decision', 'Term', 'Departure')),
  reason             text NOT NULL,
  begun_by           uuid,
  begun_for          uuid,
  begun_at           timestamptz NOT NULL,
  effective_on       date,
  party_id           uuid,
  body               text,
  decided_on         date,
  paragraph          text,
  state              text NOT NULL DEFAULT 'UnderWay' CHECK (state IN ('UnderWay', 'Done', 'Abandoned')),
  closed_at          timestamptz,
  abandoned_because  text,
  version_hash       text,
  without_talk       boolean NOT NULL DEFAULT false,
  assessment_too_old boolean NOT NULL DEFAULT false,
  version            bigint NOT NULL,
  FOREIGN KEY (partnership_id, agreement_id) REFERENCES agreement (partnership_id, agreement_id),
  FOREIGN KEY (agreement_id, party_id) REFERENCES agreement_party (agreement_id, party_id),
  FOREIGN KEY (agreement_id, version_hash) REFERENCES agreement_version (agreement_id, hash),
  CHECK (kind = 'First' OR effective_on IS NOT NULL),
  CHECK ((kind = 'Adjustment') = (binds_by = 'Decision') AND (kind = 'Withdrawal') = (binds_by = 'Departure')),
  CHECK (binds_by <> 'Term' OR kind = 'Renewal'),
  CHECK (binds_by <> 'Decision' OR (body IS NOT NULL AND decided_on IS NOT NULL AND paragraph IS NOT NULL)),
  CHECK ((kind IN ('Accession', 'Withdrawal')) = (party_id IS NOT NULL)),
  CHECK ((state = 'UnderWay') = (closed_at IS NULL))
);
CREATE INDEX change_by_agreement ON change (agreement_id, change_id);
CREATE UNIQUE INDEX change_first_once ON change (agreement_id) WHERE kind = 'First';
CREATE UNIQUE INDEX change_leaving_once ON change (agreement_id, party_id) WHERE kind = 'Withdrawal' AND state = 'UnderWay';
CALL isolate('change', 'SELECT, INSERT, UPDATE (reason, effective_on, state, closed_at, abandoned_because, version_hash, version)');

-- The days on which a version is in force.
CREATE TABLE in_force (
  agreement_id   uuid NOT NULL,
  partnership_id uuid NOT NULL,
  hash           text NOT NULL,
  from_day       date NOT NULL,
  to_day         date CHECK (to_day >= from_day - 1), -- the day before: replaced on its first day, in force on none
  PRIMARY KEY (agreement_id, hash),
  FOREIGN KEY (partnership_id, agreement_id) REFERENCES agreement (partnership_id, agreement_id),
  FOREIGN KEY (agreement_id, hash) REFERENCES agreement_version (agreement_id, hash),
  CONSTRAINT one_version_on_any_day EXCLUDE USING gist (id_range(agreement_id, agreement_id, '[]') WITH =, daterange(from_day, to_day + 1) WITH &&)
);
CALL isolate('in_force', 'SELECT, INSERT, UPDATE (to_day)');

ALTER TABLE agreement_version
  ADD COLUMN kind         text NOT NULL DEFAULT 'First' CHECK (kind IN ('First', 'Renegotiation', 'Accession', 'Withdrawal', 'Renewal', 'Adjustment')),
  ADD COLUMN binds_by     text NOT NULL DEFAULT 'Signatures' CHECK (binds_by IN ('Signatures', 'Decision', 'Term', 'Departure')),
  ADD COLUMN change_id    uuid REFERENCES change,
  ADD COLUMN effective_on date;

-- A party that has left the text stays a row: its signatures under older versions refer to it.
ALTER TABLE agreement_party ADD COLUMN in_text boolean NOT NULL DEFAULT true;
GRANT UPDATE (in_text) ON agreement_party TO {{service}}_app, {{service}}_system;

ALTER TABLE agreement
  ADD COLUMN working             text NOT NULL DEFAULT 'Draft' CHECK (working IN ('None', 'Draft', 'Assessment', 'OpenForSignature', 'Signed')),
  ADD COLUMN working_since       timestamptz NOT NULL DEFAULT 'epoch',
  ADD COLUMN in_force_hash       text,
  ADD COLUMN change_id           uuid,
  ADD COLUMN change_kind         text NOT NULL DEFAULT 'First' CHECK (change_kind IN ('First', 'Renegotiation', 'Accession', 'Withdrawal', 'Renewal', 'Adjustment')),
  ADD COLUMN effective_on        date,
  ADD COLUMN renewal_months      integer CHECK (renewal_months BETWEEN 1 AND 120),
  ADD COLUMN assessment_months   integer CHECK (assessment_months BETWEEN 1 AND 120),
  ADD COLUMN adjusted_by         text,
  ADD COLUMN adjusted_sections   text[],
  ADD COLUMN term_from           date,
  ADD COLUMN term_to             date,
  ADD COLUMN term_renews         boolean NOT NULL DEFAULT false,
  ADD COLUMN term_notice_months  integer,
  ADD COLUMN term_renewal_months integer NOT NULL DEFAULT 12,
  ADD FOREIGN KEY (agreement_id, in_force_hash) REFERENCES in_force (agreement_id, hash);
GRANT UPDATE (working, working_since, in_force_hash, change_id, change_kind, effective_on, renewal_months, assessment_months, adjusted_by,
  adjusted_sections, term_from, term_to, term_renews, term_notice_months, term_renewal_months) ON agreement TO {{service}}_app, {{service}}_system;

-- What was there before this script: each agreement is its own first change, and those in force are so since their start.
-- Forced row security hides rows from their owner too; it is put back at once.
ALTER TABLE agreement NO FORCE ROW LEVEL SECURITY;
ALTER TABLE agreement_version NO FORCE ROW LEVEL SECURITY;
ALTER TABLE change NO FORCE ROW LEVEL SECURITY;
ALTER TABLE in_force NO FORCE ROW LEVEL SECURITY;
INSERT INTO change (change_id, agreement_id, partnership_id, kind, binds_by, reason, begun_at, effective_on, state, closed_at, version_hash, version)
SELECT gen_random_uuid(), agreement_id, partnership_id, 'First', 'Signatures', '', state_since,
       CASE WHEN state IN ('InForce', 'NoticeGiven', 'Ended', 'Rescinded') THEN starts_on END,
       CASE WHEN state IN ('InForce', 'NoticeGiven', 'Ended', 'Rescinded') THEN 'Done' WHEN state = 'Withdrawn' THEN 'Abandoned' ELSE 'UnderWay' END,
       CASE WHEN state IN ('InForce', 'NoticeGiven', 'Ended', 'Rescinded', 'Withdrawn') THEN state_since END, version_hash, 1
FROM agreement;
INSERT INTO in_force (agreement_id, partnership_id, hash, from_day, to_day)
SELECT agreement_id, partnership_id, version_hash, starts_on, CASE WHEN state IN ('Ended', 'Rescinded') THEN greatest(starts_on, coalesce(ends_on, state_since::date)) END
FROM agreement WHERE state IN ('InForce', 'NoticeGiven', 'Ended', 'Rescinded');
UPDATE agreement_version v SET change_id = c.change_id FROM change c WHERE c.agreement_id = v.agreement_id;
DROP TRIGGER agreement_lives ON agreement;
UPDATE agreement g SET
  working = CASE WHEN g.state IN ('Draft', 'Assessment', 'OpenForSignature', 'Signed') THEN g.state ELSE 'None' END,
  working_since = g.state_since,
  change_id = c.change_id,
  in_force_hash = CASE WHEN g.state IN ('InForce', 'NoticeGiven', 'Ended', 'Rescinded') THEN g.version_hash END,
  term_from = CASE WHEN g.state IN ('InForce', 'NoticeGiven', 'Ended', 'Rescinded') THEN g.starts_on END,
  term_to = CASE WHEN g.state IN ('InForce', 'NoticeGiven', 'Ended', 'Rescinded') THEN g.ends_on END,
  term_renews = g.auto_renews AND g.state = 'InForce',
  term_notice_months = g.notice_months
FROM change c WHERE c.agreement_id = g.agreement_id;
ALTER TABLE agreement FORCE ROW LEVEL SECURITY;
ALTER TABLE agreement_version FORCE ROW LEVEL SECURITY;
ALTER TABLE change FORCE ROW LEVEL SECURITY;
ALTER TABLE in_force FORCE ROW LEVEL SECURITY;

-- Deferred: an agreement and its first change come together.
ALTER TABLE agreement ADD FOREIGN KEY (change_id) REFERENCES change DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE agreement_version ALTER COLUMN opened_by DROP NOT NULL;

-- Before an agreement is in force its working text and its state are one; when it is over nothing is written.
ALTER TABLE agreement ADD CONSTRAINT text_follows_life CHECK (CASE
  WHEN state IN ('Draft', 'Assessment', 'OpenForSignature', 'Signed') THEN working = state
  WHEN state IN ('InForce', 'NoticeGiven') THEN true
  ELSE working = 'None' END);
