-- Public: who takes part. No policies; persons do not stand here.
CREATE TABLE organisation (
  organisation_id   uuid PRIMARY KEY,
  number            text NOT NULL UNIQUE CHECK (number ~ '^[0-9]{10}$'),
  name              text NOT NULL,
  kind              text NOT NULL CHECK (kind IN ('Public', 'IdeaDriven', 'Private')),
  legal_form        text,
  purpose           text,
  municipality_code text CHECK (municipality_code ~ '^[0-9]{4}$'),
  county_code       text CHECK (county_code ~ '^[0-9]{2}$'),
  registered_on     date NOT NULL,
  version           bigint NOT NULL
);
CREATE INDEX organisation_by_name ON organisation (name COLLATE "sv-x-icu", organisation_id);

CREATE TABLE organisation_unit (
  unit_id         uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisation,
  name            text NOT NULL,
  UNIQUE (organisation_id, name)
);

GRANT SELECT, INSERT ON organisation, organisation_unit TO {{service}}_app;
GRANT UPDATE (name, kind, legal_form, purpose, municipality_code, county_code, version) ON organisation TO {{service}}_app;
GRANT SELECT ON organisation, organisation_unit TO {{service}}_system;
