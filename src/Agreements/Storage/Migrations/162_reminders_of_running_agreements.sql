-- Agreements that were in force before there were reminders of ends, checks and talks catch up with them: each has a timer that rings
-- at once and sets those of the days that lie ahead. Since there are reminders every agreement in force has a timer of checks.
ALTER TABLE agreement NO FORCE ROW LEVEL SECURITY;
INSERT INTO timer (timer_id, kind, subject_id, due_at)
SELECT gen_random_uuid(), 'agreement-catches-up', g.agreement_id, timestamptz '2026-11-23T00:00:00Z' FROM agreement g
WHERE g.state IN ('InForce', 'NoticeGiven')
  AND NOT EXISTS (SELECT FROM timer t WHERE t.kind = 'agreement-checks' AND t.subject_id = g.agreement_id)
ON CONFLICT DO NOTHING;
ALTER TABLE agreement FORCE ROW LEVEL SECURITY;
