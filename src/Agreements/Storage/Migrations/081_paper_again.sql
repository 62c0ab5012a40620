-- A later edit, whatever it is, voids what a party has confirmed of a paper: it hears of it. The service asks after each save; a timer
-- tells, once for each latest answer.
CREATE FUNCTION tell_of_changed_paper(p_agreement uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE latest timestamptz;
BEGIN
  PERFORM FROM paper WHERE agreement_id = p_agreement;
  IF NOT FOUND THEN RETURN; END IF;
  SELECT max(a.answered_at) INTO latest FROM paper_answer a JOIN agreement g USING (agreement_id)
    WHERE a.agreement_id = p_agreement AND g.working IN ('Draft', 'Assessment') AND g.in_force_hash IS NULL;
  IF latest IS NULL THEN RETURN; END IF;
  IF EXISTS (SELECT FROM paper_answer a WHERE a.agreement_id = p_agreement AND a.confirms AND a.fingerprint <> paper_fingerprint(p_agreement)
      AND NOT EXISTS (SELECT FROM paper_answer b WHERE b.agreement_id = p_agreement AND b.party_id = a.party_id AND b.number > a.number)) THEN
    INSERT INTO timer (timer_id, kind, subject_id, due_at) VALUES (gen_random_uuid(), 'paper-changed', p_agreement, latest) ON CONFLICT DO NOTHING;
  END IF;
END $$;
