"""How parties take part, as values: what was said, asked, drawn and decided."""
