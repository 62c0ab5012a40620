-- Our key at a provider is renewed without a day on which nobody comes in: the other key is there and published beside the one that
-- signs, before it signs and after.
ALTER TABLE provider
  ADD COLUMN other_secret     bytea,
  ADD COLUMN other_public_jwk jsonb,
  ADD COLUMN other_since      timestamptz,
  ADD CONSTRAINT another_key_beside_a_key CHECK (
    num_nonnulls(other_secret, other_public_jwk, other_since) IN (0, 3) AND (other_secret IS NULL OR proof = 'PrivateKeyJwt'));
GRANT UPDATE (public_jwk, other_secret, other_public_jwk, other_since) ON provider TO {{service}}_app;
