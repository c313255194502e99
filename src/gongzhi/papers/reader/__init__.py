"""How official forms are read: tables → the parts of a form → a Form. Layouts are data."""
