"""When a follow-up 后评价 is due: years after completion, for what was promised for later."""

from datetime import date


def years_later(day: date, *, years: int) -> date:
    """The day so many years later, or earlier; of a leap day, the day after February's last."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
