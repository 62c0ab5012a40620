-- A renewed secret does not cut off whoever still has the one before: those from the oldest on sign until a time.
ALTER TABLE webhook
  ADD COLUMN oldest_generation integer NOT NULL DEFAULT 1 CHECK (oldest_generation > 0),
  ADD COLUMN old_secrets_until timestamptz;
GRANT UPDATE (oldest_generation, old_secrets_until) ON webhook TO {{service}}_app;

-- What was on its way to a webhook that has been ended goes nowhere: it is given up, and forgotten in its time.
UPDATE webhook_delivery sent SET ended_at = hook.ended_at, outcome = 'given-up'
  FROM webhook hook WHERE hook.webhook_id = sent.webhook_id AND hook.ended_at IS NOT NULL AND sent.ended_at IS NULL;
