"""App: projects, their published forms, findings and answers."""
