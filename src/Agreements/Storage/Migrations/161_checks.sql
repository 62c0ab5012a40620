-- What the parties have been asked to look at together: each once.
CREATE TABLE agreement_check (
  agreement_id   uuid NOT NULL,
  partnership_id uuid NOT NULL,
  what           text NOT NULL,
  on_day         date NOT NULL,
  PRIMARY KEY (agreement_id, what, on_day),
  FOREIGN KEY (partnership_id, agreement_id) REFERENCES agreement (partnership_id, agreement_id)
);
CALL isolate('agreement_check', 'SELECT');
GRANT INSERT ON agreement_check TO {{service}}_system;
