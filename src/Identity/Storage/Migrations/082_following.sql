-- When a provider last spoke of a person: what follows its word ends when it has been silent for ninety days. And the day somebody last
-- came to act for the organisation, for its administrator.
ALTER TABLE membership ADD heard_at timestamptz, ADD signed_in_on date;
UPDATE membership SET heard_at = coalesce((SELECT max(login.used_at) FROM login WHERE login.person_id = membership.person_id
    AND login.provider_id = membership.provider_id), given_at)
  WHERE provider_id IS NOT NULL;
ALTER TABLE membership ADD CONSTRAINT heard_of_when_following CHECK ((provider_id IS NULL) = (heard_at IS NULL));
GRANT UPDATE (heard_at, signed_in_on) ON membership TO {{service}}_app, {{service}}_system;

INSERT INTO timer (timer_id, kind, subject_id, due_at)
  SELECT gen_random_uuid(), 'following-ends', membership_id, heard_at + interval '90 days' FROM membership
  WHERE provider_id IS NOT NULL AND cardinality(own_roles) > 0;
