-- What a body has to deal with (ärenden), and how it is passed on. Seen by the body that has it and by those that have had it.
CREATE TABLE body_item (
  item_id        uuid PRIMARY KEY,
  body_id        uuid NOT NULL,
  partnership_id uuid NOT NULL,
  title          text NOT NULL,
  text           text,
  state          text NOT NULL CHECK (state IN ('Open', 'Closed')),
  raised_by      uuid NOT NULL,
  raised_at      timestamptz NOT NULL,
  version        bigint NOT NULL,
  UNIQUE (partnership_id, item_id),
  FOREIGN KEY (partnership_id, body_id) REFERENCES body (partnership_id, body_id)
);
CREATE INDEX body_item_by_body ON body_item (body_id);
CALL isolate('body_item', 'SELECT, INSERT, UPDATE (body_id, state, version)');
CALL meant_for_body('body_item');

-- Each step: referred with a reason, or closed with what came of it. Nothing is changed afterwards.
CREATE TABLE body_item_step (
  step_id        uuid PRIMARY KEY,
  item_id        uuid NOT NULL,
  partnership_id uuid NOT NULL,
  body_id        uuid NOT NULL,
  to_body        uuid,
  words          text NOT NULL,
  taken_by       uuid NOT NULL,
  taken_at       timestamptz NOT NULL,
  FOREIGN KEY (partnership_id, item_id) REFERENCES body_item (partnership_id, item_id),
  FOREIGN KEY (partnership_id, body_id) REFERENCES body (partnership_id, body_id),
  FOREIGN KEY (partnership_id, to_body) REFERENCES body (partnership_id, body_id)
);
CREATE INDEX body_item_step_by_item ON body_item_step (item_id);
CALL isolate('body_item_step', 'SELECT, INSERT');
CALL meant_for_body('body_item_step');

-- Referred from a closed room into a wider one the item is seen there; what was said before stays where it was said.
CREATE FUNCTION item_goes_to_body() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'Closed' THEN PERFORM refuse('the item is closed'); END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER item_goes_to_body BEFORE UPDATE ON body_item FOR EACH ROW EXECUTE FUNCTION item_goes_to_body();
CREATE TRIGGER audience_of_new_body BEFORE UPDATE OF body_id ON body_item FOR EACH ROW EXECUTE FUNCTION audience_of_body();
