"""Official forms: documents (through intake) to values and values to documents."""
