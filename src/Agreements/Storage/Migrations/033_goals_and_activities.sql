-- Goals as things of their own, and what is done.
CREATE TABLE goal (
  goal_id        uuid PRIMARY KEY,
  agreement_id   uuid NOT NULL,
  partnership_id uuid NOT NULL,
  kind           text NOT NULL CHECK (kind IN ('Overall', 'Partial', 'Learning')),
  part_of        uuid,
  party_id       uuid,
  text           text NOT NULL,
  version        bigint NOT NULL,
  UNIQUE (agreement_id, goal_id),
  FOREIGN KEY (partnership_id, agreement_id) REFERENCES agreement (partnership_id, agreement_id),
  FOREIGN KEY (agreement_id, part_of) REFERENCES goal (agreement_id, goal_id),
  FOREIGN KEY (agreement_id, party_id) REFERENCES agreement_party (agreement_id, party_id),
  CHECK ((kind = 'Partial') = (part_of IS NOT NULL)),
  CHECK (party_id IS NULL OR kind = 'Learning')
);
CALL isolate('goal', 'SELECT, INSERT, UPDATE (text, version), DELETE');
CREATE TRIGGER draft_is_open BEFORE INSERT OR UPDATE OR DELETE ON goal FOR EACH ROW EXECUTE FUNCTION draft_is_open();

CREATE TABLE activity (
  activity_id    uuid PRIMARY KEY,
  agreement_id   uuid NOT NULL,
  partnership_id uuid NOT NULL,
  name           text NOT NULL,
  description    text,
  booked_by      uuid NOT NULL REFERENCES organisation,
  party_ids      uuid[] NOT NULL CHECK (cardinality(party_ids) > 0),
  from_on        date,
  to_on          date CHECK (to_on >= from_on),
  target_group   text,
  version        bigint NOT NULL,
  UNIQUE (partnership_id, activity_id),
  FOREIGN KEY (partnership_id, agreement_id) REFERENCES agreement (partnership_id, agreement_id)
);
CREATE INDEX activity_by_agreement ON activity (agreement_id);
CALL isolate('activity',
    'SELECT, INSERT, UPDATE (name, description, booked_by, party_ids, from_on, to_on, target_group, version), DELETE');
CREATE TRIGGER draft_is_open BEFORE INSERT OR UPDATE OR DELETE ON activity FOR EACH ROW EXECUTE FUNCTION draft_is_open();

-- Only parties take part, and the legal person that books the cost is one of them.
CREATE FUNCTION activity_is_the_parties_own() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM unnest(NEW.party_ids) taking WHERE NOT EXISTS (
      SELECT FROM agreement_party ap WHERE ap.agreement_id = NEW.agreement_id AND ap.party_id = taking)) THEN
    PERFORM refuse('only parties take part');
  END IF;
  IF NOT EXISTS (SELECT FROM party p WHERE p.party_id = ANY (NEW.party_ids) AND p.organisation = NEW.booked_by) THEN
    PERFORM refuse('the cost is booked by a party that takes part');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER activity_is_the_parties_own BEFORE INSERT OR UPDATE ON activity FOR EACH ROW EXECUTE FUNCTION activity_is_the_parties_own();

-- Everything that a lawyer approves, as rows: also what is agreed beside sections and contributions.
CREATE OR REPLACE FUNCTION assessed_fingerprint(p_agreement uuid) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT encode(sha256(convert_to(concat_ws(E'\n',
    (SELECT row(title, starts_on, ends_on, auto_renews, notice_months, area, target_age, municipality_code, county_code,
        catalogue)::text
       FROM agreement WHERE agreement_id = p_agreement),
    (SELECT string_agg(row(p.party_id, p.organisation, p.unit, p.kind, p.required_signatures)::text, E'\n' ORDER BY p.party_id)
       FROM party p JOIN agreement_party ap USING (party_id) WHERE ap.agreement_id = p_agreement),
    (SELECT string_agg(row(key, text, not_needed_reason)::text,
        E'\n' ORDER BY key) FROM section WHERE agreement_id = p_agreement),
    (SELECT string_agg(row(contribution_id, party_id, kind, description, ore_per_year, hours_per_year, funding_source)::text,
        E'\n' ORDER BY contribution_id)
       FROM contribution WHERE agreement_id = p_agreement),
    (SELECT string_agg(row('goal', goal_id, kind, part_of, party_id, text)::text,
        E'\n' ORDER BY goal_id) FROM goal WHERE agreement_id = p_agreement),
    (SELECT string_agg(row('activity', activity_id, name, description, booked_by, party_ids, from_on, to_on, target_group)::text,
        E'\n' ORDER BY activity_id)
       FROM activity WHERE agreement_id = p_agreement),
    (SELECT string_agg(row('body', body_id, kind, name, mandate, every_weeks, for_months, then_every_weeks, handover, visibility,
        owner_party_id)::text, E'\n' ORDER BY body_id)
       FROM body WHERE agreement_id = p_agreement AND kind <> 'Temporary'),
    (SELECT string_agg(row('attachment', a.attachment_id, a.section_key, a.title, f.name, f.kind, f.bytes, f.sha256)::text,
        E'\n' ORDER BY a.attachment_id)
       FROM attachment a JOIN stored_file f USING (file_id) WHERE a.agreement_id = p_agreement),
    (SELECT string_agg(row(question_id, reply, reason, clause)::text, E'\n' ORDER BY question_id)
       FROM legal_answer WHERE agreement_id = p_agreement)), 'UTF8')), 'hex') $$;
