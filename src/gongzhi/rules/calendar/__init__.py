"""The working days of China, a file for each year whose notice has been published.

A year whose notice is not out has no file: its working days are not known, and nobody guesses.
"""

from gongzhi.rules.calendar.reading import CalendarYear, load_calendar, load_years

__all__ = ["CalendarYear", "load_calendar", "load_years"]
