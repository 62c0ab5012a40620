-- What was sent is forgotten after the days that Storage/ForgetWhatWasSent.cs names.
GRANT DELETE ON webhook_delivery TO {{service}}_system;
GRANT DELETE ON deadline TO {{service}}_system;
GRANT DELETE ON calendar_feed TO {{service}}_system;
CREATE INDEX webhook_delivery_ended ON webhook_delivery (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX mail_ended ON mail (ended_at) WHERE ended_at IS NOT NULL;
