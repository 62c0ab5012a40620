-- The text being written has a life of its own beside the agreement's: what is declined is the text.
CREATE OR REPLACE FUNCTION only_the_declined_is_redrafted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.working = 'OpenForSignature' AND NEW.working IN ('Draft', 'Assessment') AND NOT EXISTS (
      SELECT FROM decline d WHERE d.agreement_id = OLD.agreement_id AND d.version_hash = OLD.version_hash) THEN
    PERFORM refuse('nobody has declined the version');
  END IF;
  RETURN NEW;
END $$;
