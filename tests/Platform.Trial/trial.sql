CREATE TABLE note (
  note_id        uuid PRIMARY KEY,
  partnership_id uuid NOT NULL,
  text           text NOT NULL,
  version        bigint NOT NULL
);
CALL isolate('note', 'SELECT, INSERT, UPDATE (text, version)');
GRANT EXECUTE ON FUNCTION let_in TO {{service}}_app;

-- What reactions and timers have done.
CREATE TABLE effect (
  position   bigint GENERATED ALWAYS AS IDENTITY,
  what       text NOT NULL,
  subject_id uuid NOT NULL
);
GRANT SELECT, INSERT ON effect TO {{service}}_system;
