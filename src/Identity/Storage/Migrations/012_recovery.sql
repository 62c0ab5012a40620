-- What a link that works once is for. The first operator's has no person.
ALTER TABLE one_time_link ADD purpose text NOT NULL DEFAULT 'invitation'
  CHECK (purpose IN ('invitation', 'password', 'second-factor'));

-- Somebody has said that a password is forgotten. Written down in the same time whether there is such an account or not; what
-- follows, follows afterwards.
CREATE TABLE password_wish (
  wish_id      uuid PRIMARY KEY,
  account_hash bytea NOT NULL,
  email        text NOT NULL,
  asked_at     timestamptz NOT NULL
);
CREATE INDEX password_wish_by_account ON password_wish (account_hash, asked_at);
GRANT SELECT, INSERT ON password_wish TO {{service}}_app;
GRANT SELECT, DELETE ON password_wish TO {{service}}_system;

-- A lost second factor is replaced when two have said that it is right (fyra ögon), neither of them the person.
CREATE TABLE second_factor_reset (
  reset_id        uuid PRIMARY KEY,
  person_id       uuid NOT NULL REFERENCES person,
  organisation_id uuid NOT NULL REFERENCES organisation,
  reason          text NOT NULL,
  asked_by        uuid NOT NULL,
  asked_at        timestamptz NOT NULL,
  confirmed_by    uuid,
  confirmed_at    timestamptz,
  version         bigint NOT NULL,
  CONSTRAINT not_ones_own CHECK (asked_by <> person_id AND confirmed_by <> person_id),
  CONSTRAINT four_eyes CHECK (confirmed_by <> asked_by),
  CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL))
);
CREATE INDEX second_factor_reset_by_organisation ON second_factor_reset (organisation_id, asked_at);
GRANT SELECT, INSERT, UPDATE (confirmed_by, confirmed_at, version) ON second_factor_reset TO {{service}}_app;
GRANT SELECT ON second_factor_reset TO {{service}}_system;
