"""Django's SQLite back end with writers that queue fairly."""
