-- A person corrects what is kept of her.
GRANT UPDATE (email) ON person TO {{service}}_app;
