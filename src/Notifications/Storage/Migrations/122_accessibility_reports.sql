-- Somebody tells that a page cannot be used (tillgänglighet). Anybody may; the operator reads.
CREATE TABLE accessibility_report (
  report_id   uuid PRIMARY KEY,
  received_at timestamptz NOT NULL,
  page        text,
  said        text NOT NULL,
  -- Where to answer, if one wants an answer.
  contact     text,
  handled_at  timestamptz,
  handled_by  uuid
);
CREATE INDEX accessibility_report_by_age ON accessibility_report (received_at);
ALTER TABLE accessibility_report ENABLE ROW LEVEL SECURITY;
ALTER TABLE accessibility_report FORCE ROW LEVEL SECURITY;
CREATE POLICY everything ON accessibility_report TO {{service}}_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE (handled_at, handled_by), DELETE ON accessibility_report TO {{service}}_system;
