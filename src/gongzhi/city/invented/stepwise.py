"""What is told step by step: rows of several kinds, each done by somebody on a day."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from gongzhi.city.invented.values import Deed
from gongzhi.rules.entry import Entry

Read = Callable[[Entry, str], Any]
# What each kind of row takes: its verb, and how its fields are read; a field with ? may be absent.
Kinds = Mapping[str, tuple[str, Mapping[str, Read]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step: which verb, by whom, on which day, with what."""

    verb: str
    on: date
    by: str
    given: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stepwise:
    """What begins with a project and goes on step by step, in their order."""

    project: str
    title: str
    steps: tuple[Step, ...]

    def deeds(self) -> Iterator[Deed]:
        """What of it a story has for its days."""
        for step in self.steps:
            yield Deed(on=step.on, verb=step.verb, project=self.project, by=step.by)


def stepwise(project: str, first: Step, then: Iterable[Step]) -> Stepwise:
    """All of it, called as its first step says."""
    in_order = sorted([first, *then], key=lambda each: each.on)
    return Stepwise(project=project, title=str(first.given["title"]), steps=tuple(in_order))


def steps_in(top: Entry, kinds: Kinds, *, by: Mapping[str, str]) -> Iterator[Step]:
    """The steps that a file's rows tell, kind by kind.

    `by`: who takes those of a kind whose rows don't say. A field that is absent isn't given.
    """
    for kind, (verb, fields) in kinds.items():
        for entry in top.tables(kind):
            step = Step(
                verb=verb,
                on=entry.day("on"),
                by=by[kind] if kind in by else entry.text("by"),
                given=dict(_given(entry, fields)),
            )
            entry.finish()
            yield step


def _given(entry: Entry, fields: Mapping[str, Read]) -> Iterator[tuple[str, Any]]:
    for field, read in fields.items():
        name = field.rstrip("?")
        if name == field or entry.has(name):
            yield name, read(entry, name)


def number(entry: Entry, key: str) -> Decimal:
    """An exact number, which the file writes as a text."""
    return Decimal(entry.text(key))
