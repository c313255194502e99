"""The demo: a seeded program that grows published figures into a city."""
