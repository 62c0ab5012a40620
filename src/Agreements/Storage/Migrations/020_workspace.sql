-- The dialogue around the agreements, and the history of everything.

-- A table whose rows are heard within a circle only: all, one side of the table, or one organisation. Restrictive: it narrows what the
-- policy of the partnership lets through, for reading and for writing alike.
CREATE PROCEDURE hear_within_circle(p_table text) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE POLICY within_circle ON %1$I AS RESTRICTIVE TO {{service}}_app USING (
    circle = ''all'' OR circle = caller_org()::text
    OR circle IN (SELECT a.side FROM access a WHERE a.partnership_id = %1$I.partnership_id))', p_table);
END $$;

-- Rows that name who wrote them: nobody writes in another's name.
CREATE PROCEDURE write_as_oneself(p_table text, p_person text) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE POLICY by_the_caller ON %I AS RESTRICTIVE FOR INSERT TO {{service}}_app
    WITH CHECK (organisation = caller_org() AND %I = caller_person())', p_table, p_person);
END $$;

-- The dialogue may end without an agreement.
ALTER TABLE partnership
  ADD COLUMN outcome         text CHECK (outcome IN ('OtherForm', 'NoAgreement')),
  ADD COLUMN outcome_form    text,
  ADD COLUMN outcome_because text,
  ADD COLUMN outcome_at      timestamptz,
  ADD COLUMN is_light        boolean NOT NULL DEFAULT false,
  ADD COLUMN light_because   text,
  ADD CONSTRAINT an_outcome_has_a_reason CHECK ((outcome IS NULL) = (outcome_because IS NULL) AND (outcome IS NULL) = (outcome_at IS NULL)),
  ADD CONSTRAINT another_form_is_named CHECK ((outcome IS NOT DISTINCT FROM 'OtherForm') = (outcome_form IS NOT NULL));
GRANT UPDATE (outcome, outcome_form, outcome_because, outcome_at, is_light, light_because) ON partnership TO {{service}}_app, {{service}}_system;

-- Nothing is drafted, and nobody comes in, where the dialogue has ended. The share lock and the ending wait for each other.
CREATE FUNCTION dialogue_goes_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM partnership WHERE partnership_id = NEW.partnership_id AND outcome IS NULL FOR SHARE;
  IF NOT FOUND THEN PERFORM refuse('the dialogue has ended'); END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER dialogue_goes_on BEFORE INSERT ON agreement FOR EACH ROW EXECUTE FUNCTION dialogue_goes_on();
CREATE TRIGGER dialogue_goes_on BEFORE INSERT ON party FOR EACH ROW EXECUTE FUNCTION dialogue_goes_on();

CREATE FUNCTION dialogue_may_end() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.outcome IS NOT NULL AND OLD.outcome IS NULL
     AND EXISTS (SELECT FROM agreement WHERE partnership_id = NEW.partnership_id AND state <> 'Withdrawn') THEN
    PERFORM refuse('an agreement is under way');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER dialogue_may_end BEFORE UPDATE ON partnership FOR EACH ROW EXECUTE FUNCTION dialogue_may_end();

CREATE TABLE dialogue_entry (
  entry_id       uuid PRIMARY KEY,
  partnership_id uuid NOT NULL REFERENCES partnership,
  kind           text NOT NULL CHECK (kind IN ('Meeting', 'Talk', 'Note', 'Ended', 'Reopened')),
  held_on        date NOT NULL,
  participants   text NOT NULL,
  said           text NOT NULL,
  decided        text,
  audience       text NOT NULL CHECK (audience IN ('OwnParty', 'OwnSide', 'All')),
  circle         text NOT NULL,
  organisation   uuid NOT NULL REFERENCES organisation,
  written_by     uuid NOT NULL,
  written_at     timestamptz NOT NULL,
  version        bigint NOT NULL,
  CHECK ((audience = 'All') = (circle = 'all') AND (audience = 'OwnParty') = (circle = organisation::text))
);
CREATE INDEX dialogue_entry_by_partnership ON dialogue_entry (partnership_id, held_on DESC, entry_id DESC);
CALL isolate('dialogue_entry', 'SELECT, INSERT, UPDATE (kind, held_on, participants, said, decided, version)');
CALL hear_within_circle('dialogue_entry');
CALL write_as_oneself('dialogue_entry', 'written_by');
CREATE POLICY own_words ON dialogue_entry AS RESTRICTIVE FOR UPDATE TO {{service}}_app USING (organisation = caller_org());

CREATE TABLE partner_choice (
  partnership_id  uuid PRIMARY KEY REFERENCES partnership,
  open_invitation boolean NOT NULL,
  how             text NOT NULL,
  criteria        text NOT NULL,
  changed_by      uuid NOT NULL,
  changed_at      timestamptz NOT NULL,
  version         bigint NOT NULL
);
CALL isolate('partner_choice', 'SELECT, INSERT, UPDATE (open_invitation, how, criteria, changed_by, changed_at, version)');

CREATE TABLE actor (
  actor_id       uuid PRIMARY KEY,
  partnership_id uuid NOT NULL REFERENCES partnership,
  organisation   uuid REFERENCES organisation,
  unit           uuid REFERENCES organisation_unit,
  name           text NOT NULL,
  kind           text NOT NULL CHECK (kind IN ('Public', 'IdeaDriven', 'Private')),
  standing       text NOT NULL CHECK (standing IN ('BelongsAtTable', 'Asked', 'Joined', 'Declined', 'Left', 'Informed', 'Observes')),
  reason         text,
  since          date NOT NULL,
  version        bigint NOT NULL,
  CHECK (unit IS NULL OR organisation IS NOT NULL),
  CHECK (standing NOT IN ('Declined', 'Left') OR reason IS NOT NULL)
);
CREATE INDEX actor_by_partnership ON actor (partnership_id, actor_id);
CREATE UNIQUE INDEX actor_once ON actor (partnership_id, organisation, unit) NULLS NOT DISTINCT WHERE organisation IS NOT NULL;
CALL isolate('actor', 'SELECT, INSERT, UPDATE (standing, reason, since, version)');

CREATE TABLE participation (
  participation_id uuid PRIMARY KEY,
  partnership_id   uuid NOT NULL REFERENCES partnership,
  step             text NOT NULL CHECK (step IN ('challenge', 'goals', 'interventions', 'roles', 'agreement', 'follow-up', 'evaluation')),
  who              text NOT NULL,
  level            text NOT NULL CHECK (level IN ('Information', 'Consultation', 'Dialogue', 'Partnership')),
  how              text NOT NULL,
  what_changed     text,
  held_on          date NOT NULL,
  written_by       uuid NOT NULL,
  version          bigint NOT NULL
);
CREATE INDEX participation_by_partnership ON participation (partnership_id, participation_id);
CALL isolate('participation', 'SELECT, INSERT, UPDATE (step, who, level, how, what_changed, held_on, written_by, version)');

-- Comments lie beside the text. What is said is never changed; a reply is heard where its thread is.
CREATE TABLE comment_thread (
  thread_id      uuid PRIMARY KEY,
  agreement_id   uuid NOT NULL,
  partnership_id uuid NOT NULL,
  section_key    text NOT NULL,
  audience       text NOT NULL CHECK (audience IN ('OwnParty', 'OwnSide', 'All')),
  circle         text NOT NULL,
  started_at     timestamptz NOT NULL,
  resolved_by    uuid,
  resolved_at    timestamptz,
  version        bigint NOT NULL,
  UNIQUE (thread_id, agreement_id, partnership_id, section_key, circle),
  CHECK ((resolved_by IS NULL) = (resolved_at IS NULL)),
  CHECK ((audience = 'All') = (circle = 'all') AND (audience = 'OwnSide') = (circle IN ('public', 'idea-driven', 'private'))),
  FOREIGN KEY (partnership_id, agreement_id) REFERENCES agreement (partnership_id, agreement_id)
);
CREATE INDEX comment_thread_by_agreement ON comment_thread (agreement_id, section_key, thread_id);
CALL isolate('comment_thread', 'SELECT, INSERT, UPDATE (resolved_by, resolved_at, version)');
CALL hear_within_circle('comment_thread');

CREATE TABLE comment (
  comment_id     uuid PRIMARY KEY,
  thread_id      uuid NOT NULL,
  agreement_id   uuid NOT NULL,
  partnership_id uuid NOT NULL,
  section_key    text NOT NULL,
  circle         text NOT NULL,
  organisation   uuid NOT NULL REFERENCES organisation,
  author         uuid NOT NULL,
  said_at        timestamptz NOT NULL,
  number         bigint NOT NULL,
  text           text NOT NULL,
  UNIQUE (thread_id, number),
  FOREIGN KEY (thread_id, agreement_id, partnership_id, section_key, circle)
    REFERENCES comment_thread (thread_id, agreement_id, partnership_id, section_key, circle)
);
CALL isolate('comment', 'SELECT, INSERT');
CALL hear_within_circle('comment');
CALL write_as_oneself('comment', 'author');

-- Who did what when, field by field. Who it was, the database says itself; nobody may change or delete.
CREATE TABLE change_log (
  position       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  act_id         uuid NOT NULL,
  partnership_id uuid NOT NULL,
  agreement_id   uuid,
  at             timestamptz NOT NULL,
  person         uuid DEFAULT caller_person(),
  organisation   uuid DEFAULT caller_org(),
  thing          text NOT NULL,
  subject        text NOT NULL,
  party_id       uuid,
  label          text,
  change         text NOT NULL CHECK (change IN ('Added', 'Changed', 'Removed')),
  fields         jsonb NOT NULL,
  circle         text NOT NULL
);
CREATE INDEX change_log_by_partnership ON change_log (partnership_id, position);
CREATE INDEX change_log_by_agreement ON change_log (agreement_id, position) WHERE agreement_id IS NOT NULL;
CALL isolate('change_log', 'SELECT');
CALL hear_within_circle('change_log');
GRANT INSERT (act_id, partnership_id, agreement_id, at, thing, subject, party_id, label, change, fields, circle)
  ON change_log TO {{service}}_app, {{service}}_system;
