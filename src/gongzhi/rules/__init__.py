"""Data for people who don't program, and its loader."""
