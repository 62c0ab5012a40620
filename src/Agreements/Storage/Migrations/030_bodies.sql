-- Who meets and decides (styrgrupp, samverkansgrupp …). A body of an agreement is agreed text, unless it is temporary; a body of the
-- whole partnership, and who sits in any of them, is living.
CREATE TABLE body (
  body_id          uuid PRIMARY KEY,
  partnership_id   uuid NOT NULL REFERENCES partnership,
  agreement_id     uuid,
  kind             text NOT NULL CHECK (kind IN ('Steering', 'IdeaDriven', 'Cooperation', 'Operational', 'Temporary')),
  name             text NOT NULL,
  mandate          text,
  every_weeks      integer CHECK (every_weeks > 0),
  for_months       integer CHECK (for_months > 0),
  then_every_weeks integer CHECK (then_every_weeks > 0),
  handover         text,
  visibility       text NOT NULL CHECK (visibility IN ('All', 'OwnSide', 'OwnParty')),
  owner_party_id   uuid,
  ends_on          date,
  version          bigint NOT NULL,
  UNIQUE (partnership_id, body_id),
  FOREIGN KEY (partnership_id, agreement_id) REFERENCES agreement (partnership_id, agreement_id),
  FOREIGN KEY (partnership_id, owner_party_id) REFERENCES party (partnership_id, party_id),
  CHECK ((visibility = 'All') = (owner_party_id IS NULL)),
  CHECK ((for_months IS NULL) = (then_every_weeks IS NULL) AND (for_months IS NULL OR every_weeks IS NOT NULL))
);
CREATE INDEX body_by_partnership ON body (partnership_id);
CREATE INDEX body_by_agreement ON body (agreement_id);
CALL isolate('body', 'SELECT, INSERT, UPDATE (name, mandate, every_weeks, for_months, then_every_weeks, handover, ends_on, version), DELETE');
CREATE TRIGGER draft_is_open BEFORE INSERT OR UPDATE ON body FOR EACH ROW
  WHEN (NEW.agreement_id IS NOT NULL AND NEW.kind <> 'Temporary') EXECUTE FUNCTION draft_is_open();
CREATE TRIGGER draft_is_open_to_removal BEFORE DELETE ON body FOR EACH ROW
  WHEN (OLD.agreement_id IS NOT NULL AND OLD.kind <> 'Temporary') EXECUTE FUNCTION draft_is_open();

-- What is said within a body is seen by those it is meant for. A row takes its audience from its body when it is written.
CREATE FUNCTION audience_of_body() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT b.visibility, CASE p.kind WHEN 'Public' THEN 'public' WHEN 'IdeaDriven' THEN 'idea-driven' WHEN 'Private' THEN 'private' END,
         p.organisation, p.unit
    INTO NEW.audience, NEW.audience_side, NEW.audience_organisation, NEW.audience_unit
    FROM body b LEFT JOIN party p ON p.party_id = b.owner_party_id WHERE b.body_id = NEW.body_id;
  RETURN NEW;
END $$;

-- Puts an isolated table with a column body_id under its body's audience: CALL meant_for_body('body_member') after CALL isolate(…).
CREATE PROCEDURE meant_for_body(p_table text) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %I ADD audience text NOT NULL, ADD audience_side text, ADD audience_organisation uuid, ADD audience_unit uuid', p_table);
  EXECUTE format('CREATE TRIGGER audience_of_body BEFORE INSERT ON %I FOR EACH ROW EXECUTE FUNCTION audience_of_body()', p_table);
  EXECUTE format('CREATE POLICY those_meant ON %I AS RESTRICTIVE TO {{service}}_app USING (audience = ''All'' OR EXISTS (
    SELECT FROM access a WHERE a.partnership_id = %I.partnership_id AND CASE audience
      WHEN ''OwnSide'' THEN a.side = audience_side
      ELSE a.organisation_id = audience_organisation AND (audience_unit IS NULL OR a.unit_id IS NULL OR a.unit_id = audience_unit) END))',
    p_table, p_table);
END $$;

CREATE TABLE body_member (
  member_id      uuid PRIMARY KEY,
  body_id        uuid NOT NULL,
  partnership_id uuid NOT NULL,
  party_id       uuid,
  person         uuid,
  name           text,
  role           text NOT NULL CHECK (role IN ('Chair', 'Member', 'Deputy', 'Secretary', 'Guest')),
  deputy_for     uuid,
  links_to       uuid,
  mandate        text,
  from_on        date NOT NULL,
  to_on          date CHECK (to_on >= from_on),
  handover       text,
  version        bigint NOT NULL,
  UNIQUE (body_id, member_id),
  FOREIGN KEY (partnership_id, body_id) REFERENCES body (partnership_id, body_id),
  FOREIGN KEY (partnership_id, party_id) REFERENCES party (partnership_id, party_id),
  FOREIGN KEY (partnership_id, links_to) REFERENCES body (partnership_id, body_id),
  FOREIGN KEY (body_id, deputy_for) REFERENCES body_member (body_id, member_id),
  CHECK (person IS NOT NULL OR name IS NOT NULL)
);
CREATE INDEX body_member_by_body ON body_member (body_id);
CALL isolate('body_member', 'SELECT, INSERT, UPDATE (role, deputy_for, links_to, mandate, to_on, handover, version)');
CALL meant_for_body('body_member');
