"""Any file that a connector can read → its sheets: CSV, workbooks, and JSON."""

import re
from pathlib import Path

from gongzhi.connectors.unfolding import TASK
from gongzhi.core.terms import Problem, Said, Where
from gongzhi.intake.limits import LIMITS, MB
from gongzhi.intake.listing import Listing
from gongzhi.intake.lists import listed, open_list

HEAD_BYTES = 256
JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\{\s*[\"}]|\[\s*[\[{\]])")


def open_source(name: str, source: Path | bytes) -> Listing | Problem:
    """The file's sheets, ready to be read; or why it can't be."""
    if not _is_json(source):
        return open_list(name, source)
    limit = LIMITS.list_workbook_bytes_max
    if _size(source) > limit:
        what = Said("JSON 文件超过 {limit} MB", {"limit": limit // MB})
        return Problem(where=Where(), what=what, hint=Said("请拆成几份，或另存为 CSV"))
    content = source.read_bytes() if isinstance(source, Path) else source
    return listed(TASK, name, content, kind="json")


def _size(source: Path | bytes) -> int:
    return source.stat().st_size if isinstance(source, Path) else len(source)


def _is_json(source: Path | bytes) -> bool:
    if isinstance(source, Path):
        with source.open("rb") as file:
            head = file.read(HEAD_BYTES)
    else:
        head = source[:HEAD_BYTES]
    return JSON.match(head) is not None
