-- Payments are of contracts: not for those who only operate the platform.
CREATE POLICY not_for_operators ON payment_file AS RESTRICTIVE TO {{service}}_app USING (NOT caller_only_operates());
