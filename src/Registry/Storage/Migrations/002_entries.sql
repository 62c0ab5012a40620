-- Public: one entry per partnership, copied from agreements that have entered into force. Only reactions write here.
CREATE TABLE entry (
  entry_id          uuid PRIMARY KEY,
  partnership_id    uuid UNIQUE,
  title             text NOT NULL,
  purpose           text,
  challenge         text,
  target_group      text,
  area              text CHECK (area IN
    ('safety', 'leisure-education', 'health', 'crime', 'labour-integration', 'disability', 'basic-needs', 'other')),
  target_age        text CHECK (target_age IN ('0-25', '26-65', 'over-65', 'all')),
  municipality_code text,
  county_code       text,
  place_name        text,
  starts_on         date,
  start_year        integer,
  ends_on           date,
  open_ended        boolean NOT NULL,
  ended_on          date,
  status            text NOT NULL CHECK (status IN ('Active', 'Presumed', 'Ended')),
  provenance        text NOT NULL CHECK (provenance IN ('signed-here', 'imported', 'entered-by-hand', 'reported-by-one-side')),
  last_confirmed_on date,
  party_names       text NOT NULL,
  published_at      timestamptz NOT NULL,
  version           bigint NOT NULL,
  -- Stemmed, so that "kvinnojourer" finds "kvinnojour"; and as written, so that names are found by their beginning.
  search            tsvector NOT NULL GENERATED ALWAYS AS (
    setweight(to_tsvector('swedish', title), 'A') || setweight(to_tsvector('simple', title), 'A')
    || setweight(to_tsvector('simple', party_names), 'B') || setweight(to_tsvector('simple', coalesce(place_name, '')), 'B')
    || setweight(to_tsvector('swedish', coalesce(purpose, '') || ' ' || coalesce(challenge, '') || ' ' || coalesce(target_group, '')), 'C')
    || setweight(to_tsvector('simple', coalesce(purpose, '') || ' ' || coalesce(challenge, '') || ' ' || coalesce(target_group, '')), 'D')
  ) STORED
);
CREATE INDEX entry_by_search ON entry USING gin (search);
CREATE INDEX entry_by_start ON entry (starts_on DESC, entry_id DESC);

CREATE TABLE entry_agreement (
  agreement_id uuid PRIMARY KEY,
  entry_id     uuid NOT NULL REFERENCES entry,
  title        text NOT NULL,
  purpose      text NOT NULL,
  challenge    text NOT NULL,
  target_group text NOT NULL,
  area         text,
  target_age   text,
  municipality_code text,
  county_code  text,
  version_hash text NOT NULL,
  signed_on    date NOT NULL,
  starts_on    date NOT NULL,
  ends_on      date,
  auto_renews  boolean NOT NULL,
  ended_on     date,
  how_ended    text
);
CREATE INDEX entry_agreement_by_entry ON entry_agreement (entry_id);

CREATE TABLE entry_party (
  agreement_id    uuid NOT NULL REFERENCES entry_agreement,
  party_id        uuid NOT NULL,
  organisation_id uuid NOT NULL,
  unit_id         uuid,
  name            text NOT NULL,
  unit_name       text,
  kind            text NOT NULL CHECK (kind IN ('Public', 'IdeaDriven', 'Private')),
  PRIMARY KEY (agreement_id, party_id)
);
CREATE INDEX entry_party_by_organisation ON entry_party (organisation_id);

CREATE TABLE entry_resource (
  agreement_id   uuid NOT NULL REFERENCES entry_agreement,
  number         integer NOT NULL,
  party_id       uuid NOT NULL,
  kind           text NOT NULL,
  description    text NOT NULL,
  ore_per_year   bigint,
  hours_per_year integer,
  PRIMARY KEY (agreement_id, number)
);

GRANT SELECT ON entry, entry_agreement, entry_party, entry_resource TO {{service}}_app;
GRANT SELECT, INSERT, UPDATE ON entry, entry_agreement TO {{service}}_system;
GRANT SELECT, INSERT, DELETE ON entry_party, entry_resource TO {{service}}_system;
