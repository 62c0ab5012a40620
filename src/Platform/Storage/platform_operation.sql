-- How the service is doing, for the operator: counts and times of what waits, never what it is about. The application's login may
-- not read the outbox or the timers; this tells it no more than this, and only when an operator asks.
CREATE FUNCTION operation_state(p_now timestamptz) RETURNS jsonb
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT 'operator' = ANY (string_to_array(coalesce(current_setting('iop.roles', true), ''), ' ')) THEN
    RAISE EXCEPTION 'only for operators' USING ERRCODE = '42501';
  END IF;
  RETURN jsonb_build_object(
    'service', '', 'version', '',
    'outboxWaiting', (SELECT count(*) FROM outbox WHERE published_at IS NULL),
    'outboxSince', (SELECT min(created_at) FROM outbox WHERE published_at IS NULL),
    'timers', (SELECT coalesce(jsonb_agg(jsonb_build_object(
        'kind', kind, 'waiting', waiting, 'due', due, 'failing', failing, 'lastRangAt', last_rang_at) ORDER BY kind), '[]')
      FROM (SELECT kind, count(*) FILTER (WHERE done_at IS NULL) AS waiting,
                   count(*) FILTER (WHERE done_at IS NULL AND due_at < p_now) AS due,
                   count(*) FILTER (WHERE done_at IS NULL AND attempts > 0) AS failing, max(done_at) AS last_rang_at
            FROM timer GROUP BY kind) AS kinds));
END $$;
REVOKE ALL ON FUNCTION operation_state FROM PUBLIC;
GRANT EXECUTE ON FUNCTION operation_state TO {{service}}_app;
