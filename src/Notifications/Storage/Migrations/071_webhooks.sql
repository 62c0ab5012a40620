-- An organisation's own systems hear what its inboxes hear (webhooks).
CREATE TABLE webhook (
  webhook_id      uuid PRIMARY KEY,
  organisation_id uuid NOT NULL,
  url             text NOT NULL,
  -- Which lines; none means all.
  kinds           text[] NOT NULL,
  -- The secret is derived from the installation's secret, the id and this: nothing secret is kept here.
  generation      integer NOT NULL CHECK (generation > 0),
  created_by      uuid NOT NULL,
  created_at      timestamptz NOT NULL,
  -- The receiver has failed: it is left alone until then.
  paused_until    timestamptz,
  ended_at        timestamptz,
  version         bigint NOT NULL
);
CREATE INDEX webhook_of_organisation ON webhook (organisation_id) WHERE ended_at IS NULL;
ALTER TABLE webhook ENABLE ROW LEVEL SECURITY;
ALTER TABLE webhook FORCE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON webhook TO {{service}}_app
  USING (organisation_id = caller_org()) WITH CHECK (organisation_id = caller_org());
CREATE POLICY everything ON webhook TO {{service}}_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE (generation, ended_at, version) ON webhook TO {{service}}_app;
GRANT SELECT, UPDATE (paused_until, ended_at) ON webhook TO {{service}}_system;

CREATE TABLE webhook_delivery (
  delivery_id uuid PRIMARY KEY,
  webhook_id  uuid NOT NULL REFERENCES webhook,
  line_id     uuid NOT NULL REFERENCES inbox_line,
  kind        text NOT NULL,
  body        text NOT NULL,
  created_at  timestamptz NOT NULL,
  due_at      timestamptz NOT NULL,
  attempts    integer NOT NULL DEFAULT 0,
  ended_at    timestamptz,
  outcome     text CHECK (outcome IN ('delivered', 'given-up')),
  -- What the receiver answered last: a status, or why there was none.
  answer      text,
  CONSTRAINT webhook_delivery_once UNIQUE (webhook_id, line_id),
  CHECK ((ended_at IS NULL) = (outcome IS NULL))
);
CREATE INDEX webhook_delivery_due ON webhook_delivery (due_at) WHERE ended_at IS NULL;
CREATE INDEX webhook_delivery_newest ON webhook_delivery (webhook_id, delivery_id DESC);
ALTER TABLE webhook_delivery ENABLE ROW LEVEL SECURITY;
ALTER TABLE webhook_delivery FORCE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON webhook_delivery TO {{service}}_app
  USING (webhook_id IN (SELECT own.webhook_id FROM webhook own));
CREATE POLICY everything ON webhook_delivery TO {{service}}_system USING (true) WITH CHECK (true);
GRANT SELECT, UPDATE (due_at, attempts, ended_at, outcome) ON webhook_delivery TO {{service}}_app;
GRANT SELECT, INSERT, UPDATE (due_at, attempts, ended_at, outcome, answer) ON webhook_delivery TO {{service}}_system;
