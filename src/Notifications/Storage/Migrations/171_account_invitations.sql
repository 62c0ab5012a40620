-- Somebody without a password here gets the first one by a link that two have said is right.
ALTER TABLE account_link DROP CONSTRAINT account_link_kind_check;
ALTER TABLE account_link ADD CONSTRAINT account_link_kind_check CHECK (kind IN ('password', 'second-factor', 'invitation'));
