"""A form as a form: its official layout as rows of boxes that know which findings mark them.

A page and the self-contained report draw the same boxes; neither asks what a form is.
"""

from dataclasses import dataclass

from gongzhi.core.audit import CheckedForm
from gongzhi.papers.drawing import Drawing
from gongzhi.papers.drawn import Row
from gongzhi.papers.layouts import title_of
from gongzhi.words import translate


@dataclass(frozen=True, slots=True, kw_only=True)
class Facsimile:
    """A whole form on a grid of `columns`, with the unit of its money."""

    title: str
    money_unit: str
    columns: int
    rows: tuple[Row, ...]


def facsimile(checked: CheckedForm, *, language: str) -> Facsimile:
    """The form drawn with its findings' marks; its labels are put into the language."""
    drawing = Drawing(checked=checked, language=language)
    return Facsimile(
        title=title_of(checked.form, language=language),
        money_unit=translate(checked.form.money_unit or "元", language),
        columns=drawing.columns,
        rows=tuple(drawing.rows()),
    )
