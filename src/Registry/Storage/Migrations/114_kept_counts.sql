-- Beside the figures of a day: what the register holds in all. What was kept without it is counted again.
DELETE FROM counted_figures;
ALTER TABLE counted_figures ADD COLUMN holds jsonb NOT NULL;

-- What the counts beside every choice read, and which of it stands on the page: without the long texts.
DROP INDEX entry_for_counting;
CREATE INDEX entry_for_counting ON entry (sorts_on DESC, entry_id DESC) INCLUDE (starts_on, start_year, ended_on, open_ended,
  auto_renews, provenance, ends_on, end_year, area, target_age, status, places, missing, merged_into_entry_id);
DROP INDEX entry_by_order;
-- The newest, on the first page; made-up ones last.
CREATE INDEX entry_by_newest ON entry (synthetic, published_at DESC, entry_id DESC) WHERE merged_into_entry_id IS NULL;
