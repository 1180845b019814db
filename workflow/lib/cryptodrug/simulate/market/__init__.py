"""The market half of a simulated study: what is true, what the markets show of it, what a download brings home."""
