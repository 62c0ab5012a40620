-- Funds and what the bank has paid are of contracts too: not for those who only operate the platform.
CREATE POLICY not_for_operators ON fund AS RESTRICTIVE TO {{service}}_app USING (NOT caller_only_operates());
CREATE POLICY not_for_operators ON fund_investor AS RESTRICTIVE TO {{service}}_app USING (NOT caller_only_operates());
CREATE POLICY not_for_operators ON bank_statement AS RESTRICTIVE TO {{service}}_app USING (NOT caller_only_operates());
CREATE POLICY not_for_operators ON bank_line AS RESTRICTIVE TO {{service}}_app USING (NOT caller_only_operates());
