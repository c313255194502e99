"""The working days of China, a file for each year whose notice has been published.

A year whose notice is not out may stand here by its statutory holidays alone, `verified = false`:
its moved weekends are not known, nobody guesses them, and what is counted stays provisional.
"""

from gongzhi.rules.calendar.reading import CalendarYear, load_calendar, load_years

__all__ = ["CalendarYear", "load_calendar", "load_years"]
