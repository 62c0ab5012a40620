-- The operator's role gives no partnership data: who has no other role sees no partnership and no contract, also of the own
-- organisation, and nothing of what was done in any.
CREATE FUNCTION caller_only_operates() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT coalesce(current_setting('iop.roles', true), '') = 'operator' $$;
CREATE POLICY not_for_operators ON access AS RESTRICTIVE FOR SELECT TO {{service}}_app USING (NOT caller_only_operates());
CREATE POLICY not_for_operators ON audit_trail AS RESTRICTIVE FOR SELECT TO {{service}}_app
  USING (partnership_id IS NULL OR NOT caller_only_operates());
