"""What people say to an office and nobody publishes, read from turned/remarks.toml."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from gongzhi.city.invented.telling import code_named
from gongzhi.rules.entry import Entry, read_rules

FILE = Path(__file__).parent.parent / "turned" / "remarks.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remarked:
    """A remark with what became of it; without a writer it is anonymous and has its code."""

    project: str
    on: date
    kind: str
    text: str
    writer: str = ""
    name: str = ""
    code: int = 0
    asked_on: date | None = None
    question: str = ""
    added_on: date | None = None
    addition: str = ""
    answered_on: date | None = None
    outcome: str = ""
    answer: str = ""


@cache
def load_remarks() -> tuple[Remarked, ...]:
    """Every remark of the stories; raises BadRules where one is incomplete."""
    return tuple(map(_remark, read_rules(FILE).tables("remark")))


def _remark(entry: Entry) -> Remarked:
    named, asked = entry.has("writer"), entry.has("asked_on")
    added, answered = entry.has("added_on"), entry.has("answered_on")
    remark = Remarked(
        project=code_named(entry.text("project")),
        on=entry.day("on"),
        kind=entry.text("kind"),
        text=entry.text("text"),
        writer=entry.text("writer") if named else "",
        name=entry.text("name") if named else "",
        code=0 if named else int(entry.number("code", most=10**19)),
        asked_on=entry.day("asked_on") if asked else None,
        question=entry.text("question") if asked else "",
        added_on=entry.day("added_on") if added else None,
        addition=entry.text("addition") if added else "",
        answered_on=entry.day("answered_on") if answered else None,
        outcome=entry.text("outcome") if answered else "",
        answer=entry.text("answer") if answered else "",
    )
    entry.finish()
    return remark
