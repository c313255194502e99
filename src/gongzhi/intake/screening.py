"""A file that is to be kept as it is: its kind known by its content, and not marked as secret."""

import json
from dataclasses import dataclass, replace

from gongzhi.core.terms import Problem, Said
from gongzhi.intake.gate import inspect, notes_on
from gongzhi.intake.kinds import Kind
from gongzhi.intake.limited import CONVERTED, convert_limited, run_limited
from gongzhi.intake.opening import open_document
from gongzhi.intake.portable import SCAN
from gongzhi.intake.record import problem_as_record, problem_from_record
from gongzhi.intake.secrecy import secrecy_of

NOT_READ = replace(SCAN, hint=Said("没有核对里面有没有密级标志；请先确认不含国家秘密"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenedFile:
    """A file that may be kept, and what its sender should know all the same."""

    name: str
    content: bytes
    kind: Kind
    notes: tuple[Problem, ...] = ()


def screened(name: str, content: bytes) -> ScreenedFile | Problem:
    """The file, or why it can't be kept; nothing of it is stored here."""
    kind = inspect(content)
    if isinstance(kind, Problem):
        return kind
    opened = convert_limited(content, kind=kind) if kind in CONVERTED else content
    if isinstance(opened, Problem):
        return opened
    answer = run_limited("gongzhi.intake.screening:read_marks", name, opened)
    if isinstance(answer, Problem):
        return answer
    refused, notes = (
        tuple(problem_from_record(problem) for problem in problems)
        for problems in json.loads(answer)
    )
    if refused:
        return refused[0]
    notes += tuple(notes_on(name, content, kind=kind))
    return ScreenedFile(name=name, content=content, kind=kind, notes=notes)


def read_marks(name: str, content: bytes) -> bytes:
    """What forbids keeping the file, and what should be known: the task of the limited child.

    A scan is kept, for stamped papers come as scans; its sender is told that nobody read it.
    """
    document = open_document(name, content)
    secret = secrecy_of(document)
    refused = [secret] if secret else [each for each in document.problems if each != SCAN]
    notes = [NOT_READ for each in document.problems if each == SCAN]
    return json.dumps([[problem_as_record(p) for p in each] for each in (refused, notes)]).encode()
