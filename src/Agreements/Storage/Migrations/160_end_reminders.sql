-- Which reminders of an agreement's last day have been given: each once.
CREATE TABLE end_reminder (
  agreement_id   uuid NOT NULL,
  partnership_id uuid NOT NULL,
  last_day       date NOT NULL,
  days_before    integer NOT NULL,
  PRIMARY KEY (agreement_id, last_day, days_before),
  FOREIGN KEY (partnership_id, agreement_id) REFERENCES agreement (partnership_id, agreement_id)
);
CALL isolate('end_reminder', 'SELECT');
GRANT INSERT ON end_reminder TO {{service}}_system;
