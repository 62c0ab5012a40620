-- Who has a webhook's delivery sent again has also looked at the receiver: it is left alone no longer.
GRANT UPDATE (paused_until) ON webhook TO {{service}}_app;
-- What was refused is looked for by organisation and person.
CREATE INDEX mail_refused ON mail (organisation_id, person_id, created_at) WHERE outcome IN ('refused', 'sent');
