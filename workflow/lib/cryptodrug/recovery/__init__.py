"""Does the method find what is true? Estimates from simulated downloads, held against the truth of their scenario."""
