"""Every official paper on many pages, and where each of its words is printed.

    PYTHONPATH=src:tests .venv/bin/python -m papers.printing

writes tests/papers/printed/ anew, after a paper's looks were changed on purpose: look at the pages
first, the words and places that differ are what readers will find moved.
"""

from collections.abc import Iterator
from dataclasses import fields, replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pdfplumber

from gongzhi.papers.forms import PAPERS, as_pdf
from gongzhi.papers.paper import Paper
from papers.official_samples import VALUES

KEPT = Path(__file__).parent / "printed"
LINES = 40
WORDS = ("甲", "乙")  # what a line of a paper begins and ends with
FILLING = "依法依规按期完成并经第三方核验；" * 4  # so that a line takes several lines of a page


def many(paper: Paper[Any]) -> Any:
    """A paper with so many lines that it takes several pages; each begins and ends by its own."""
    value = VALUES[paper]
    if hasattr(value, "sheet"):
        return replace(value, sheet=_long(value.sheet))
    return _long(value)


def _long(value: Any) -> Any:
    name = "indicators" if hasattr(value, "indicators") else "lines"
    first = getattr(value, name)[0]
    field = next(each.name for each in fields(first) if each.name in ("name", "what", "title"))
    return replace(value, **{name: tuple(replace(first, **{field: at}) for at in _told())})


def _told() -> Iterator[str]:
    begin, end = WORDS
    for number in range(LINES):
        yield f"{begin}{number:02}{FILLING}{end}{number:02}"


def printed(paper: Paper[Any]) -> str:
    """Each printed line of a paper as it is: its page, its place in points, its text."""
    with pdfplumber.open(BytesIO(as_pdf(paper, [VALUES[paper]], notes=["云河市财政局"]))) as pdf:
        return "".join(
            f"{page.page_number} {line['x0']:.0f} {line['top']:.0f} {line['text']}\n"
            for page in pdf.pages
            for line in page.extract_text_lines(return_chars=False)
        )


def kept(paper: Paper[Any]) -> Path:
    """Where the printed lines of a paper are kept."""
    return KEPT / f"{paper.layout.title}.txt"


def main() -> None:
    """Keep every paper as it is printed now."""
    for paper in PAPERS:
        kept(paper).write_text(printed(paper), encoding="utf-8")


if __name__ == "__main__":
    main()
