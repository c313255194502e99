"""Official papers that readers send: read in the limited child, and whose they are."""

from collections.abc import Iterator
from typing import Any, TypeVar

from django.core.files.uploadedfile import UploadedFile

from gongzhi.core.indicators.canonical import canonical
from gongzhi.core.official import GoalDeclaration, MonitoringSheet
from gongzhi.core.self_evaluating import SelfEvaluation
from gongzhi.core.terms import Problem, Said, Where
from gongzhi.cycle.models import Project
from gongzhi.papers.paper import Paper
from gongzhi.papers.receiving import Read, Received, receive

Value = TypeVar("Value")
NO_FILE = Said("还没有选文件。")
CHOOSE = Said("请选《{title}》（docx、xlsx 等）。")
NOT_OURS = Said("这份表不是本系统的表样，按常见的表式辨认")
CHECK_IT = Said("请逐项核对")


def received(paper: Paper[Value], file: "UploadedFile[Any] | None") -> Received[Value]:
    """The papers of a kind in a file that was sent; from the beginning, if it was read before."""
    if file is None:
        hint = Said(CHOOSE.text, {"title": paper.layout.title})
        return Received(problems=(Problem(where=Where(), what=NO_FILE, hint=hint),))
    file.seek(0)
    return receive(paper, name=file.name or "?", content=file.read())


def is_about(stated: GoalDeclaration | MonitoringSheet | SelfEvaluation, project: Project) -> bool:
    """Whether a paper names the project, by its code if it has one."""
    if stated.code:
        return canonical(stated.code) == canonical(project.code)
    return canonical(stated.project) == canonical(project.name)


def if_guessed(read: Read[Any]) -> Iterator[Problem]:
    """That a paper wasn't written here, so that it was read as such papers usually are."""
    if not read.exactly:
        yield Problem(where=read.where, what=NOT_OURS, hint=CHECK_IT)
