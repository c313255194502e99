"""The reports of the year's evaluations, read from turned/reports.toml."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from gongzhi.city.invented.telling import code_named
from gongzhi.city.invented.values import Deed
from gongzhi.core.reporting import Chapter
from gongzhi.rules.entry import Entry, read_rules

FILE = Path(__file__).parent.parent / "turned" / "reports.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """What somebody writes beside what the data say."""

    on: date
    chapter: Chapter
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """A report on a project (its code), of one kind of evaluation or of all of the year."""

    project: str
    writer: str
    evaluation: str
    drafted_on: date
    written: tuple[Writing, ...]
    signed_on: date

    def deeds(self) -> Iterator[Deed]:
        """What a story has of it for its days."""
        steps = [("draft_report", self.drafted_on)]
        steps += [("write_report", each.on) for each in self.written]
        steps.append(("sign_report", self.signed_on))
        for verb, on in steps:
            yield Deed(on=on, verb=verb, project=self.project, by=self.writer)


@cache
def load_reported() -> tuple[Reported, ...]:
    """Every report; raises BadRules where one is incomplete."""
    top = read_rules(FILE)
    reports = tuple(map(_reported, top.tables("report")))
    top.finish()
    return reports


def _reported(entry: Entry) -> Reported:
    reported = Reported(
        project=code_named(entry.text("project")),
        writer=entry.text("writer"),
        evaluation=entry.text_if_told("evaluation"),
        drafted_on=entry.day("drafted_on"),
        written=tuple(map(_writing, entry.tables("written"))),
        signed_on=entry.day("signed_on"),
    )
    entry.finish()
    return reported


def _writing(entry: Entry) -> Writing:
    writing = Writing(
        on=entry.day("on"),
        chapter=Chapter(entry.one_of("chapter", list(Chapter))),
        text=entry.text("text"),
    )
    entry.finish()
    return writing
