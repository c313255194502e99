"""The pages of the charter: its text, its rights, where it comes from, and how it changes."""
