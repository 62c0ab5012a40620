-- A guest reads the contract that is signed and its signed versions, with what was approved of them and who signed. An amendment that
-- the parties still negotiate, or gave up, is theirs: its text, its approvals with their reasons, and its signatures.

-- The function runs as its owner, which nobody can log in as: policies that ask other tables' policies would ask each other for ever.
CREATE POLICY sees_to_guests ON contract_amendment FOR SELECT TO {{service}}_owner USING (true);
CREATE POLICY sees_to_guests ON legal_approval FOR SELECT TO {{service}}_owner USING (true);

-- All have signed the version: the contract's first, or an amendment's.
CREATE FUNCTION is_signed_version(p_contract uuid, p_hash text) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM signed_contract s WHERE s.contract_id = p_contract AND s.version_hash = p_hash)
    OR EXISTS (SELECT FROM contract_amendment m WHERE m.contract_id = p_contract AND m.version_hash = p_hash AND m.state = 'Signed')
$$;
-- The approval that a signed version rests on: the last that the organisation gave of it. One that another answer voided is a draft's.
CREATE FUNCTION is_signed_approval(p_approval uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT is_signed_version(given.contract_id, given.approved_hash) AND NOT EXISTS (
    SELECT FROM legal_approval later WHERE later.contract_id = given.contract_id AND later.organisation_id = given.organisation_id
      AND later.approved_hash = given.approved_hash AND (later.at, later.approval_id) > (given.at, given.approval_id))
  FROM legal_approval given WHERE given.approval_id = p_approval
$$;
REVOKE ALL ON FUNCTION is_signed_version, is_signed_approval FROM PUBLIC;
GRANT EXECUTE ON FUNCTION is_signed_version, is_signed_approval TO {{service}}_app;

CREATE POLICY kept_from_guests ON contract_version AS RESTRICTIVE FOR SELECT TO {{service}}_app USING (
  contract_id IN (SELECT a.partnership_id FROM access a WHERE a.side <> 'guest') OR is_signed_version(contract_id, hash));
CREATE POLICY kept_from_guests ON contract_signature AS RESTRICTIVE FOR SELECT TO {{service}}_app USING (
  contract_id IN (SELECT a.partnership_id FROM access a WHERE a.side <> 'guest') OR is_signed_version(contract_id, version_hash));
CREATE POLICY kept_from_guests ON legal_approval AS RESTRICTIVE FOR SELECT TO {{service}}_app USING (
  contract_id IN (SELECT a.partnership_id FROM access a WHERE a.side <> 'guest') OR is_signed_approval(approval_id));
