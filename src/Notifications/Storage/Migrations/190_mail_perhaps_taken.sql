-- A mail whose receipt the server left unanswered may have been taken: it is handed over once more, with the same Message-ID,
-- and then no more.
ALTER TABLE mail ADD COLUMN perhaps_taken integer NOT NULL DEFAULT 0;
ALTER TABLE mail DROP CONSTRAINT mail_outcome_check;
ALTER TABLE mail ADD CONSTRAINT mail_outcome_check
  CHECK (outcome IN ('sent', 'unneeded', 'refused', 'given-up', 'unanswered'));
GRANT UPDATE (perhaps_taken) ON mail TO {{service}}_system;
