-- Who a guest is, is not kept here: lines that were written with a name lose it, and so does what went to webhooks.
ALTER TABLE inbox_line NO FORCE ROW LEVEL SECURITY;
ALTER TABLE webhook_delivery NO FORCE ROW LEVEL SECURITY;
UPDATE inbox_line SET arguments = arguments - 'name' WHERE kind = 'guest-time-ends';
UPDATE webhook_delivery SET body = (body::jsonb #- '{data,words,name}')::text WHERE kind = 'guest-time-ends';
ALTER TABLE inbox_line FORCE ROW LEVEL SECURITY;
ALTER TABLE webhook_delivery FORCE ROW LEVEL SECURITY;
