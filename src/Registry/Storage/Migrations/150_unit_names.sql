-- A unit may be called something else; it remains the same unit.
GRANT UPDATE (name) ON organisation_unit TO {{service}}_app;
