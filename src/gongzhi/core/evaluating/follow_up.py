"""When a follow-up 后评价 is due: years after completion, for what was promised for later."""

from datetime import date


def years_later(day: date, *, years: int) -> date:
    """The same day so many years later; of a leap day, the day after the last of February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
