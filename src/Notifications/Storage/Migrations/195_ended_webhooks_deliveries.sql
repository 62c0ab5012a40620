-- What was on its way to a webhook that has been ended goes nowhere: it is given up, and forgotten in its time. Script 176 meant
-- the same and met no row, since who owns the tables sees no row of them.
ALTER TABLE webhook NO FORCE ROW LEVEL SECURITY;
ALTER TABLE webhook_delivery NO FORCE ROW LEVEL SECURITY;
UPDATE webhook_delivery sent SET ended_at = hook.ended_at, outcome = 'given-up'
  FROM webhook hook WHERE hook.webhook_id = sent.webhook_id AND hook.ended_at IS NOT NULL AND sent.ended_at IS NULL;
ALTER TABLE webhook FORCE ROW LEVEL SECURITY;
ALTER TABLE webhook_delivery FORCE ROW LEVEL SECURITY;
