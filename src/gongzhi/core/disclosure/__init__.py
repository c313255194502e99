"""Disclosing a unit's year: what a pack holds, how it is examined, by when it is owed."""
