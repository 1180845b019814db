"""Drug-using careers: the eight variables of `workflow/questionnaires/cryptodrug/careers.md`, as decision tables."""
