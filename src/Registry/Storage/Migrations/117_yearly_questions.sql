-- Once a year somebody is asked whether an entry is still right.
ALTER TABLE entry ADD COLUMN asked_on date;
-- Entries that are there already are asked about, too: their day may come before the next day on which they change.
UPDATE entry SET next_change_on = least(next_change_on, (last_confirmed_on + interval '1 year')::date)
  WHERE provenance <> 'signed-here' AND last_confirmed_on IS NOT NULL AND status IN ('Active', 'Presumed') AND NOT synthetic;
INSERT INTO timer (timer_id, kind, subject_id, due_at)
  SELECT gen_random_uuid(), 'entries-day', '00000000-0000-7000-8000-000000000001', day::timestamp AT TIME ZONE 'Europe/Stockholm'
  FROM (SELECT DISTINCT next_change_on AS day FROM entry WHERE next_change_on IS NOT NULL) AS days ON CONFLICT DO NOTHING;
