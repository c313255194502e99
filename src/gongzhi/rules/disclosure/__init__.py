"""What belongs into a unit's disclosure of a year, by when, and which fields stay closed."""

from gongzhi.rules.disclosure.reading import load_disclosure, read_disclosure

__all__ = ["load_disclosure", "read_disclosure"]
