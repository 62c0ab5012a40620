-- A later edit, whatever it is, voids an approval: the lawyer hears of it. The service asks after each save; a timer tells, once.
CREATE FUNCTION tell_of_voided_approvals(p_agreement uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE latest timestamptz;
BEGIN
  SELECT max(a.approved_at) INTO latest FROM approval a JOIN agreement g USING (agreement_id)
    WHERE a.agreement_id = p_agreement AND is_drafted(g)
      AND a.round = (SELECT count(*) FROM agreement_version v WHERE v.agreement_id = p_agreement);
  IF latest IS NULL THEN RETURN; END IF;
  IF EXISTS (SELECT FROM approval a WHERE a.agreement_id = p_agreement AND a.fingerprint <> assessed_fingerprint(p_agreement)
      AND NOT EXISTS (SELECT FROM approval b WHERE b.agreement_id = p_agreement AND b.organisation = a.organisation AND b.approved_at > a.approved_at)
      AND a.round = (SELECT count(*) FROM agreement_version v WHERE v.agreement_id = p_agreement)) THEN
    -- Due when the latest approval was given: each approval is told of once, and at once.
    INSERT INTO timer (timer_id, kind, subject_id, due_at) VALUES (gen_random_uuid(), 'assessment-voided', p_agreement, latest) ON CONFLICT DO NOTHING;
  END IF;
END $$;
