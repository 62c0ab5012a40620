-- A link by which whoever has the machine makes an operator also where there are some: none of them may have come in for long.
ALTER TABLE one_time_link DROP CONSTRAINT one_time_link_purpose_check;
ALTER TABLE one_time_link
  ADD CONSTRAINT one_time_link_purpose_check
    CHECK (purpose IN ('invitation', 'password', 'second-factor', 'address', 'operator')),
  ADD CONSTRAINT an_operators_link_is_nobodys CHECK (purpose <> 'operator' OR person_id IS NULL);
