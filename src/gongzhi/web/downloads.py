"""Answers that a reader keeps as a file."""

from django.http import HttpResponse

TEXT = "text/plain; charset=utf-8"
HTML = "text/html; charset=utf-8"


def as_file(content: bytes | str, *, name: str, content_type: str = TEXT) -> HttpResponse:
    """The content as a file of that name; names are ours and have no letters but ASCII."""
    answer = HttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
