-- That nobody was in a collection is a figure too: the collection's name, and nought.
ALTER TABLE verified_figure DROP CONSTRAINT verified_figure_type_check;
ALTER TABLE verified_figure
  ADD CONSTRAINT verified_figure_type_check CHECK (type IN ('Number', 'Boolean', 'Code', 'Members')),
  ADD CONSTRAINT members_are_none CHECK (type <> 'Members' OR value = '0');
