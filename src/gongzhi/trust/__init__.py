"""App: the log in PostgreSQL; opaque to what is sealed, no deeds of its own."""
