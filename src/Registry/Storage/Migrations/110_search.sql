-- Every word of a wish as it is written or as its stem, each by its beginning. What is no word is no wish.
CREATE FUNCTION search_words(words text[]) RETURNS tsquery LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  one text;
  whole tsquery;
  part tsquery;
BEGIN
  FOREACH one IN ARRAY words LOOP
    part := to_tsquery('simple', one || ':*') || to_tsquery('swedish', one || ':*');
    whole := CASE WHEN whole IS NULL THEN part ELSE whole && part END;
  END LOOP;
  RETURN whole;
END $$;

-- All municipalities and counties that an entry concerns, each once: where it says so, and the county of every municipality.
CREATE FUNCTION places_of(municipality text, county text, more text[]) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(DISTINCT code ORDER BY code), '{}') FROM (
    SELECT unnest(array_remove(ARRAY[municipality, county, left(municipality, 2)] || more, NULL)) AS code
    UNION SELECT left(unnest(more), 2)) AS all_codes
$$;

ALTER TABLE entry
  ADD COLUMN places   text[] NOT NULL GENERATED ALWAYS AS (places_of(municipality_code, county_code, more_places)) STORED,
  ADD COLUMN likeness text NOT NULL GENERATED ALWAYS AS (lower(title || ' ' || party_names || ' '
      || coalesce(place_name, ''))) STORED;
-- Names are found though they are misspelt (pg_trgm).
CREATE INDEX entry_by_likeness ON entry USING gin (likeness gin_trgm_ops);
CREATE INDEX entry_by_places ON entry USING gin (places);
