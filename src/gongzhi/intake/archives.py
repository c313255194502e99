"""What must be true of a zip file before anything in it is unpacked (QUALITY.md F2, S40, S42)."""

import stat
import struct
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from gongzhi.core.terms import Problem, Said, Where
from gongzhi.intake.directory import entry_count
from gongzhi.intake.limits import LIMITS, MB
from gongzhi.intake.passwords import PROTECTED

METHODS = frozenset((ZIP_STORED, ZIP_DEFLATED))  # all that office programs write
ENCRYPTED, SIZES_FOLLOW = 0x1, 0x8  # bits of an entry's flags
LOCAL_MARK, LOCAL_BYTES = b"PK\x03\x04", 30  # APPNOTE 4.3.7: what stands before each part
IN_EXTRA = 0xFFFFFFFF  # the size stands in a field for large files
NESTED = (".zip", ".rar", ".7z", ".gz", ".tar", ".jar")  # office files hold documents, not these

INCOMPLETE = Problem(
    where=Where(),
    what=Said("文件不完整，可能没有传完"),
    hint=Said("请从原处重新下载或保存，再上传"),
)
SAVE_AGAIN = Said("请用 Word、Excel 或 WPS 打开后重新保存，再上传")
ARCHIVE_INSIDE = Problem(where=Where(), what=Said("压缩包里还有压缩包"), hint=SAVE_AGAIN)


def fault_of_archive(content: bytes) -> Problem | None:
    """Why the archive isn't opened; None for an honest one."""
    most = LIMITS.archive_entries_max
    count = entry_count(content, most=most)
    if count is None:
        return INCOMPLETE
    if count > most:
        return _refused(Said("压缩包里的部件超过 {limit} 个，不像办公文件", {"limit": most}))
    try:
        entries = ZipFile(BytesIO(content)).infolist()
    except (BadZipFile, NotImplementedError, ValueError):
        return INCOMPLETE
    if len(entries) != count:  # two readers of one directory must see the same parts
        return INCOMPLETE
    return next(_faults(entries, content=content), None)


def _faults(entries: list[ZipInfo], *, content: bytes) -> Iterator[Problem]:
    whole, size = sum(entry.file_size for entry in entries), len(content)
    limit, ratio = LIMITS.archive_bytes_max, LIMITS.archive_ratio_max
    if whole > limit:
        told = {"size": whole // MB, "limit": limit // MB}
        yield _refused(Said("解开后有 {size} MB，超过 {limit} MB", {**told}))
    if whole > LIMITS.archive_ratio_from_bytes and whole > ratio * size:
        yield _refused(Said("解开后是原来的 {times} 倍，不像办公文件", {"times": whole // size}))
    if len({entry.filename.lower() for entry in entries}) < len(entries):
        yield _refused(Said("压缩包里有同名的部件"))
    for entry in entries:
        yield from _faults_of(entry)
    if _is_two_faced(entries, content):
        yield _refused(Said("压缩包的目录与里面的部件不符"))


def _faults_of(entry: ZipInfo) -> Iterator[Problem]:
    if entry.flag_bits & ENCRYPTED:
        yield PROTECTED
    if entry.compress_type not in METHODS:
        method = entry.compress_type
        yield _refused(Said("压缩方法 {method} 不是办公软件用的", {"method": method}))
    if _leads_out(entry.filename) or stat.S_ISLNK(entry.external_attr >> 16):
        yield _refused(Said("压缩包里的路径指向包外"))
    if entry.filename.lower().endswith(NESTED):
        yield ARCHIVE_INSIDE


def _is_two_faced(entries: list[ZipInfo], content: bytes) -> bool:
    """Whether a part's own header says otherwise than the directory, or two parts share bytes.

    Readers that believe the one see another file than readers that believe the other; parts that
    overlap make a small archive unpack to a large one (Fifield, A better zip bomb, 2019).
    """
    reached = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        at = entry.header_offset
        header = content[at : at + LOCAL_BYTES]
        if at < reached or len(header) < LOCAL_BYTES or not header.startswith(LOCAL_MARK):
            return True
        flags, method = struct.unpack_from("<HH", header, 6)
        packed, size = struct.unpack_from("<II", header, 18)
        is_known = not flags & SIZES_FOLLOW and IN_EXTRA not in (packed, size)
        if method != entry.compress_type:
            return True
        if is_known and (packed, size) != (entry.compress_size, entry.file_size):
            return True
        reached = at + LOCAL_BYTES + entry.compress_size
    return False


def _leads_out(name: str) -> bool:
    path = PurePosixPath(name)
    return path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name


def _refused(what: Said) -> Problem:
    return Problem(where=Where(), what=what, hint=SAVE_AGAIN)
