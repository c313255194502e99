"""A text file looked through once before it is read: its digest, charset, marks of secrecy.

A file of a million payments is never held whole: what must be known of all of it before its first
row counts is found in one pass over its bytes.
"""

import codecs
import hashlib
import re
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

from gongzhi.intake.charset import MARKS
from gongzhi.intake.limits import MB

BLOCK_BYTES = MB
HIGH_RUN = re.compile(rb"[\x80-\xff]+")
RUNS_LOOKED_AT = 2000
SUSPECT = tuple(
    word.encode(charset)
    for word in ("密", "内部")
    for charset in ("gb18030", *(charset for _, charset in MARKS))
)
OVERLAP = max(map(len, SUSPECT)) - 1
FOREIGN = "windows-1252"  # what spreadsheets of Western Europe and the Americas write
WESTERN_RUN_MAX = 3  # letters with accents that follow each other
SPOILT_IN_MAX = 20  # one broken byte in so many that make up letters is an accident


@dataclass(slots=True)
class Looked:
    """What the pass found so far."""

    size: int = 0
    charset: str = "utf-8"
    mark_bytes: int = 0
    spoilt: int = 0
    letters: int = 0
    western_runs: int = 0
    runs: int = 0
    line_bytes: int = 0
    may_be_secret: bool = False
    digest: str = ""


def look_through(file: BinaryIO, *, line_bytes_max: int) -> Looked:
    """Read the file to its end; a line longer than the limit ends the pass early."""
    looked, sum_of_all, tail, open_line = Looked(), hashlib.sha256(), b"", 0
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    while block := file.read(BLOCK_BYTES):
        if not looked.size:
            _see_mark(looked, block)
        looked.size += len(block)
        sum_of_all.update(block)
        if not block.isascii():
            _see_letters(looked, block, decoder.decode(block))
        looked.may_be_secret = looked.may_be_secret or _is_suspect(tail + block)
        tail = block[-OVERLAP:]
        open_line = _open_line(block, before=open_line)
        looked.line_bytes = max(looked.line_bytes, open_line)
        if looked.line_bytes > line_bytes_max:
            break
    looked.digest = f"sha256:{sum_of_all.hexdigest()}"
    if not looked.mark_bytes:
        looked.charset = _charset(looked)
    return looked


def _see_mark(looked: Looked, block: bytes) -> None:
    for mark, charset in MARKS:
        if block.startswith(mark):
            looked.charset, looked.mark_bytes = charset, len(mark)
            return


def _see_letters(looked: Looked, block: bytes, text: str) -> None:
    """Count what speaks for UTF-8, against it, and for letters of a byte each."""
    spoilt = text.count("\ufffd")
    looked.spoilt += spoilt
    looked.letters += max(0, len(block) - len(text))
    if spoilt and looked.runs < RUNS_LOOKED_AT:
        runs = list(islice(HIGH_RUN.finditer(block), RUNS_LOOKED_AT))
        looked.runs += len(runs)
        looked.western_runs += sum(map(_is_western, runs))


def _is_western(run: re.Match[bytes]) -> bool:
    """Whether it is one letter of a byte, or a few within a word: ç and ã of educação.

    The two bytes of a Chinese character, and its neighbours, seldom stand beside Latin letters.
    """
    length = run.end() - run.start()
    beside = (
        run.string[max(0, run.start() - 1) : run.start()] + run.string[run.end() : run.end() + 1]
    )
    return length == 1 or (length <= WESTERN_RUN_MAX and any(map(_is_latin, beside)))


def _is_latin(byte: int) -> bool:
    return chr(byte).isascii() and chr(byte).isalpha()


def _is_suspect(content: bytes) -> bool:
    return not content.isascii() and any(word in content for word in SUSPECT)


def _open_line(block: bytes, *, before: int) -> int:
    """How long the line is that the block leaves open, or the first that it closes."""
    first = block.find(b"\n")
    if first < 0:
        first = block.find(b"\r")
    if first < 0:
        return before + len(block)
    return len(block) - 1 - max(block.rfind(b"\n"), block.rfind(b"\r"))


def _charset(looked: Looked) -> str:
    """UTF-8 where it fits, nearly everywhere; else letters of one byte, else GB18030."""
    if looked.spoilt * SPOILT_IN_MAX <= looked.letters or not looked.runs:
        return "utf-8"
    return FOREIGN if looked.western_runs * 2 > looked.runs else "gb18030"
