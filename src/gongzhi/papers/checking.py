"""From a file to what is wrong in it: read, choose the rules, score, check."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from gongzhi.core.audit import CheckedForm, check_form
from gongzhi.core.scoring.pack import Pack
from gongzhi.core.terms import Form, Paper, Problem, Said
from gongzhi.intake.limits import LIMITS
from gongzhi.papers.paths import printable, unreadable
from gongzhi.papers.reading import read_file
from gongzhi.rules.packs import guess_pack


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedFile:
    """A file's forms with their findings, why each was scored by its rules, and its problems."""

    name: str
    problems: tuple[Problem, ...] = ()
    forms: tuple[CheckedForm, ...] = ()
    reasons: tuple[Said, ...] = ()


def check_file(*, name: str, content: bytes, pack: Pack | None = None) -> CheckedFile:
    """Everything that is to be said about one file; without a pack the fitting one is guessed."""
    return check_paper(read_file(name, content), pack=pack)


def check_paper(paper: Paper, *, pack: Pack | None = None) -> CheckedFile:
    """The forms of a file that was read, each checked under the pack or under its own."""
    checked = [check_under(form, pack=pack) for form in paper.forms]
    return CheckedFile(
        name=paper.name,
        problems=paper.problems,
        forms=tuple(form for form, _ in checked),
        reasons=tuple(why for _, why in checked),
    )


def check_under(form: Form, *, pack: Pack | None = None) -> tuple[CheckedForm, Said]:
    """A form checked under a pack, and the sentence that says why under this one."""
    if pack is not None:
        return check_form(form, pack=pack), Said("按选定的规则包")
    guess = guess_pack(form)
    return check_form(form, pack=guess.pack), guess.why


def check_files(
    *,
    paths: Iterable[Path],
    pack: Pack | None = None,
    done: Callable[[CheckedFile], None] = lambda _: None,
) -> list[CheckedFile]:
    """Many files in the order given, two at a time; `done` hears of each in that order."""
    checked = []
    with ThreadPoolExecutor(LIMITS.parsers_at_once_max) as readers:
        for file in readers.map(lambda path: _check_path(path, pack), paths):
            done(file)
            checked.append(file)
    return checked


def _check_path(path: Path, pack: Pack | None) -> CheckedFile:
    name = printable(str(path))
    try:
        with path.open("rb") as file:
            content = file.read(LIMITS.file_bytes_max + 1)
    except OSError as error:
        return CheckedFile(name=name, problems=(unreadable(error),))
    return check_file(name=name, content=content, pack=pack)
