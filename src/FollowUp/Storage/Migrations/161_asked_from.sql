-- From which day the parties are reminded of what they report, where it was there before there were reminders: periods that were over
-- by then are shown as late, and nobody is told of them as news.
ALTER TABLE indicator ADD COLUMN asked_from date;
ALTER TABLE measured_contract ADD COLUMN asked_from date;
GRANT UPDATE (asked_from) ON indicator, measured_contract TO {{service}}_system;

-- They catch up: each has a timer that rings at once and sets those of the days that lie ahead. Since there are reminders it is
-- remembered of every indicator what was told, and every contract has timers for its periods.
ALTER TABLE plan NO FORCE ROW LEVEL SECURITY;
ALTER TABLE indicator NO FORCE ROW LEVEL SECURITY;
ALTER TABLE measured_contract NO FORCE ROW LEVEL SECURITY;
INSERT INTO timer (timer_id, kind, subject_id, due_at)
SELECT gen_random_uuid(), 'indicator-catches-up', i.indicator_id, timestamptz '2026-11-23T00:00:00Z'
FROM indicator i JOIN plan p USING (plan_id) WHERE i.told_period IS NULL AND p.state = 'Open'
ON CONFLICT DO NOTHING;
INSERT INTO timer (timer_id, kind, subject_id, due_at)
SELECT gen_random_uuid(), 'contract-catches-up', c.contract_id, timestamptz '2026-11-23T00:00:00Z' FROM measured_contract c
WHERE c.ended_on IS NULL AND NOT EXISTS (SELECT FROM timer t WHERE t.kind = 'measurement-due' AND t.subject_id = c.contract_id)
ON CONFLICT DO NOTHING;
ALTER TABLE plan FORCE ROW LEVEL SECURITY;
ALTER TABLE indicator FORCE ROW LEVEL SECURITY;
ALTER TABLE measured_contract FORCE ROW LEVEL SECURITY;
