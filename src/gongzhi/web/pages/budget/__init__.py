"""A project's budget: how it came about and changed, by what it is sorted, what others gave."""
