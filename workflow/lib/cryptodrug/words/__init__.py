"""Numbers and words in three languages: one formatter, one catalogue per language, one sandboxed renderer."""
