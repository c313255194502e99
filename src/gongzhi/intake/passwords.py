"""Files that ask for a password; old Word and Excel files say so near their start."""

from gongzhi.core.terms import Problem, Said, Where
from gongzhi.intake import compound
from gongzhi.intake.kinds import Kind

PASSWORD_RECORD = 0x2F  # FILEPASS, [MS-XLS] 2.4.117; it stands right behind the first record
RECORDS_LOOKED_AT = 10
PROTECTED = Problem(
    where=Where(), what=Said("文件设了密码"), hint=Said("请去掉密码，另存一份后再上传")
)
FLAGS_AT, ENCRYPTED_FLAG = 11, 0x01  # fEncrypted of the FIB, [MS-DOC] 2.5.2


class NeedsPassword(Exception):
    """A reader met a file that opens with a password only."""


def has_password(content: bytes, *, kind: Kind) -> bool:
    """Whether the text of an xls or doc file is encrypted."""
    if kind is Kind.XLS:
        book = compound.stream(content, "Workbook") or compound.stream(content, "Book")
        return PASSWORD_RECORD in _first_records(book)
    if kind is Kind.DOC:
        start = compound.stream(content, "WordDocument")[: FLAGS_AT + 1]
        return len(start) > FLAGS_AT and bool(start[FLAGS_AT] & ENCRYPTED_FLAG)
    return False


def _first_records(book: bytes) -> list[int]:
    records, at = [], 0
    for _ in range(RECORDS_LOOKED_AT):
        records.append(int.from_bytes(book[at : at + 2], "little"))
        at += 4 + int.from_bytes(book[at + 2 : at + 4], "little")
    return records
