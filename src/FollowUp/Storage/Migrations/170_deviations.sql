-- Deviations (avvikelser): raised by any party of an agreement in force, seen by all of them, decided once.
CREATE TABLE deviation (
  deviation_id           uuid PRIMARY KEY,
  plan_id                uuid NOT NULL,
  partnership_id         uuid NOT NULL,
  indicator_id           uuid,
  title                  text NOT NULL,
  what_happened          text NOT NULL,
  happened_on            date NOT NULL,
  raised_by_person       uuid NOT NULL,
  raised_by_organisation uuid NOT NULL,
  raised_at              timestamptz NOT NULL,
  state                  text NOT NULL CHECK (state IN ('Raised', 'Decided', 'Withdrawn')),
  outcome                text CHECK (outcome IN ('Keep', 'AdjustPlan', 'ProposeRenegotiation')),
  reason                 text,
  closed_by_person       uuid,
  closed_by_organisation uuid,
  closed_at              timestamptz,
  version                bigint NOT NULL,
  UNIQUE (deviation_id, partnership_id),
  FOREIGN KEY (plan_id, partnership_id) REFERENCES plan (plan_id, partnership_id),
  FOREIGN KEY (indicator_id, partnership_id) REFERENCES indicator (indicator_id, partnership_id),
  CHECK ((state = 'Decided') = (outcome IS NOT NULL)),
  CHECK ((state = 'Raised') = (reason IS NULL) AND (state = 'Raised') = (closed_by_person IS NULL)
    AND (state = 'Raised') = (closed_by_organisation IS NULL) AND (state = 'Raised') = (closed_at IS NULL)),
  CHECK (state <> 'Withdrawn' OR closed_by_organisation = raised_by_organisation)
);
CREATE INDEX deviation_by_plan ON deviation (plan_id, deviation_id DESC);
CALL isolate('deviation', 'SELECT, INSERT, UPDATE (state, outcome, reason, closed_by_person, closed_by_organisation, closed_at, version)');
-- Nobody raises or decides in another's name, and what is decided or withdrawn stays as it is.
CREATE POLICY raised_as_oneself ON deviation AS RESTRICTIVE FOR INSERT TO {{service}}_app
  WITH CHECK (raised_by_organisation = caller_org() AND raised_by_person = caller_person() AND state = 'Raised');
CREATE POLICY closed_as_oneself ON deviation AS RESTRICTIVE FOR UPDATE TO {{service}}_app
  USING (state = 'Raised')
  WITH CHECK (state = 'Raised' OR (closed_by_organisation = caller_org() AND closed_by_person = caller_person()));

-- What the parties learnt: added to, never changed.
CREATE TABLE deviation_lesson (
  deviation_id    uuid NOT NULL,
  partnership_id  uuid NOT NULL,
  number          integer NOT NULL CHECK (number > 0),
  text            text NOT NULL,
  by_person       uuid NOT NULL,
  by_organisation uuid NOT NULL,
  at              timestamptz NOT NULL,
  PRIMARY KEY (deviation_id, number),
  FOREIGN KEY (deviation_id, partnership_id) REFERENCES deviation (deviation_id, partnership_id)
);
CALL isolate('deviation_lesson', 'SELECT, INSERT');
CREATE POLICY noted_as_oneself ON deviation_lesson AS RESTRICTIVE FOR INSERT TO {{service}}_app
  WITH CHECK (by_organisation = caller_org() AND by_person = caller_person());
