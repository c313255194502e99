"""The demo's forms keep the published figures and nothing that names anybody."""

import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gongzhi.city.forms import SampleForm, sample_forms
from gongzhi.core.terms import Form
from real_input import real_input

LONGEST_SHARED_TEXT = 11


def test_at_least_twenty_records_are_shown() -> None:
    assert len({sample.record for sample in sample_forms()}) >= 20


@pytest.mark.parametrize("sample", sample_forms(), ids=lambda sample: sample.record)
def test_every_place_and_office_is_anonymous(sample: SampleForm) -> None:
    for name in (sample.form.department, sample.form.unit):
        assert name is None or name.startswith("某省")


@pytest.mark.parametrize("sample", sample_forms(), ids=lambda sample: sample.record)
def test_the_figures_are_those_of_the_published_record(sample: SampleForm) -> None:
    source = sources()[sample.record]

    assert figures(sample.form) == source_figures(source)


def test_no_name_and_no_sentence_is_shared_with_the_published_forms() -> None:
    published = {text for source in sources().values() for text in texts_of(source)}
    runs = {run for text in published for run in windows(text)}
    names = {
        canon(source[key])
        for source in sources().values()
        for key in ("project", "department", "unit")
        if source[key]
    }

    for sample in sample_forms():
        form = sample.form
        assert names.isdisjoint(
            canon(name) for name in (form.project, form.department, form.unit) if name
        )
        for text in own_texts(form):
            assert runs.isdisjoint(windows(text)), f"{sample.record}: {text}"


def sources() -> dict[str, dict[str, Any]]:
    """The published records by number."""
    folder = real_input("forms")
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(folder.glob("*.expected.json")):
        found |= {form["record"]: form for form in forms_in(path) if "record" in form}
    return found


def forms_in(path: Path) -> list[dict[str, Any]]:
    """The forms that a file is expected to hold."""
    whole = json.loads(path.read_text(encoding="utf-8"))
    forms: list[dict[str, Any]] = whole.get("forms", [whole])
    return forms


def figures(form: Form) -> dict[str, Any]:
    """What must stay as published: money, points, numbers of targets and results."""
    return {
        "type": form.form_type.value,
        "year": form.fiscal_year,
        "money": [money(form.budget_initial), money(form.budget_adjusted), money(form.executed)],
        "execution": [points(form.execution_weight), points(form.execution_score)],
        "total": points(form.stated_total),
        "rows": [
            [points(row.weight), points(row.score), numbers(row.target_text)]
            for row in form.indicators
        ],
    }


def source_figures(source: dict[str, Any]) -> dict[str, Any]:
    """The same of a published record."""
    return {
        "type": source["form_type"],
        "year": source["fiscal_year"],
        "money": [source["budget_initial"], source["budget_adjusted"], source["executed"]],
        "execution": [points(source["execution_weight"]), points(source["execution_score"])],
        "total": points(source["stated_total"]),
        "rows": [
            [points(row["weight"]), points(row["score"]), numbers(row["target_text"])]
            for row in source["indicators"]
        ],
    }


def money(amount: Any) -> str | None:
    return None if amount is None else f"{amount:.2f}"


def points(value: Any) -> float | None:
    return None if value is None else float(value)


def numbers(text: str | None) -> list[str]:
    """The figures of a bare target; a date or a sentence has none that must stay."""
    return re.findall(r"[≥≤=<>]?\d[\d.]*", text) if text and len(text) < 12 else []


def own_texts(form: Form) -> Iterator[str]:
    """Every text of a demo form that a person wrote."""
    yield from filter(None, (form.project, form.goal_text, form.goal_actual_text))
    for row in form.indicators:
        yield from filter(None, (row.level3, row.target_text, row.actual_text, row.reason))


def texts_of(source: dict[str, Any]) -> Iterator[str]:
    """Every text of a published record that a person wrote."""
    keys = ("project", "department", "unit")
    yield from filter(None, (source[key] for key in keys))
    yield from filter(None, (source["extra"].get(k) for k in ("goal_text", "goal_actual_text")))
    for row in source["indicators"]:
        yield from filter(None, (row[k] for k in ("level3", "target_text", "actual_text")))
        yield from filter(None, [row["reason"]])


def windows(text: str) -> set[str]:
    """All runs of characters that are too long to be shared by chance; figures are facts."""
    plain = re.sub(r"[\d.]+", "", canon(text))
    size = LONGEST_SHARED_TEXT + 1
    return {plain[start : start + size] for start in range(len(plain) - size + 1)}


def canon(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
