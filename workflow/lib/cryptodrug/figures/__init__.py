"""Figures: one look of the house, drawn once per language, the same bytes on every run."""
