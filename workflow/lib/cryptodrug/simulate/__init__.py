"""A simulated study: its truth is known, its pages are read the same way as real ones."""
