"""The table that a reader gives, a file or pasted; invented ones to try a page with."""

from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from gongzhi.connectors.opening import open_source
from gongzhi.core.terms import Problem, Said, SaidValues, Where
from gongzhi.intake.listing import Listing
from gongzhi.web.filled import Fault

PASTED_MAX = 200_000
EXAMPLES = files("gongzhi.rules") / "outcomes"
PLACED = Said("第 {row} 行第 {column} 列：{what}")
NOTHING = Problem(
    where=Where(), what=Said("还没有给数据"), hint=Said("选一个文件，或者把表粘贴在下面")
)
TOO_LONG = Problem(where=Where(), what=Said("粘贴的内容太长"), hint=Said("请存成文件再交"))


def example(name: str) -> str:
    """An invented table of the demo's city."""
    return (EXAMPLES / f"{name}.csv").read_text(encoding="utf-8")


def table_given(
    given: Mapping[str, str], file: "UploadedFile[Any] | None", *, nothing: Problem = NOTHING
) -> tuple[Listing | Problem, str]:
    """The sheets of what was given, and what was pasted; the file where both were given."""
    pasted = given.get("table", "")
    if file is not None:
        return open_source(file.name or "?", file.read()), ""
    if not pasted.strip():
        return nothing, ""
    if len(pasted) > PASTED_MAX:
        return TOO_LONG, pasted[:PASTED_MAX]
    return open_source("table.csv", pasted.encode()), pasted


def fault_of(problem: Problem) -> Fault:
    """What is wrong, with its place."""
    where, what = problem.where, problem.what
    if where.row is not None:
        values: SaidValues = {"row": where.row, "column": where.column or 1, "what": what}
        what = Said(PLACED.text, values)
    return Fault(what=what, field="table", hint=problem.hint)
