"""How the parts of an office file begin: no archives among them, no document types (S42, S43).

Of each part a few kilobytes at most are unpacked. What a part holds further down is for the
child, which refuses a document type wherever one hides in a part that it reads.
"""

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from gongzhi.core.terms import Problem, Said, Where
from gongzhi.intake.archives import ARCHIVE_INSIDE, SAVE_AGAIN

HEAD_BYTES = 1024
ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")
XML = (".xml", ".rels", ".vml")
EMBEDDINGS = "embeddings/"  # where office programs keep the workbook behind a chart
PROLOG = re.compile(rb".*?(?=<[A-Za-z_]|\Z)", re.DOTALL)  # all before the root element
DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)")

DOCTYPE_INSIDE = Problem(
    where=Where(),
    what=Said("文件里夹带了文档类型声明（DOCTYPE），办公软件不会这样写"),
    hint=SAVE_AGAIN,
)


def fault_of_heads(content: bytes) -> Problem | None:
    """What a part begins with that no office program writes; None for an honest file."""
    with ZipFile(BytesIO(content)) as archive:
        return next(_faults(archive), None)


def _faults(archive: ZipFile) -> Iterator[Problem]:
    for name in archive.namelist():
        lowered = name.lower()
        if EMBEDDINGS in lowered:
            continue
        try:
            with archive.open(name) as part:
                head = part.read(HEAD_BYTES)
        except (BadZipFile, zlib.error, EOFError):
            continue  # the child says so if the part matters
        if head.startswith(ARCHIVES):
            yield ARCHIVE_INSIDE
        if lowered.endswith(XML) and _has_doctype(head):
            yield DOCTYPE_INSIDE


def _has_doctype(head: bytes) -> bool:
    prolog = PROLOG.match(head.replace(b"\0", b""))  # UTF-16 has a zero beside each letter
    return bool(prolog and DECLARED.search(prolog[0]))
