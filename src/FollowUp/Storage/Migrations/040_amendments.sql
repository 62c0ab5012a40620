-- An amended contract has other periods from a date on; what has been measured is held by its foreign key.
GRANT UPDATE (position, from_on, to_on, is_final), DELETE ON measuring_period TO {{service}}_system;
