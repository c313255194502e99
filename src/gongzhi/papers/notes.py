"""What stands under the title of an official paper: how far it got, its day, its seal, the log."""

from datetime import date

from gongzhi.core.ledger.checkpoint import Checkpoint
from gongzhi.core.ledger.encoding import write_base64

UNNUMBERED = "存证：等待编号"
ANEW = "按这一天以前入库的事实重算"
PREFILLED = "按事实预填，还没有起草"
EMPTY = "空表"


def sealed(number: int | None) -> str:
    """The mark of an entry in the log: its number, or that it waits for one."""
    return UNNUMBERED if number is None else f"存证 №{number:,}"


def under(note: str, log: Checkpoint | None) -> str:
    """A note with the state of the log that the paper was made under: name, size and root.

    Whoever keeps the paper can hold them against what the log says later.
    """
    if log is None:
        return note
    return f"{note}\n日志 {log.origin} · {log.size:,} 条 · 根 {write_base64(log.root)}".lstrip()


def of_goals(*, stage: str, number: int | None, document_number: str, day: date, seal: str) -> str:
    """The note of a goal declaration; number is that of an approved version."""
    version = "" if number is None else f"第 {number} 版"
    return _joined(stage, version, document_number, day.isoformat(), seal)


def of_sheet(*, day: date, seal: str, anew: bool) -> str:
    """The note of a monitoring sheet; one that was computed anew has no seal of its own."""
    return _joined(f"截至 {day.isoformat()}", ANEW if anew else seal)


def of_self_evaluation(
    *, day: date | None, stage: str = PREFILLED, number: int | None = None, seal: str = ""
) -> str:
    """The note of a self-evaluation: how far it got; one that nobody drafted is of a day only."""
    version = "" if number is None else f"第 {number} 版"
    told = f"截至 {day.isoformat()}" if day and stage == PREFILLED else str(day or "")
    return _joined(stage, version, told, seal)


def of_score_sheet(*, stage: str, number: int | None, day: date) -> str:
    """The note of a score sheet: how far the evaluation got; one without a version is empty."""
    version = EMPTY if number is None else f"第 {number} 版"
    return _joined(stage, version, day.isoformat())


def of_letter(*, stage: str, day: date | None, seal: str) -> str:
    """The note of a letter, or of what it asked to be put right."""
    return _joined(stage, day.isoformat() if day else "", seal)


def of_disclosure(
    *, unit: str, year: int, occasion: str, number: int | None, day: date | None
) -> str:
    """The note of what a unit published of a year."""
    version = "" if number is None else f"第 {number} 版"
    return _joined(unit, str(year), occasion, version, f"{day} 公开" if day else "")


def of_report(*, writer: str, stage: str, number: int, day: date, seal: str) -> str:
    """The note of a report: who writes it, how far it got, which version of its words."""
    return _joined(writer, stage, f"第 {number} 版", day.isoformat(), seal)


def _joined(*parts: str) -> str:
    return " · ".join(filter(None, parts))
