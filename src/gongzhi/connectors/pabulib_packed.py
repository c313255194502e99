"""Files packed by gzip or xz, unpacked up to a limit."""

import io
import lzma
import zlib

from gongzhi.connectors.pabulib_words import bad
from gongzhi.core.terms import Problem, Said

BYTES_MAX = 1 << 30
GZIP, XZ = b"\x1f\x8b", b"\xfd7zXZ\x00"


def unpacked(content: bytes) -> bytes | Problem:
    """The plain file, or why it can't be had."""
    try:
        if content.startswith(GZIP):
            content = _gunzipped(content)
        elif content.startswith(XZ):
            with lzma.open(io.BytesIO(content)) as packed:
                content = packed.read(BYTES_MAX + 1)
    except (zlib.error, lzma.LZMAError, EOFError):
        return bad(Said("压缩文件是坏的"), Said("请重新下载，或者解压以后再试"))
    if len(content) > BYTES_MAX:
        told = Said("文件大于 {most} MB", {"most": BYTES_MAX >> 20})
        return bad(told, Said("请把它分成几个文件"))
    return content


def _gunzipped(content: bytes) -> bytes:
    found = b""
    while content.startswith(GZIP) and len(found) <= BYTES_MAX:
        part = zlib.decompressobj(zlib.MAX_WBITS | 16)
        found += part.decompress(content, BYTES_MAX + 1 - len(found))
        if not part.eof and len(found) <= BYTES_MAX:
            raise EOFError
        content = part.unused_data
    return found
