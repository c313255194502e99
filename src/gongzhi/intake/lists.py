"""A file of records → sheets of rows: CSV streamed, workbooks read in the limited child.

Text is no danger to a reader of text, so CSV is read here, row by row, however long it is.
"""

import hashlib
import io
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from gongzhi.core.terms import Problem, Said, Where
from gongzhi.intake.gate import inspect, notes_on
from gongzhi.intake.kinds import OPENED, SCRIPTS, Kind, kind_of
from gongzhi.intake.limited import run_limited
from gongzhi.intake.limits import LIMITS, MB
from gongzhi.intake.listing import Listing, Opening, Sheet
from gongzhi.intake.looking import Looked, look_through
from gongzhi.intake.packed import sheets_of
from gongzhi.intake.secrecy import mark_among, told_secret
from gongzhi.intake.streamed import streamed_rows

WORKBOOKS = frozenset((Kind.XLSX, Kind.XLS, Kind.OPEN_DOCUMENT, Kind.BINARY_WORKBOOK))
SHEETS_TASK = "gongzhi.intake.sheets:sheets_as_answer"
HEAD_BYTES = 64 * 1024
OTHERS = (  # that begin with letters; archives, pictures and programs are full of strange bytes
    *(script.encode() for script in SCRIPTS),
    *(b"%pdf-", b"{\\rtf", b"<!doctype", b"<html", b"<table", b"<?xml"),
)
STRANGE_IN_MAX = 200  # one control character in so many is an accident; a row may tell of it
UNPRINTABLE = bytes(set(range(32)) - set(b"\t\n\r\f\v\x1a"))
CSV_PLEASE = Said("请另存为 xlsx 或 CSV，再导入")


def open_list(name: str, source: Path | bytes) -> Listing | Problem:
    """The file's sheets, ready to be read; or why it can't be."""
    opening = _opening(source)
    with opening() as file:
        head = file.read(HEAD_BYTES)
    if not head:
        hint = Said("请重新保存或下载，再上传")
        return Problem(where=Where(), what=Said("文件是空的"), hint=hint)
    if is_text(head):
        return _text(name, opening)
    return _workbook(name, opening)


def _opening(source: Path | bytes) -> Opening:
    if isinstance(source, Path):
        return lambda: source.open("rb")
    return lambda: io.BytesIO(source)


def is_text(head: bytes) -> bool:
    """Whether a file that begins so is plain text in any charset, and no page or program."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:9].lower()
    strange = len(head) - len(head.translate(None, UNPRINTABLE))
    return not start.startswith(OTHERS) and strange * STRANGE_IN_MAX <= len(head)


def _text(name: str, opening: Opening) -> Listing | Problem:
    with opening() as file:
        looked = look_through(file, line_bytes_max=LIMITS.list_line_bytes_max)
    if looked.line_bytes > LIMITS.list_line_bytes_max or looked.size > LIMITS.list_bytes_max:
        what = Said("有一行超过 {limit} MB，不像表格", {"limit": LIMITS.list_line_bytes_max // MB})
        return Problem(where=Where(), what=what, hint=Said("请核对文件，重新导出为 CSV"))
    if looked.may_be_secret and (mark := _mark(opening, looked)):
        return told_secret(mark)
    sheet = Sheet(rows=partial(streamed_rows, opening, looked))
    return Listing(name=name, digest=looked.digest, kind=Kind.CSV, sheets=(sheet,))


def _mark(opening: Opening, looked: Looked) -> str | None:
    rows = (row for row in streamed_rows(opening, looked) if isinstance(row, tuple))
    return mark_among(cell for _, cells in rows for cell in cells)


def _workbook(name: str, opening: Opening) -> Listing | Problem:
    limit = LIMITS.list_workbook_bytes_max
    with opening() as file:
        content = file.read(limit + 1)
    kind = inspect(content, bytes_max=limit, opened=OPENED | WORKBOOKS)
    if isinstance(kind, Problem):
        return kind
    if kind not in WORKBOOKS:
        what = Said("这是 {kind} 文件，不是工作簿或 CSV", {"kind": kind_of(content)})
        return Problem(where=Where(), what=what, hint=CSV_PLEASE)
    return listed(SHEETS_TASK, name, content, kind=kind, notes=notes_on(name, content, kind=kind))


def listed(
    task: str, name: str, content: bytes, *, kind: str, notes: Iterable[Problem] = ()
) -> Listing | Problem:
    """The sheets that a task of the limited child makes of a file, or why it makes none."""
    answer = run_limited(task, name, content)
    sheets = answer if isinstance(answer, Problem) else sheets_of(answer)
    if isinstance(sheets, Problem):
        return sheets
    digest = f"sha256:{hashlib.sha256(content).hexdigest()}"
    return Listing(name=name, digest=digest, kind=kind, sheets=sheets, notes=tuple(notes))
