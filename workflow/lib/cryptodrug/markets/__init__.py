"""Tools for people who write market files: first draft, check, preview, rows for other programs."""
