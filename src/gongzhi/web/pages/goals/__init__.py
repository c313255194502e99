"""Pages about goals: a project's, a version, the editor, whole budgets, announced aims."""
