-- The operator is also told since when a timer should have rung, by whose clock all this is, and which database answers.
CREATE OR REPLACE FUNCTION operation_state(p_now timestamptz) RETURNS jsonb
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT 'operator' = ANY (string_to_array(coalesce(current_setting('iop.roles', true), ''), ' ')) THEN
    RAISE EXCEPTION 'only for operators' USING ERRCODE = '42501';
  END IF;
  RETURN jsonb_build_object(
    'service', '', 'version', '', 'database', current_setting('server_version'), 'at', p_now,
    'outboxWaiting', (SELECT count(*) FROM outbox WHERE published_at IS NULL),
    'outboxSince', (SELECT min(created_at) FROM outbox WHERE published_at IS NULL),
    'timers', (SELECT coalesce(jsonb_agg(jsonb_build_object(
        'kind', kind, 'waiting', waiting, 'due', due, 'dueSince', due_since, 'failing', failing, 'lastRangAt', last_rang_at)
        ORDER BY kind), '[]')
      FROM (SELECT kind, count(*) FILTER (WHERE done_at IS NULL) AS waiting,
                   count(*) FILTER (WHERE done_at IS NULL AND due_at < p_now) AS due,
                   min(due_at) FILTER (WHERE done_at IS NULL AND due_at < p_now) AS due_since,
                   count(*) FILTER (WHERE done_at IS NULL AND attempts > 0) AS failing, max(done_at) AS last_rang_at
            FROM timer GROUP BY kind) AS kinds));
END $$;
