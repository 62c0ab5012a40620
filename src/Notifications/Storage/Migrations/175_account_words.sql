-- Also an address that is to be proved, and word of what has happened to an account.
ALTER TABLE account_link DROP CONSTRAINT account_link_kind_check;
ALTER TABLE account_link ADD CONSTRAINT account_link_kind_check CHECK (kind IN (
  'password', 'second-factor', 'invitation', 'welcome', 'address', 'address-changed', 'password-changed', 'login-connected',
  'second-factor-changed', 'new-device'));
