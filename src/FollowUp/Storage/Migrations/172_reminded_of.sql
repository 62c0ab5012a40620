-- Of which day a meeting's parties have been reminded: a timer of before it was moved comes later, and says nothing more.
ALTER TABLE meeting ADD COLUMN reminded_of date;
GRANT UPDATE (reminded_of) ON meeting TO {{service}}_system;
