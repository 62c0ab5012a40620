-- A link of a person's account, to be mailed: it belongs to no organisation and stands in no inbox. Forgotten when it is too old
-- to be used.
CREATE TABLE account_link (
  link_id    uuid PRIMARY KEY,
  name       text NOT NULL,
  email      text NOT NULL,
  language   text NOT NULL CHECK (language IN ('sv', 'en')),
  kind       text NOT NULL CHECK (kind IN ('password', 'second-factor')),
  path       text NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX account_link_by_age ON account_link (expires_at);
ALTER TABLE account_link ENABLE ROW LEVEL SECURITY;
ALTER TABLE account_link FORCE ROW LEVEL SECURITY;
CREATE POLICY everything ON account_link TO {{service}}_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, DELETE ON account_link TO {{service}}_system;

ALTER TABLE mail ADD link_id uuid REFERENCES account_link ON DELETE CASCADE;
ALTER TABLE mail DROP CONSTRAINT mail_check;
ALTER TABLE mail ADD CONSTRAINT mail_is_about_one_thing CHECK (
  num_nonnulls(line_id, day, link_id) = 1 AND (day IS NOT NULL) = (since IS NOT NULL) AND (day IS NOT NULL) = (until IS NOT NULL));
CREATE UNIQUE INDEX mail_of_a_link_once ON mail (link_id) WHERE link_id IS NOT NULL;
