-- Also word to the operators that a link to their role was asked for on the machine.
ALTER TABLE account_link DROP CONSTRAINT account_link_kind_check;
ALTER TABLE account_link ADD CONSTRAINT account_link_kind_check CHECK (kind IN (
  'password', 'second-factor', 'invitation', 'welcome', 'address', 'address-changed', 'password-changed', 'login-connected',
  'second-factor-changed', 'new-device', 'operator-link'));
