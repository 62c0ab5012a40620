-- A change that is given up leaves the text as it is in force, whatever was done to it meanwhile.

-- A body that was formed meanwhile and has been used (somebody sits in it, it has decided, something lies before it) is not forgotten:
-- it goes on as a living body of the partnership, no longer of the agreement. The other way there is none.
GRANT UPDATE (agreement_id) ON body TO {{service}}_app, {{service}}_system;
CREATE FUNCTION body_leaves_the_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.agreement_id IS NOT NULL THEN PERFORM refuse('a body does not move into another agreement'); END IF;
  PERFORM FROM agreement WHERE agreement_id = OLD.agreement_id AND working IN ('Draft', 'Assessment') FOR KEY SHARE;
  IF NOT FOUND THEN PERFORM refuse('the text is fixed'); END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER body_leaves_the_text BEFORE UPDATE ON body FOR EACH ROW
  WHEN (NEW.agreement_id IS DISTINCT FROM OLD.agreement_id) EXECUTE FUNCTION body_leaves_the_text();

CREATE OR REPLACE FUNCTION put_back_parts(p_agreement uuid, p_hash text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE t jsonb; p uuid;
BEGIN
  SELECT convert_from(canonical, 'UTF8')::jsonb -> 'text', partnership_id INTO t, p
    FROM agreement_version WHERE agreement_id = p_agreement AND hash = p_hash;
  PERFORM put_back_goals(p_agreement, p, listed(t, 'goals'));
  PERFORM put_back_activities(p_agreement, p, listed(t, 'activities'));
  PERFORM put_back_bodies(p_agreement, p, listed(t, 'bodies'));
  PERFORM put_back_attachments(p_agreement, p, p_hash, listed(t, 'attachments'));
END $$;

CREATE FUNCTION put_back_goals(p_agreement uuid, p uuid, p_goals jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM goal WHERE agreement_id = p_agreement
    AND NOT EXISTS (SELECT FROM jsonb_array_elements(p_goals) g WHERE (g->>'goalId')::uuid = goal_id);
  UPDATE goal SET text = g->>'text', version = version + 1 FROM jsonb_array_elements(p_goals) g
    WHERE agreement_id = p_agreement AND goal_id = (g->>'goalId')::uuid AND text <> g->>'text';
  INSERT INTO goal (goal_id, agreement_id, partnership_id, kind, part_of, party_id, text, version)
    SELECT (g->>'goalId')::uuid, p_agreement, p, as_word(g->>'kind'), (g->>'partOf')::uuid, (g->>'partyId')::uuid, g->>'text', 1
    FROM jsonb_array_elements(p_goals) g ON CONFLICT (goal_id) DO NOTHING;
END $$;

CREATE FUNCTION put_back_activities(p_agreement uuid, p uuid, p_activities jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM activity WHERE agreement_id = p_agreement
    AND NOT EXISTS (SELECT FROM jsonb_array_elements(p_activities) a WHERE (a->>'activityId')::uuid = activity_id);
  UPDATE activity SET name = a->>'name', description = a->>'description', booked_by = (a->>'bookedBy')::uuid, party_ids = ids(a->'partyIds'),
      from_on = (a->>'fromOn')::date, to_on = (a->>'toOn')::date, target_group = a->>'targetGroup', version = version + 1
    FROM jsonb_array_elements(p_activities) a
    WHERE agreement_id = p_agreement AND activity_id = (a->>'activityId')::uuid
      AND (name, description, booked_by, party_ids, from_on, to_on, target_group) IS DISTINCT FROM
        (a->>'name', a->>'description', (a->>'bookedBy')::uuid, ids(a->'partyIds'), (a->>'fromOn')::date, (a->>'toOn')::date, a->>'targetGroup');
  INSERT INTO activity (activity_id, agreement_id, partnership_id, name, description, booked_by, party_ids, from_on, to_on, target_group, version)
    SELECT (a->>'activityId')::uuid, p_agreement, p, a->>'name', a->>'description', (a->>'bookedBy')::uuid, ids(a->'partyIds'),
      (a->>'fromOn')::date, (a->>'toOn')::date, a->>'targetGroup', 1
    FROM jsonb_array_elements(p_activities) a ON CONFLICT (activity_id) DO NOTHING;
END $$;

CREATE FUNCTION put_back_bodies(p_agreement uuid, p uuid, p_bodies jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE formed uuid;
BEGIN
  FOR formed IN SELECT body_id FROM body WHERE agreement_id = p_agreement AND kind <> 'Temporary'
      AND NOT EXISTS (SELECT FROM jsonb_array_elements(p_bodies) b WHERE (b->>'bodyId')::uuid = body_id) LOOP
    BEGIN
      DELETE FROM body WHERE body_id = formed;
    EXCEPTION WHEN foreign_key_violation THEN
      UPDATE body SET agreement_id = NULL, version = version + 1 WHERE body_id = formed;
    END;
  END LOOP;
  UPDATE body SET name = b->>'name', mandate = b->>'mandate', handover = b->>'handover', every_weeks = (b->'rhythm'->>'everyWeeks')::integer,
      for_months = (b->'rhythm'->>'forMonths')::integer, then_every_weeks = (b->'rhythm'->>'thenEveryWeeks')::integer, version = version + 1
    FROM jsonb_array_elements(p_bodies) b
    WHERE agreement_id = p_agreement AND body_id = (b->>'bodyId')::uuid
      AND (name, mandate, handover, every_weeks, for_months, then_every_weeks) IS DISTINCT FROM
        (b->>'name', b->>'mandate', b->>'handover', (b->'rhythm'->>'everyWeeks')::integer, (b->'rhythm'->>'forMonths')::integer,
         (b->'rhythm'->>'thenEveryWeeks')::integer);
  INSERT INTO body (body_id, partnership_id, agreement_id, kind, name, mandate, every_weeks, for_months, then_every_weeks, handover, visibility,
      owner_party_id, version)
    SELECT (b->>'bodyId')::uuid, p, p_agreement, as_word(b->>'kind'), b->>'name', b->>'mandate', (b->'rhythm'->>'everyWeeks')::integer,
      (b->'rhythm'->>'forMonths')::integer, (b->'rhythm'->>'thenEveryWeeks')::integer, b->>'handover', as_word(b->>'visibility'),
      (b->>'ownerPartyId')::uuid, 1
    FROM jsonb_array_elements(p_bodies) b ON CONFLICT (body_id) DO NOTHING;
END $$;

-- The same file may be attached twice, each time as a row of its own: the first missing one takes the first free one.
CREATE FUNCTION put_back_attachments(p_agreement uuid, p uuid, p_hash text, p_attachments jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM attachment WHERE agreement_id = p_agreement
    AND NOT EXISTS (SELECT FROM jsonb_array_elements(p_attachments) a WHERE (a->>'attachmentId')::uuid = attachment_id);
  UPDATE attachment SET title = a->>'title', section_key = a->>'sectionKey', version = version + 1
    FROM jsonb_array_elements(p_attachments) a
    WHERE agreement_id = p_agreement AND attachment_id = (a->>'attachmentId')::uuid
      AND (title, section_key) IS DISTINCT FROM (a->>'title', a->>'sectionKey');
  INSERT INTO attachment (attachment_id, agreement_id, partnership_id, file_id, section_key, title, version)
    WITH missing AS (
      SELECT a, row_number() OVER (PARTITION BY a->>'sha256', a->>'fileName' ORDER BY a->>'attachmentId') AS place
      FROM jsonb_array_elements(p_attachments) a
      WHERE NOT EXISTS (SELECT FROM attachment t WHERE t.attachment_id = (a->>'attachmentId')::uuid)),
    free AS (
      SELECT f.file_id, f.sha256, f.name, row_number() OVER (PARTITION BY f.sha256, f.name ORDER BY f.file_id) AS place
      FROM version_file v JOIN stored_file f USING (file_id)
      WHERE v.agreement_id = p_agreement AND v.version_hash = p_hash
        AND NOT EXISTS (SELECT FROM attachment t WHERE t.file_id = f.file_id))
    SELECT (a->>'attachmentId')::uuid, p_agreement, p, free.file_id, a->>'sectionKey', a->>'title', 1
    FROM missing JOIN free ON free.sha256 = a->>'sha256' AND free.name = a->>'fileName' AND free.place = missing.place;
END $$;
