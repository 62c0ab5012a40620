-- When each party joined, by the partnership's own count: who was there before hears of who came after.
CREATE TABLE circle_joining (
  circle_id       uuid NOT NULL,
  party_id        uuid NOT NULL,
  organisation_id uuid NOT NULL,
  unit_id         uuid,
  occasion        bigint NOT NULL,
  PRIMARY KEY (circle_id, party_id)
);
ALTER TABLE circle_joining ENABLE ROW LEVEL SECURITY;
ALTER TABLE circle_joining FORCE ROW LEVEL SECURITY;
CREATE POLICY everything ON circle_joining TO {{service}}_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT ON circle_joining TO {{service}}_system;
