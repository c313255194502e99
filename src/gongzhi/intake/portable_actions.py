"""What a PDF would do or carry, found in its objects: scripts, programs to start, attachments.

Searching the bytes finds none that is packed in a stream, and finds some in the noise of a picture.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdftypes import PDFObjRef, PDFStream
from pdfminer.psexceptions import PSException
from pdfminer.psparser import PSLiteral

# ISO 32000-1: 12.6.4.5 (Launch), 12.6.4.16 (JavaScript), 7.11.4 (embedded files)
ACTIONS = frozenset({"JavaScript", "Launch"})
OBJECTS_MAX = 50_000  # what lies behind them is not worth the time: nothing is run anyway
DEPTH_MAX = 10


def acts(document: PDFDocument) -> bool:
    """Whether any object of the file starts something or holds another file."""
    return any(_is_active(one) for one in islice(_objects(document), OBJECTS_MAX))


def _objects(document: PDFDocument) -> Iterator[Any]:
    for table in document.xrefs:
        for number in table.get_objids():
            try:
                yield document.getobj(number)
            except (PSException, ValueError, TypeError, KeyError, RecursionError):
                continue  # a damaged object does nothing; the pages complain where it matters


def _is_active(value: Any, depth: int = 0) -> bool:
    if isinstance(value, PDFStream):
        value = value.attrs
    if depth > DEPTH_MAX or isinstance(value, PDFObjRef):
        return False
    if isinstance(value, list):
        return any(_is_active(one, depth + 1) for one in value)
    if not isinstance(value, dict):
        return False
    return (
        _name(value.get("S")) in ACTIONS
        or _name(value.get("Type")) == "EmbeddedFile"
        or "JS" in value
        or "EF" in value
        or any(_is_active(one, depth + 1) for one in value.values())
    )


def _name(value: Any) -> str:
    name = value.name if isinstance(value, PSLiteral) else ""
    return name if isinstance(name, str) else name.decode("latin-1")
