"""Forms that readers hand in: the demo's own, as files and as text on the clipboard."""

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from itertools import cycle
from typing import Any

from openpyxl import load_workbook

from gongzhi.city.forms import sample_form
from gongzhi.city.sample_papers import WRITERS
from gongzhi.core.terms import Form

SAID = ("project", "department", "unit", "goal_text", "goal_actual_text")
File = dict[str, Any]


def paper(form: Form, *, name: str) -> File:
    """A form as a file, as Playwright hands it over; its kind is the end of its name."""
    content = WRITERS[name.rpartition(".")[2]](form)
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def copied(form: Form) -> str:
    """A form as a spreadsheet puts it on the clipboard: rows of cells between tabs."""
    sheet = load_workbook(BytesIO(WRITERS["xlsx"](form))).active
    return "\n".join("\t".join(str(cell or "") for cell in row) for row in sheet.values)


FAULTY = paper(sample_form("008"), name="自评表.docx")
OTHER = paper(sample_form("013"), name="另一张.xlsx")


def with_words(texts: Sequence[str]) -> Form:
    """A form that says these texts, one after the other, wherever somebody can write."""
    words = cycle(texts)
    form = sample_form("008")
    rows = tuple(
        replace(
            row,
            level3=next(words),
            target_text=next(words),
            actual_text=next(words),
            reason=next(words),
        )
        for row in form.indicators
    )
    said = {name: next(words) for name in SAID}
    return replace(form, indicators=rows, **said)
