"""The database of a study: declared tables, validation, DuckDB for people."""
