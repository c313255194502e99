"""What stands under the title of an official paper: how far it got, its day, its seal."""

from datetime import date

UNNUMBERED = "存证：等待编号"
ANEW = "按这一天以前入库的事实重算"


def sealed(number: int | None) -> str:
    """The mark of an entry in the log: its number, or that it waits for one."""
    return UNNUMBERED if number is None else f"存证 №{number:,}"


def of_goals(*, stage: str, number: int | None, document_number: str, day: date, seal: str) -> str:
    """The note of a goal declaration; number is that of an approved version."""
    version = "" if number is None else f"第 {number} 版"
    return _joined(stage, version, document_number, day.isoformat(), seal)


def of_sheet(*, day: date, seal: str, anew: bool) -> str:
    """The note of a monitoring sheet; one that was computed anew has no seal of its own."""
    return _joined(f"截至 {day.isoformat()}", ANEW if anew else seal)


def _joined(*parts: str) -> str:
    return " · ".join(filter(None, parts))
