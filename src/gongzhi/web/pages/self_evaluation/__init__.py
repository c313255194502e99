"""Self-evaluations: the editor that begins with the facts, the list, the papers."""
