"""The pages of monitoring: two curves, what they say, and what was done about it."""
