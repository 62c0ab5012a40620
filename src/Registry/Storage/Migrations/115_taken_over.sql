-- What an entry takes over from those merged into it, where it says nothing itself: the field, and the entry it came from.
ALTER TABLE entry ADD COLUMN taken_over text[] NOT NULL DEFAULT '{}';
