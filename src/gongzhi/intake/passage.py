"""The way of a file in: the gate, the converter of old Word files, a task of the limited child."""

from dataclasses import dataclass

from gongzhi.core.terms import Problem
from gongzhi.intake.gate import inspect, notes_on
from gongzhi.intake.kinds import Kind
from gongzhi.intake.limited import CONVERTED, convert_limited, run_limited


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """What a task made of a file, the file's kind, and what its sender should know all the same."""

    answer: bytes
    kind: Kind
    notes: tuple[Problem, ...]


def passed(task: str, name: str, content: bytes) -> Passed | Problem:
    """What `task` ("module:function") makes of a file as it came in, or why nothing."""
    kind = inspect(content)
    if isinstance(kind, Problem):
        return kind
    readable = convert_limited(content, kind=kind) if kind in CONVERTED else content
    if isinstance(readable, Problem):
        return readable
    answer = run_limited(task, name, readable)
    if isinstance(answer, Problem):
        return answer
    return Passed(answer=answer, kind=kind, notes=tuple(notes_on(name, content, kind=kind)))
