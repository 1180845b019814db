"""When a snapshot was taken: what speaks for which days, and what follows."""
