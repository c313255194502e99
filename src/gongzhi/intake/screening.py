"""A file that is to be kept as it is: its kind known by its content, and not marked as secret."""

import json
from dataclasses import dataclass, replace

from gongzhi.core.terms import Problem, Said, Where
from gongzhi.intake.kinds import Kind, kind_of
from gongzhi.intake.limits import LIMITS
from gongzhi.intake.opening import open_document
from gongzhi.intake.passage import passed
from gongzhi.intake.pictures import cleaned
from gongzhi.intake.portable import SCAN
from gongzhi.intake.record import problem_as_record, problem_from_record
from gongzhi.intake.secrecy import secrecy_of

NOT_READ = replace(SCAN, hint=Said("没有核对里面有没有密级标志；请先确认不含国家秘密"))

LOOKED_AT = Problem(
    where=Where(),
    what=Said("照片里的拍摄地点、时间和设备已经去掉，画面没有看"),
    hint=Said("请确认画面里没有国家秘密和不该公开的人脸、证件"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenedFile:
    """A file that may be kept, and what its sender should know all the same."""

    name: str
    content: bytes
    kind: Kind
    notes: tuple[Problem, ...] = ()


def screened(name: str, content: bytes) -> ScreenedFile | Problem:
    """The file, or why it can't be kept; nothing of it is stored here.

    A photo is kept without what its camera wrote into it; all other files stay as they are.
    """
    if kind_of(content) is Kind.PICTURE and len(content) <= LIMITS.file_bytes_max:
        return _photo(name, content)
    read = passed("gongzhi.intake.screening:read_marks", name, content)
    if isinstance(read, Problem):
        return read
    refused, notes = (
        tuple(problem_from_record(problem) for problem in problems)
        for problems in json.loads(read.answer)
    )
    if refused:
        return refused[0]
    return ScreenedFile(name=name, content=content, kind=read.kind, notes=notes + read.notes)


def _photo(name: str, content: bytes) -> ScreenedFile | Problem:
    picture = cleaned(name, content)
    if isinstance(picture, Problem):
        return picture
    return ScreenedFile(name=name, content=picture, kind=Kind.PICTURE, notes=(LOOKED_AT,))


def read_marks(name: str, content: bytes) -> bytes:
    """What forbids keeping the file, and what should be known: the task of the limited child.

    A scan is kept, for stamped papers come as scans; its sender is told that nobody read it.
    """
    document = open_document(name, content)
    secret = secrecy_of(document)
    refused = [secret] if secret else [each for each in document.problems if each != SCAN]
    notes = [NOT_READ for each in document.problems if each == SCAN]
    return json.dumps([[problem_as_record(p) for p in each] for each in (refused, notes)]).encode()
