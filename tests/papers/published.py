"""What a perfect reader finds in the published forms, and how far a reading agrees with it."""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

from gongzhi.core.terms import Form, Indicator, Paper
from gongzhi.intake.opening import open_document
from gongzhi.papers.reading import read_document
from machine import REPOSITORY, libreoffice
from real_input import real_input

TOP = (
    "form_type", "project", "department", "unit", "fiscal_year", "money_unit", "budget_initial",
    "budget_adjusted", "executed", "execution_weight", "execution_score", "stated_total",
)  # fmt: skip
ROW = (
    "level1", "level2", "level3", "target_text", "actual_text", "weight", "score", "reason",
    "possibility",
)  # fmt: skip
EXTRA = {
    "layout": "layout", "execution_rate_text": "execution_rate_text",
    "total_weight": "total_weight", "total_row": "has_total_row", "grade": "stated_grade",
    "level1_weights": "level1_weights", "goal_text": "goal_text",
    "goal_actual_text": "goal_actual_text", "weight_rule": "weight_rule",
}  # fmt: skip
PAIRS = (("≧", "≥"), ("≦", "≤"), ("═", "="), (">=", "≥"), ("<=", "≤"))


@dataclass(frozen=True)
class Difference:
    """One field that was read otherwise than expected."""

    place: str
    wanted: Any
    found: Any


def names(folder: str = "forms", *, without: str = "") -> list[str]:
    """The published files that have values to be read, but for those of one kind."""
    found = sorted((REPOSITORY.parent / "shared" / "data" / folder).glob("*.expected.json"))
    readable = (path for path in found if _readable(path))
    named = [(path, path.name.removesuffix(".expected.json")) for path in readable]
    return [name for path, name in named if not (path.parent / (name + without)).is_file()]


def _readable(path: Path) -> bool:
    expected = json.loads(path.read_text(encoding="utf-8"))
    return "form_type" in expected and expected.get("outcome", "read") == "read"


@cache
def paper_of(name: str, folder: str = "forms") -> Paper:
    """The file as the reader reads it."""
    path = next(p for p in real_input(folder).glob(f"{name}.*") if p.suffix != ".json")
    if path.suffix == ".doc":
        libreoffice()
    return read_document(open_document(path.name, path.read_bytes()))


def expected_forms(name: str, folder: str = "forms") -> list[dict[str, Any]]:
    """The forms of a file as a perfect reader has them."""
    text = (real_input(folder) / f"{name}.expected.json").read_text(encoding="utf-8")
    expected = json.loads(text)
    return expected.get("forms") or [expected]


def differences(name: str, folder: str = "forms") -> tuple[list[Difference], int]:
    """What differs in the fields that are compared, and how many fields there are."""
    wanted, paper = expected_forms(name, folder), paper_of(name, folder)
    found: list[Difference] = []
    count = 0
    for number, form in enumerate(wanted):
        read = paper.forms[number] if number < len(paper.forms) else None
        for place, want, have, accepted in _fields(form, read):
            count += 1
            if not any(same(value, have) for value in (want, *accepted)):
                found.append(Difference(f"{number}:{place}", want, have))
    surplus = paper.forms[len(wanted) :]
    return [*found, *(Difference("one form too many", None, f.project) for f in surplus)], count


def extra_differences(name: str) -> list[Difference]:
    """What differs in what the checks need besides."""
    found = []
    for number, form in enumerate(expected_forms(name)):
        read = paper_of(name).forms[number]
        extra = form.get("extra", {})
        for key, field in EXTRA.items():
            if key in extra and not same(extra[key], getattr(read, field)):
                found.append(Difference(f"{number}:{key}", extra[key], getattr(read, field)))
        if not same_funds(extra.get("fund_rows", []), read):
            found.append(Difference(f"{number}:fund_rows", extra["fund_rows"], read.fund_rows))
        wanted = [(r["level3"], r["target_text"]) for r in extra.get("long_term_indicators", [])]
        have = [(r.level3, r.target_text) for r in read.long_term_indicators]
        if wanted != have:
            found.append(Difference(f"{number}:long_term_indicators", wanted, have))
    return found


def _fields(
    form: dict[str, Any], read: Form | None
) -> Iterator[tuple[str, Any, Any, tuple[Any, ...]]]:
    accept = form.get("accept", {})
    for key in TOP:
        accepted = accept.get(key, [])
        others = tuple(accepted) if isinstance(accepted, list) else (accepted,)
        yield key, form[key], getattr(read, key, None), others
    rows: tuple[Indicator, ...] = read.indicators if read else ()
    for number, row in enumerate(form["indicators"]):
        have = rows[number] if number < len(rows) else None
        for key in ROW:
            yield f"{number}.{key}", row.get(key), getattr(have, key, None), ()
    for number in range(len(form["indicators"]), len(rows)):
        yield f"{number}", None, rows[number].level3 or "a row too many", ()


def same_funds(wanted: list[dict[str, Any]], read: Form) -> bool:
    """Whether the rows of money agree; rows without any figure may be left out of the list."""
    rows = [
        (canonical(row.label), row.initial, row.adjusted, row.executed) for row in read.fund_rows
    ]
    listed = [
        (row["label"], *(_money(row[key]) for key in ("initial", "adjusted", "executed")))
        for row in wanted
    ]
    return listed == rows or _filled(listed) == _filled(rows)


def _filled(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return [row for row in rows if any(figure is not None for figure in row[1:])]


def _money(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def same(wanted: Any, have: Any) -> bool:
    """Whether two values are the same in canonical form."""
    if not wanted and not have and wanted != 0 and have != 0:
        return True
    if wanted is None or have is None:
        return False
    if isinstance(wanted, dict):
        return {k: Decimal(str(v)) for k, v in wanted.items()} == dict(have)
    try:
        return Decimal(str(wanted)) == Decimal(str(have))
    except InvalidOperation:
        return canonical(str(wanted)) == canonical(str(have))


def canonical(text: str) -> str:
    """The text as the forms' README compares it."""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    for printed, meant in PAIRS:
        text = text.replace(printed, meant)
    return text
