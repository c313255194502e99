"""What a file is, by its content; its name is only compared with it."""

from enum import StrEnum
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from gongzhi.intake import compound
from gongzhi.intake.charset import decoded


class Kind(StrEnum):
    """The kinds of files that intake can tell apart."""

    DOCX = "docx"
    XLSX = "xlsx"
    XLS = "xls"
    DOC = "doc"
    RTF = "rtf"
    PDF = "pdf"
    HTML = "html"
    CSV = "csv"  # and any other plain text
    ENCRYPTED = "encrypted"
    PICTURE = "picture"
    OFD = "ofd"
    OPEN_DOCUMENT = "odf"
    BINARY_WORKBOOK = "xlsb"
    PROGRAM = "program"
    ARCHIVE = "archive"
    UNKNOWN = "unknown"


OPENED = frozenset({
    Kind.DOCX, Kind.XLSX, Kind.XLS, Kind.DOC, Kind.RTF, Kind.PDF, Kind.HTML, Kind.CSV,
})  # fmt: skip
ZIP_MARKS = (b"PK\x03\x04", b"PK\x05\x06")
MAGIC = (
    (compound.MAGIC, Kind.UNKNOWN),
    (b"{\\rtf", Kind.RTF),
    (b"\x89PNG\r\n", Kind.PICTURE),
    (b"\xff\xd8\xff", Kind.PICTURE),
    (b"GIF8", Kind.PICTURE),
    (b"BM", Kind.PICTURE),
    (b"II*\0", Kind.PICTURE),
    (b"MM\0*", Kind.PICTURE),
    (b"MZ", Kind.PROGRAM),
    (b"\x7fELF", Kind.PROGRAM),
    (b"Rar!", Kind.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", Kind.ARCHIVE),
    (b"\x1f\x8b", Kind.ARCHIVE),
)
# BOF records of xls files that are no compound files: BIFF2 to BIFF4
BARE_SHEETS = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")
SCRIPTS = ("<?php", "<?=", "#!/", "<%@")
MARKUP = ("<!doctype html", "<html", "<table", "<body", "<head", "<meta", "<style", "<div", "<p>")
LOOKED_AT = 4096


def kind_of(content: bytes) -> Kind:
    """The kind of the file, from its first bytes and its directory."""
    if b"%PDF-" in content[:1024]:
        return Kind.PDF
    magic = next((kind for mark, kind in MAGIC if content.startswith(mark)), None)
    if content.startswith(ZIP_MARKS):
        return _zipped(content)
    if content.startswith(compound.MAGIC):
        return _compound(content)
    if content.startswith(BARE_SHEETS):
        return Kind.XLS
    if magic is not None and not (magic is Kind.PICTURE and _is_text(content)):
        return magic
    return _text(content)


def _zipped(content: bytes) -> Kind:
    try:
        names = {name.lower() for name in ZipFile(BytesIO(content)).namelist()}
    except (BadZipFile, NotImplementedError, ValueError, UnicodeDecodeError):
        return Kind.ARCHIVE  # the archive check says what is wrong with it
    if "ofd.xml" in names:
        return Kind.OFD
    if "xl/workbook.bin" in names:
        return Kind.BINARY_WORKBOOK
    if "[content_types].xml" in names:
        for start, kind in (("word/", Kind.DOCX), ("xl/", Kind.XLSX)):
            if any(name.startswith(start) for name in names):
                return kind
    if "mimetype" in names and "content.xml" in names:
        return Kind.OPEN_DOCUMENT
    return Kind.ARCHIVE


def _compound(content: bytes) -> Kind:
    names = compound.names(content)
    if "EncryptedPackage" in names:
        return Kind.ENCRYPTED
    if {"Workbook", "Book"} & names:
        return Kind.XLS
    return Kind.DOC if "WordDocument" in names else Kind.UNKNOWN


def _is_text(content: bytes) -> bool:
    """Whether the bytes are text: a charset fits and there are no control characters."""
    text = decoded(content)
    return text is not None and not any(
        ord(char) < 32 and char not in "\t\n\r\f\v\x1a" for char in text[:LOOKED_AT]
    )


def _text(content: bytes) -> Kind:
    if not _is_text(content):
        return Kind.UNKNOWN
    start = (decoded(content) or "")[:LOOKED_AT].lstrip().lower()
    if start.startswith(SCRIPTS):
        return Kind.PROGRAM
    if start.startswith("<") and any(mark in start for mark in MARKUP):
        return Kind.HTML
    return Kind.UNKNOWN if start.startswith("<?xml") else Kind.CSV
