-- Small aid (de minimis): what was granted, what recipients state, ceilings and rates with their dates. Nothing is ever changed.

CREATE TABLE aid_ceiling (
  kind       text NOT NULL CHECK (kind IN ('DeMinimis', 'SgeiDeMinimis')),
  valid_from date NOT NULL,
  euro_cent  bigint NOT NULL CHECK (euro_cent > 0),
  source     text NOT NULL,
  PRIMARY KEY (kind, valid_from)
);
GRANT SELECT, INSERT ON aid_ceiling TO {{service}}_app, {{service}}_system;
INSERT INTO aid_ceiling (kind, valid_from, euro_cent, source) VALUES
  ('DeMinimis', '2024-01-01', 30000000, 'Regulation (EU) 2023/2831, article 3.2'),
  ('SgeiDeMinimis', '2024-01-01', 75000000, 'Regulation (EU) 2023/2832, article 3.2');

-- Recorded by the operator for all (organisation is null), or by an organisation's lawyer for its own bookings.
CREATE TABLE exchange_rate (
  rate_id      uuid PRIMARY KEY,
  organisation uuid,
  day          date NOT NULL,
  millionths   bigint NOT NULL CHECK (millionths > 0),
  source       text NOT NULL,
  recorded_by  uuid NOT NULL,
  recorded_at  timestamptz NOT NULL
);
CREATE INDEX exchange_rate_by_day ON exchange_rate (day);
ALTER TABLE exchange_rate ENABLE ROW LEVEL SECURITY;
ALTER TABLE exchange_rate FORCE ROW LEVEL SECURITY;
CREATE POLICY for_all_or_own ON exchange_rate TO {{service}}_app USING (organisation IS NULL OR organisation = caller_org());
CREATE POLICY everything ON exchange_rate TO {{service}}_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT ON exchange_rate TO {{service}}_app, {{service}}_system;

CREATE TABLE aid_booking (
  booking_id       uuid PRIMARY KEY,
  partnership_id   uuid NOT NULL,
  agreement_id     uuid NOT NULL,
  grantor          uuid NOT NULL REFERENCES organisation,
  recipient        uuid NOT NULL REFERENCES organisation,
  recipient_number text NOT NULL,
  kind             text NOT NULL CHECK (kind IN ('DeMinimis', 'SgeiDeMinimis')),
  ore              bigint NOT NULL,
  euro_cent        bigint NOT NULL,
  rate_day         date NOT NULL,
  rate_millionths  bigint NOT NULL CHECK (rate_millionths > 0),
  rate_source      text NOT NULL,
  granted_on       date NOT NULL,
  reason           text NOT NULL,
  reverses         uuid UNIQUE REFERENCES aid_booking,
  booked_by        uuid NOT NULL,
  booked_at        timestamptz NOT NULL,
  FOREIGN KEY (partnership_id, agreement_id) REFERENCES agreement (partnership_id, agreement_id),
  CHECK ((reverses IS NULL AND ore > 0 AND euro_cent >= 0) OR (reverses IS NOT NULL AND ore < 0 AND euro_cent <= 0))
);
CREATE INDEX aid_booking_by_agreement ON aid_booking (agreement_id);
CREATE INDEX aid_booking_by_number ON aid_booking (recipient_number, granted_on);
CREATE INDEX aid_booking_by_grantor ON aid_booking (grantor, booking_id);
ALTER TABLE aid_booking ENABLE ROW LEVEL SECURITY;
ALTER TABLE aid_booking FORCE ROW LEVEL SECURITY;
CREATE POLICY those_let_in ON aid_booking FOR SELECT TO {{service}}_app
  USING (grantor = caller_org() OR partnership_id IN (SELECT a.partnership_id FROM access a));
CREATE POLICY grantor_books ON aid_booking FOR INSERT TO {{service}}_app
  WITH CHECK (grantor = caller_org() AND partnership_id IN (SELECT a.partnership_id FROM access a));
CREATE POLICY everything ON aid_booking TO {{service}}_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT ON aid_booking TO {{service}}_app, {{service}}_system;

CREATE TABLE aid_statement (
  statement_id  uuid PRIMARY KEY,
  organisation  uuid NOT NULL REFERENCES organisation,
  number        text NOT NULL,
  sort          text NOT NULL CHECK (sort IN ('None', 'Aid', 'Linked')),
  kind          text CHECK (kind IN ('DeMinimis', 'SgeiDeMinimis')),
  grantor       text,
  euro_cent     bigint CHECK (euro_cent > 0),
  granted_on    date,
  linked_number text,
  withdraws     uuid UNIQUE REFERENCES aid_statement,
  stated_by     uuid NOT NULL,
  stated_at     timestamptz NOT NULL,
  CHECK ((sort = 'Aid') = (num_nulls(kind, grantor, euro_cent, granted_on) = 0)),
  CHECK ((sort = 'Linked') = (linked_number IS NOT NULL))
);
CREATE INDEX aid_statement_by_number ON aid_statement (number);
ALTER TABLE aid_statement ENABLE ROW LEVEL SECURITY;
ALTER TABLE aid_statement FORCE ROW LEVEL SECURITY;
-- One's own, and those of whoever one is in a partnership with.
CREATE POLICY own_and_partners ON aid_statement FOR SELECT TO {{service}}_app
  USING (organisation = caller_org() OR organisation IN (SELECT p.organisation FROM party p));
CREATE POLICY own ON aid_statement FOR INSERT TO {{service}}_app WITH CHECK (organisation = caller_org());
CREATE POLICY everything ON aid_statement TO {{service}}_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT ON aid_statement TO {{service}}_app, {{service}}_system;

-- The functions below run as the owner, and count what their caller cannot see.
CREATE POLICY counted ON aid_booking FOR SELECT TO {{service}}_owner USING (true);
CREATE POLICY counted ON aid_statement FOR SELECT TO {{service}}_owner USING (true);

-- All small aid to the single undertaking behind a number, whoever granted or stated it: dates and amounts, no names. The ceiling
-- is per undertaking and member state, so a grantor must be told what it cannot see.
CREATE FUNCTION aid_of(p_number text) RETURNS TABLE (granted_on date, kind text, euro_cent bigint)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH RECURSIVE stated AS (
    SELECT * FROM aid_statement s WHERE s.withdraws IS NULL AND NOT EXISTS (SELECT FROM aid_statement w WHERE w.withdraws = s.statement_id)),
  same (number) AS (SELECT p_number UNION SELECT l.linked_number FROM same JOIN stated l ON l.number = same.number AND l.sort = 'Linked')
  SELECT b.granted_on, b.kind, b.euro_cent FROM aid_booking b JOIN same ON b.recipient_number = same.number
  UNION ALL
  SELECT s.granted_on, s.kind, s.euro_cent FROM stated s JOIN same ON s.number = same.number WHERE s.sort = 'Aid' $$;

-- Whether any three years that hold the day hold too much.
CREATE FUNCTION aid_is_too_much(p_number text, p_day date) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH aid AS (SELECT * FROM aid_of(p_number)),
  ends AS (SELECT p_day AS day UNION SELECT granted_on FROM aid WHERE granted_on > p_day AND granted_on - interval '3 years' < p_day)
  SELECT EXISTS (
    SELECT FROM ends, LATERAL (
      SELECT coalesce(sum(euro_cent), 0) AS both_kinds, coalesce(sum(euro_cent) FILTER (WHERE kind = 'DeMinimis'), 0) AS small
      FROM aid WHERE granted_on <= ends.day AND granted_on > ends.day - interval '3 years') sums
    WHERE small > coalesce((SELECT c.euro_cent FROM aid_ceiling c WHERE c.kind = 'DeMinimis' AND c.valid_from <= ends.day
                            ORDER BY c.valid_from DESC LIMIT 1), 0)
       OR both_kinds > coalesce((SELECT c.euro_cent FROM aid_ceiling c WHERE c.kind = 'SgeiDeMinimis' AND c.valid_from <= ends.day
                                 ORDER BY c.valid_from DESC LIMIT 1), 0)) $$;

-- Whether the aid booked by an agreement has come to exceed what its recipients may get.
CREATE FUNCTION aid_exceeds(p_agreement uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM aid_booking b WHERE b.agreement_id = p_agreement AND b.reverses IS NULL
      AND NOT EXISTS (SELECT FROM aid_booking r WHERE r.reverses = b.booking_id)
      AND aid_is_too_much(b.recipient_number, b.granted_on)) $$;

CREATE FUNCTION booking_is_genuine() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.booked_by IS DISTINCT FROM caller_person() THEN PERFORM refuse('nobody books for another'); END IF;
  -- One booking at a time for an undertaking, or two could both find room.
  PERFORM pg_advisory_xact_lock(hashtextextended(NEW.recipient_number, 4713));
  IF NOT EXISTS (SELECT FROM party p JOIN agreement_party ap USING (party_id)
      WHERE ap.agreement_id = NEW.agreement_id AND p.organisation = NEW.grantor AND p.kind = 'Public') THEN
    PERFORM refuse('only public parties grant aid');
  END IF;
  IF NEW.reverses IS NOT NULL AND NOT EXISTS (SELECT FROM aid_booking b WHERE b.booking_id = NEW.reverses AND b.reverses IS NULL
      AND (b.agreement_id, b.grantor, b.recipient, b.recipient_number, b.kind, b.ore, b.euro_cent, b.granted_on)
        = (NEW.agreement_id, NEW.grantor, NEW.recipient, NEW.recipient_number, NEW.kind, -NEW.ore, -NEW.euro_cent, NEW.granted_on)) THEN
    PERFORM refuse('a reversal takes back exactly what was booked');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER booking_is_genuine BEFORE INSERT ON aid_booking FOR EACH ROW EXECUTE FUNCTION booking_is_genuine();

CREATE FUNCTION booking_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.reverses IS NULL AND aid_is_too_much(NEW.recipient_number, NEW.granted_on) THEN PERFORM refuse('the ceiling is passed'); END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER booking_fits AFTER INSERT ON aid_booking FOR EACH ROW EXECUTE FUNCTION booking_fits();

-- Which answers rest on a booking.
ALTER TABLE legal_question ADD COLUMN needs text CHECK (needs IN ('DeMinimis', 'SgeiDeMinimis'));
UPDATE legal_question SET needs = 'DeMinimis' WHERE catalogue = 'legal-2026-1' AND question_id = 'sa-de-minimis';
UPDATE legal_question SET needs = 'SgeiDeMinimis' WHERE catalogue = 'legal-2026-1' AND question_id = 'sa-sgei-de-minimis';

-- Null when the assessment lets the agreement through; else why not.
CREATE OR REPLACE FUNCTION assessment_obstacle(p_agreement uuid) RETURNS text LANGUAGE sql STABLE AS $$
  WITH asked AS (
    SELECT q.test, q.part, q.needs, a.reply FROM agreement g
    JOIN legal_question q ON q.catalogue = g.catalogue
    LEFT JOIN legal_answer a ON a.agreement_id = g.agreement_id AND a.question_id = q.question_id AND NOT a.carried_over
    WHERE g.agreement_id = p_agreement),
  is_aid AS (SELECT NOT EXISTS (SELECT FROM asked WHERE test = 'StateAid' AND part = 'Condition' AND reply <> 'Yes') AS holds)
  SELECT CASE
    WHEN NOT EXISTS (SELECT FROM asked) OR EXISTS (SELECT FROM asked WHERE reply IS NULL) THEN 'open'
    WHEN NOT EXISTS (SELECT FROM asked WHERE test = 'PublicContract' AND part = 'Condition' AND reply <> 'Yes') THEN 'public contract'
    WHEN (SELECT holds FROM is_aid) AND NOT EXISTS (SELECT FROM asked WHERE test = 'StateAid' AND part = 'Basis' AND reply = 'Yes') THEN 'unlawful aid'
    WHEN EXISTS (SELECT FROM asked WHERE test IN ('Definition', 'MunicipalLaw') AND part = 'Condition' AND reply = 'No') THEN 'not allowed'
    WHEN (SELECT holds FROM is_aid) AND EXISTS (SELECT FROM asked WHERE needs IS NOT NULL AND reply = 'Yes' AND NOT EXISTS (
      SELECT FROM aid_booking b WHERE b.agreement_id = p_agreement AND b.kind = asked.needs HAVING sum(b.ore) > 0)) THEN 'without a booking of its aid'
    WHEN (SELECT holds FROM is_aid) AND aid_exceeds(p_agreement) THEN 'beyond the ceiling of small aid'
  END $$;
