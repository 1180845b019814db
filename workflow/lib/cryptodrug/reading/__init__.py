"""The reading engine: market files in YAML, compiled once, read pages into rows of text."""
