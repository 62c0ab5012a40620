-- Which version of a person is known, and which one a link was made for: none goes to an address she has left.
ALTER TABLE recipient ADD COLUMN person_version bigint NOT NULL DEFAULT 0;
ALTER TABLE account_link ADD COLUMN person_version bigint NOT NULL DEFAULT 0;
