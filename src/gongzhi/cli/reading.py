"""Files that a command reads: their bytes, or why there is nothing of use in them."""

from pathlib import Path

from gongzhi.cli.telling import CannotRun
from gongzhi.core.terms import Problem, Said, SaidValues
from gongzhi.papers.paths import printable


def content_of(path: Path, *, most: int) -> bytes:
    """The bytes of a file; a line says where there are too many or none."""
    try:
        if path.stat().st_size > most:
            raise CannotRun(Said("文件 {path} 太大", {"path": printable(str(path))}))
        return path.read_bytes()
    except OSError as error:
        raise no_file(path) from error


def no_file(path: Path) -> CannotRun:
    """That there is no such file."""
    return CannotRun(Said("没有文件 {path}", {"path": printable(str(path))}))


def unusable(path: Path, problem: Problem) -> CannotRun:
    """That the file can't be used, why, and what to do."""
    return CannotRun(said_of(printable(str(path)), problem))


def said_of(name: str, problem: Problem) -> Said:
    """The same about a file of that name, as a sentence."""
    told: SaidValues = {"file": name, "what": problem.what, "hint": problem.hint}
    return Said("{file}：{what}；{hint}", told)
