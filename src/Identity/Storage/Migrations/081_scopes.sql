-- What a provider is asked for (scope): some give groups or the address only to whoever asks in words of their own.
ALTER TABLE provider ADD scopes text NOT NULL DEFAULT 'openid profile email';
GRANT UPDATE (scopes) ON provider TO {{service}}_app;
