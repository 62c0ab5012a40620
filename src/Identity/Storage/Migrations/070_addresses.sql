-- Another address counts when the link that was mailed to it has been opened.
ALTER TABLE one_time_link ADD COLUMN email text;
ALTER TABLE one_time_link DROP CONSTRAINT one_time_link_purpose_check;
ALTER TABLE one_time_link
  ADD CONSTRAINT one_time_link_purpose_check CHECK (purpose IN ('invitation', 'password', 'second-factor', 'address')),
  ADD CONSTRAINT an_address_is_proved_by_its_link CHECK ((purpose = 'address') = (email IS NOT NULL));
