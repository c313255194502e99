"""Disclosure: who published a year in time, a unit's packs, one of them and its files."""
