"""The checks before any opening, in the parent: by content, cheap; hardly anything is unpacked."""

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePath

from gongzhi.core.terms import Problem, Said, Where
from gongzhi.intake import compound
from gongzhi.intake.archives import INCOMPLETE, fault_of_archive
from gongzhi.intake.heads import fault_of_heads
from gongzhi.intake.kinds import OPENED, ZIP_MARKS, Kind, kind_of
from gongzhi.intake.limits import LIMITS, MB
from gongzhi.intake.passwords import PROTECTED, has_password

PDF_END = b"%%EOF"
PACKAGES = (Kind.DOCX, Kind.XLSX)
OTHER_FORMAT = Said("请另存为 docx 或 xlsx，再上传")
REFUSED: Mapping[Kind, tuple[Said, Said]] = {
    Kind.ENCRYPTED: (PROTECTED.what, PROTECTED.hint),
    Kind.PICTURE: (Said("这是图片，里面没有文字"), Said("请上传填表时的 Word 或 Excel 原文件")),
    Kind.OFD: (Said("还不能读 OFD 文件"), Said("请上传 Word、Excel 原文件或文字版 PDF")),
    Kind.OPEN_DOCUMENT: (Said("还不能读 OpenDocument 文件"), OTHER_FORMAT),
    Kind.BINARY_WORKBOOK: (Said("还不能读 xlsb 文件"), OTHER_FORMAT),
    Kind.PROGRAM: (Said("这是程序，不是绩效表"), Said("请上传绩效表的原文件")),
    Kind.ARCHIVE: (Said("这是压缩包，不是一份文件"), Said("请解压后上传里面的文件")),
    Kind.UNKNOWN: (
        Said("认不出这种文件"),
        Said("请上传 docx、xlsx、xls、doc、文字版 PDF、HTML 或 CSV 文件"),
    ),
}
# the endings that a kind of file may have without a word about it
USUAL: Mapping[Kind, frozenset[str]] = {
    Kind.DOCX: frozenset((".docx", ".docm", ".dotx", ".wps")),
    Kind.XLSX: frozenset((".xlsx", ".xlsm", ".xltx", ".et")),
    Kind.XLS: frozenset((".xls", ".xlt", ".et")),
    Kind.DOC: frozenset((".doc", ".dot", ".wps")),
    Kind.RTF: frozenset((".rtf", ".doc")),
    Kind.PDF: frozenset((".pdf",)),
    Kind.HTML: frozenset((".html", ".htm", ".xhtml")),
    Kind.CSV: frozenset((".csv", ".txt", ".tsv")),
    Kind.OPEN_DOCUMENT: frozenset((".ods", ".ots")),
    Kind.BINARY_WORKBOOK: frozenset((".xlsb",)),
}
MACROS = re.compile(rb"vbaProject\.bin|xl/macrosheets/", re.IGNORECASE)  # parts of packages
MACRO_STREAM = "_VBA_PROJECT"  # [MS-OVBA] 2.3.4.1, in files older than packages


def inspect(
    content: bytes,
    *,
    bytes_max: int = LIMITS.file_bytes_max,
    opened: frozenset[Kind] = OPENED,
) -> Kind | Problem:
    """The kind of a file that may be opened, or why it isn't."""
    if not content:
        return Problem(
            where=Where(), what=Said("文件是空的"), hint=Said("请重新保存或下载，再上传")
        )
    if len(content) > bytes_max:
        return Problem(
            where=Where(),
            what=Said("文件超过 {limit} MB", {"limit": bytes_max // MB}),
            hint=Said("请只上传绩效表本身，或拆成几份"),
        )
    if content.startswith(ZIP_MARKS) and (fault := fault_of_archive(content)):
        return fault
    kind = kind_of(content)
    if _is_cut(content, kind=kind):
        return INCOMPLETE
    if kind in PACKAGES and (fault := fault_of_heads(content)):
        return fault
    if kind in opened and not has_password(content, kind=kind):
        return kind
    what, hint = REFUSED[Kind.ENCRYPTED if kind in opened else kind]
    return Problem(where=Where(), what=what, hint=hint)


def _is_cut(content: bytes, *, kind: Kind) -> bool:
    """Whether the file ends before its end, as after a broken download."""
    if content.startswith(compound.MAGIC):
        return compound.is_cut(content)
    return kind is Kind.PDF and PDF_END not in content


def notes_on(name: str, content: bytes, *, kind: Kind) -> Iterator[Problem]:
    """What the sender should know although the file is read."""
    ending = PurePath(name).suffix.lower()
    if ending and ending not in USUAL[kind]:
        yield Problem(
            where=Where(),
            what=Said("文件名的结尾是 {ending}，内容却是 {kind}", {"ending": ending, "kind": kind}),
            hint=Said("已按内容读取；请核对文件没有选错"),
        )
    if _has_macros(content, kind=kind):
        yield Problem(
            where=Where(),
            what=Said("文件里有宏"),
            hint=Said("宏没有运行；公开之前请另存为不带宏的文件"),
        )


def _has_macros(content: bytes, *, kind: Kind) -> bool:
    if kind in PACKAGES:
        return MACROS.search(content) is not None
    return kind in (Kind.XLS, Kind.DOC) and MACRO_STREAM in compound.names(content)
