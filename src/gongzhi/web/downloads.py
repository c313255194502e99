"""Answers that a reader keeps as a file."""

import re
from urllib.parse import quote

from django.http import HttpResponse

TEXT = "text/plain; charset=utf-8"
HTML = "text/html; charset=utf-8"
OFFICE = "application/vnd.openxmlformats-officedocument"
DOCX = f"{OFFICE}.wordprocessingml.document"
XLSX = f"{OFFICE}.spreadsheetml.sheet"
PDF = "application/pdf"
NAME_MAX = 120
# What no system takes in the name of a file, and what would turn the line around.
FORBIDDEN = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\u200b-\u200f\u202a-\u202e\u2066-\u2069]')


def as_file(
    content: bytes | str, *, name: str, content_type: str = TEXT, shown: str = ""
) -> HttpResponse:
    """The content as a file of that name; names are ours and have no letters but ASCII.

    `shown` is the name for browsers that know other letters, in which anybody's words may stand.
    """
    answer = HttpResponse(content, content_type=content_type)
    disposition = f'attachment; filename="{name}"'
    if shown:
        disposition += f"; filename*=UTF-8''{quote(_tame(shown), safe='')}"
    answer["Content-Disposition"] = disposition
    return answer


def _tame(shown: str) -> str:
    """A name that every system takes, its ending kept."""
    stem, dot, ending = FORBIDDEN.sub("_", shown).rpartition(".")
    return f"{stem[:NAME_MAX]}{dot}{ending}"
