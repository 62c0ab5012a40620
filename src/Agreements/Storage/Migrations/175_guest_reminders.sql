-- The next day on which the inviter is to hear of a guest's last day: a week before it, and the day after it when that was told.
ALTER TABLE guest ADD COLUMN remind_on date;
GRANT UPDATE (remind_on) ON guest TO {{service}}_app, {{service}}_system;

-- Whoever is a guest already is told of as well. What is past by now rings and says nothing.
UPDATE guest SET remind_on = to_on - 7 WHERE ended_at IS NULL AND to_on - 7 > from_on;
INSERT INTO timer (timer_id, kind, subject_id, due_at)
  SELECT gen_random_uuid(), 'guest-reminds', guest_id, remind_on::timestamp AT TIME ZONE 'Europe/Stockholm'
  FROM guest WHERE remind_on IS NOT NULL AND accepted_at IS NOT NULL
  ON CONFLICT DO NOTHING;
