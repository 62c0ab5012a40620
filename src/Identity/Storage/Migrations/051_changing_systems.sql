-- A system's name and what it may do are changed by an administrator; its organisation and unit never.
GRANT UPDATE (name, roles, version) ON system_client TO {{service}}_app;
