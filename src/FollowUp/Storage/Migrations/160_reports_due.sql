-- What the parties have been told of an indicator's next report, so that each is told once.
ALTER TABLE indicator ADD COLUMN told_period text;
ALTER TABLE indicator ADD COLUMN told_stage text CHECK (told_stage IN ('Set', 'Soon', 'Overdue'));
GRANT UPDATE (told_period, told_stage) ON indicator TO {{service}}_app, {{service}}_system;

-- From then on no outcomes are expected.
ALTER TABLE measured_contract ADD COLUMN ended_on date;
GRANT UPDATE (ended_on) ON measured_contract TO {{service}}_system;
