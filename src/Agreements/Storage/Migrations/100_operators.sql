-- What is booked and stated of aid belongs to the partnerships: not for those who only operate the platform.
CREATE POLICY not_for_operators ON aid_booking AS RESTRICTIVE TO {{service}}_app USING (NOT caller_only_operates());
CREATE POLICY not_for_operators ON aid_statement AS RESTRICTIVE TO {{service}}_app USING (NOT caller_only_operates());
