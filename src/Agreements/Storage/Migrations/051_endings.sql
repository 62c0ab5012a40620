-- Who joins is a party of the partnership before it is one of the agreement.
ALTER TABLE change DROP CONSTRAINT change_agreement_id_party_id_fkey;
ALTER TABLE change ADD FOREIGN KEY (partnership_id, party_id) REFERENCES party (partnership_id, party_id);

-- How an agreement ends before its time, and the talk that comes before the last date of notice.

CREATE TABLE termination (
  termination_id uuid PRIMARY KEY,
  agreement_id   uuid NOT NULL,
  partnership_id uuid NOT NULL,
  kind           text NOT NULL CHECK (kind IN ('Notice', 'Rescission')),
  party_id       uuid NOT NULL,
  organisation   uuid NOT NULL,
  person         uuid NOT NULL,
  reason         text NOT NULL CHECK (reason <> ''),
  ground         text CHECK (ground IN ('MaterialBreach', 'ChangedCircumstances', 'PartyNoLongerAble', 'AsAgreed')),
  clause         text,
  given_at       timestamptz NOT NULL,
  last_day       date NOT NULL,
  UNIQUE (agreement_id, kind),
  CHECK ((kind = 'Rescission') = (ground IS NOT NULL) AND (kind = 'Rescission') = (clause IS NOT NULL)),
  FOREIGN KEY (partnership_id, agreement_id) REFERENCES agreement (partnership_id, agreement_id),
  FOREIGN KEY (agreement_id, party_id) REFERENCES agreement_party (agreement_id, party_id)
);
CALL isolate('termination', 'SELECT, INSERT');

CREATE TABLE dispute (
  dispute_id     uuid PRIMARY KEY,
  termination_id uuid NOT NULL REFERENCES termination,
  agreement_id   uuid NOT NULL,
  partnership_id uuid NOT NULL,
  party_id       uuid NOT NULL,
  organisation   uuid NOT NULL,
  person         uuid NOT NULL,
  reason         text NOT NULL CHECK (reason <> ''),
  at             timestamptz NOT NULL,
  FOREIGN KEY (partnership_id, agreement_id) REFERENCES agreement (partnership_id, agreement_id),
  FOREIGN KEY (agreement_id, party_id) REFERENCES agreement_party (agreement_id, party_id)
);
CREATE INDEX dispute_by_agreement ON dispute (agreement_id);
CALL isolate('dispute', 'SELECT, INSERT');

CREATE FUNCTION party_speaks_for_itself() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.organisation IS DISTINCT FROM caller_org() OR NEW.person IS DISTINCT FROM caller_person()
     OR NOT EXISTS (SELECT FROM party p JOIN agreement_party ap USING (party_id)
       WHERE ap.agreement_id = NEW.agreement_id AND p.party_id = NEW.party_id AND p.organisation = NEW.organisation
         AND (p.unit IS NULL OR caller_unit() IS NULL OR p.unit = caller_unit())) THEN
    PERFORM refuse('nobody speaks for another party');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER party_speaks_for_itself BEFORE INSERT ON termination FOR EACH ROW EXECUTE FUNCTION party_speaks_for_itself();
CREATE TRIGGER party_speaks_for_itself BEFORE INSERT ON dispute FOR EACH ROW EXECUTE FUNCTION party_speaks_for_itself();

-- Notice and rescission are given by a party, never by a row alone.
CREATE FUNCTION ending_has_its_reason() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM termination t WHERE t.agreement_id = NEW.agreement_id
      AND t.kind = CASE NEW.state WHEN 'NoticeGiven' THEN 'Notice' ELSE 'Rescission' END) THEN
    PERFORM refuse('no party has ended the agreement');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ending_has_its_reason BEFORE UPDATE ON agreement FOR EACH ROW
  WHEN (NEW.state IN ('NoticeGiven', 'Rescinded') AND OLD.state <> NEW.state) EXECUTE FUNCTION ending_has_its_reason();

CREATE TABLE joint_talk (
  talk_id        uuid PRIMARY KEY,
  agreement_id   uuid NOT NULL,
  partnership_id uuid NOT NULL,
  before_date    date,
  on_day         date NOT NULL,
  booked_by      uuid NOT NULL,
  booked_for     uuid NOT NULL,
  booked_at      timestamptz NOT NULL,
  held           boolean,
  held_on        date,
  outcome        text CHECK (outcome IN ('GoOn', 'Renegotiate', 'LetEnd', 'TalkMore')),
  note           text,
  noted_at       timestamptz,
  version        bigint NOT NULL,
  CHECK ((held IS NULL) = (noted_at IS NULL) AND (held IS TRUE) = (held_on IS NOT NULL)),
  FOREIGN KEY (partnership_id, agreement_id) REFERENCES agreement (partnership_id, agreement_id)
);
CREATE INDEX joint_talk_by_agreement ON joint_talk (agreement_id);
CALL isolate('joint_talk', 'SELECT, INSERT, UPDATE (held, held_on, outcome, note, noted_at, version)');

-- Each reminder is given once, however many timers ring.
CREATE TABLE notice_reminder (
  agreement_id   uuid NOT NULL,
  partnership_id uuid NOT NULL,
  last_date      date NOT NULL,
  days_before    integer NOT NULL,
  PRIMARY KEY (agreement_id, last_date, days_before),
  FOREIGN KEY (partnership_id, agreement_id) REFERENCES agreement (partnership_id, agreement_id)
);
CALL isolate('notice_reminder', 'SELECT');
GRANT INSERT ON notice_reminder TO {{service}}_system;

-- What a version holds is put back into the rows of the working text when a change is given up, or when nobody signs the version.
CREATE FUNCTION put_back_parts(p_agreement uuid, p_hash text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE t jsonb; p uuid;
BEGIN
  SELECT convert_from(canonical, 'UTF8')::jsonb -> 'text', partnership_id INTO t, p
    FROM agreement_version WHERE agreement_id = p_agreement AND hash = p_hash;

  DELETE FROM goal WHERE agreement_id = p_agreement
    AND NOT EXISTS (SELECT FROM jsonb_array_elements(listed(t, 'goals')) g WHERE (g->>'goalId')::uuid = goal_id);
  UPDATE goal SET text = g->>'text', version = version + 1 FROM jsonb_array_elements(listed(t, 'goals')) g
    WHERE agreement_id = p_agreement AND goal_id = (g->>'goalId')::uuid AND text <> g->>'text';
  INSERT INTO goal (goal_id, agreement_id, partnership_id, kind, part_of, party_id, text, version)
    SELECT (g->>'goalId')::uuid, p_agreement, p, as_word(g->>'kind'), (g->>'partOf')::uuid, (g->>'partyId')::uuid, g->>'text', 1
    FROM jsonb_array_elements(listed(t, 'goals')) g ON CONFLICT (goal_id) DO NOTHING;

  DELETE FROM activity WHERE agreement_id = p_agreement
    AND NOT EXISTS (SELECT FROM jsonb_array_elements(listed(t, 'activities')) a WHERE (a->>'activityId')::uuid = activity_id);
  UPDATE activity SET name = a->>'name', description = a->>'description', booked_by = (a->>'bookedBy')::uuid, party_ids = ids(a->'partyIds'),
      from_on = (a->>'fromOn')::date, to_on = (a->>'toOn')::date, target_group = a->>'targetGroup', version = version + 1
    FROM jsonb_array_elements(listed(t, 'activities')) a
    WHERE agreement_id = p_agreement AND activity_id = (a->>'activityId')::uuid
      AND (name, description, booked_by, party_ids, from_on, to_on, target_group) IS DISTINCT FROM
        (a->>'name', a->>'description', (a->>'bookedBy')::uuid, ids(a->'partyIds'), (a->>'fromOn')::date, (a->>'toOn')::date, a->>'targetGroup');
  INSERT INTO activity (activity_id, agreement_id, partnership_id, name, description, booked_by, party_ids, from_on, to_on, target_group, version)
    SELECT (a->>'activityId')::uuid, p_agreement, p, a->>'name', a->>'description', (a->>'bookedBy')::uuid, ids(a->'partyIds'),
      (a->>'fromOn')::date, (a->>'toOn')::date, a->>'targetGroup', 1
    FROM jsonb_array_elements(listed(t, 'activities')) a ON CONFLICT (activity_id) DO NOTHING;

  -- Somebody may sit in a body that was formed meanwhile: it stays a row, outside every version.
  DELETE FROM body WHERE agreement_id = p_agreement AND kind <> 'Temporary'
    AND NOT EXISTS (SELECT FROM body_member m WHERE m.body_id = body.body_id OR m.links_to = body.body_id)
    AND NOT EXISTS (SELECT FROM jsonb_array_elements(listed(t, 'bodies')) b WHERE (b->>'bodyId')::uuid = body_id);
  UPDATE body SET name = b->>'name', mandate = b->>'mandate', handover = b->>'handover', every_weeks = (b->'rhythm'->>'everyWeeks')::integer,
      for_months = (b->'rhythm'->>'forMonths')::integer, then_every_weeks = (b->'rhythm'->>'thenEveryWeeks')::integer, version = version + 1
    FROM jsonb_array_elements(listed(t, 'bodies')) b
    WHERE agreement_id = p_agreement AND body_id = (b->>'bodyId')::uuid
      AND (name, mandate, handover, every_weeks, for_months, then_every_weeks) IS DISTINCT FROM
        (b->>'name', b->>'mandate', b->>'handover', (b->'rhythm'->>'everyWeeks')::integer, (b->'rhythm'->>'forMonths')::integer,
         (b->'rhythm'->>'thenEveryWeeks')::integer);
  INSERT INTO body (body_id, partnership_id, agreement_id, kind, name, mandate, every_weeks, for_months, then_every_weeks, handover, visibility,
      owner_party_id, version)
    SELECT (b->>'bodyId')::uuid, p, p_agreement, as_word(b->>'kind'), b->>'name', b->>'mandate', (b->'rhythm'->>'everyWeeks')::integer,
      (b->'rhythm'->>'forMonths')::integer, (b->'rhythm'->>'thenEveryWeeks')::integer, b->>'handover', as_word(b->>'visibility'),
      (b->>'ownerPartyId')::uuid, 1
    FROM jsonb_array_elements(listed(t, 'bodies')) b ON CONFLICT (body_id) DO NOTHING;

  DELETE FROM attachment WHERE agreement_id = p_agreement
    AND NOT EXISTS (SELECT FROM jsonb_array_elements(listed(t, 'attachments')) a WHERE (a->>'attachmentId')::uuid = attachment_id);
  UPDATE attachment SET title = a->>'title', section_key = a->>'sectionKey', version = version + 1
    FROM jsonb_array_elements(listed(t, 'attachments')) a
    WHERE agreement_id = p_agreement AND attachment_id = (a->>'attachmentId')::uuid
      AND (title, section_key) IS DISTINCT FROM (a->>'title', a->>'sectionKey');
  INSERT INTO attachment (attachment_id, agreement_id, partnership_id, file_id, section_key, title, version)
    SELECT DISTINCT ON (a->>'attachmentId') (a->>'attachmentId')::uuid, p_agreement, p, f.file_id, a->>'sectionKey', a->>'title', 1
    FROM jsonb_array_elements(listed(t, 'attachments')) a
    JOIN version_file v ON v.agreement_id = p_agreement AND v.version_hash = p_hash
    JOIN stored_file f ON f.file_id = v.file_id AND f.sha256 = a->>'sha256' AND f.name = a->>'fileName'
    ON CONFLICT DO NOTHING;
END $$;

CREATE FUNCTION listed(p_text jsonb, p_name text) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE jsonb_typeof(p_text -> p_name) WHEN 'array' THEN p_text -> p_name ELSE '[]' END $$;
CREATE FUNCTION as_word(p_camel text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT upper(left(p_camel, 1)) || substr(p_camel, 2) $$;
CREATE FUNCTION ids(p_list jsonb) RETURNS uuid[] LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(array_agg(value::uuid ORDER BY place), '{}') FROM jsonb_array_elements_text(p_list) WITH ORDINALITY AS one (value, place) $$;

-- A party is no longer in the text that is being written: nor are its own learning goals, and what it booked.
CREATE FUNCTION leave_parts(p_agreement uuid, p_party uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM goal WHERE agreement_id = p_agreement AND party_id = p_party;
  DELETE FROM activity a WHERE a.agreement_id = p_agreement AND p_party = ANY (a.party_ids) AND NOT EXISTS (
    SELECT FROM party o WHERE o.party_id = ANY (a.party_ids) AND o.party_id <> p_party AND o.organisation = a.booked_by);
  UPDATE activity SET party_ids = array_remove(party_ids, p_party), version = version + 1
    WHERE agreement_id = p_agreement AND p_party = ANY (party_ids);
END $$;

-- A version that nobody signs is made from the one in force: it holds the same files, whatever is attached to a text under way.
CREATE FUNCTION version_keeps_files() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO version_file (agreement_id, version_hash, file_id, partnership_id)
    SELECT f.agreement_id, NEW.hash, f.file_id, f.partnership_id FROM version_file f JOIN agreement g
      ON g.agreement_id = f.agreement_id AND g.in_force_hash = f.version_hash WHERE f.agreement_id = NEW.agreement_id;
  RETURN NULL;
END $$;
DROP TRIGGER version_holds_files ON agreement_version;
CREATE TRIGGER version_holds_files AFTER INSERT ON agreement_version FOR EACH ROW
  WHEN (NEW.binds_by = 'Signatures') EXECUTE FUNCTION version_holds_files();
CREATE TRIGGER version_keeps_files AFTER INSERT ON agreement_version FOR EACH ROW
  WHEN (NEW.binds_by <> 'Signatures') EXECUTE FUNCTION version_keeps_files();

-- An opened text is written on when somebody has declined it, when its change has been given up, or when a party of it leaves.
CREATE OR REPLACE FUNCTION only_the_declined_is_redrafted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.working = 'OpenForSignature' AND NEW.working IN ('Draft', 'Assessment')
     AND NOT EXISTS (SELECT FROM decline d WHERE d.agreement_id = OLD.agreement_id AND d.version_hash = OLD.version_hash)
     AND NOT EXISTS (SELECT FROM change c WHERE c.agreement_id = OLD.agreement_id
       AND (c.change_id = OLD.change_id AND c.state = 'Abandoned' OR c.kind = 'Withdrawal' AND c.state = 'UnderWay')) THEN
    PERFORM refuse('nobody has declined the version');
  END IF;
  RETURN NEW;
END $$;
