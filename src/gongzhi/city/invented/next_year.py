"""What decisions on results become in the next year, read from turned/next_year.toml."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from gongzhi.city.invented.catalogue import load_bodies
from gongzhi.city.invented.telling import code_named, project_unit
from gongzhi.city.invented.values import Deed
from gongzhi.core.goals import DraftGoal, DraftIndicator
from gongzhi.core.goals.next_year import shared
from gongzhi.core.monitoring.plan import MONTHS
from gongzhi.core.terms import Money
from gongzhi.rules.entry import Entry, read_rules

BUREAU = "YH-101"
FILE = Path(__file__).parent.parent / "turned" / "next_year.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLine:
    """A line that stands instead of another one or beside it."""

    instead_of: str
    beside: str
    key: str
    name: str
    target: str
    measure: str

    def made_of(self, line: DraftIndicator) -> DraftIndicator:
        """The new line, of the same kind as the one that it is like."""
        return replace(
            line,
            key=self.key,
            name=self.name,
            target=self.target,
            measure=self.measure,
            less_is_better=self.target.startswith("≤"),
            baseline=None,
            history=(),
            library="",
            course=None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Continued:
    """A project (its code) that goes on with other lines, its goal in other words."""

    code: str
    text: str
    lines: tuple[NewLine, ...]

    def goal(self, begun: DraftGoal) -> DraftGoal:
        """The goal as the unit writes it, from what the decision began."""
        indicators = tuple(new for line in begun.indicators for new in self._of(line))
        known = {line.key for line in indicators}
        activities = tuple(
            replace(each, leads_to=tuple(key for key in each.leads_to if key in known))
            for each in begun.activities
        )
        return replace(begun, text=self.text, indicators=indicators, activities=activities)

    def _of(self, line: DraftIndicator) -> Iterator[DraftIndicator]:
        """What becomes of a line: itself, another one, or two that share its weight."""
        for new in self.lines:
            if new.instead_of == line.key:
                yield new.made_of(line)
                return
            if new.beside == line.key and line.weight is not None:
                half = (line.weight / 2).quantize(Decimal("0.1"))
                yield replace(line, weight=line.weight - half)
                yield replace(new.made_of(line), weight=half)
                return
        yield line


@dataclass(frozen=True, slots=True, kw_only=True)
class NextYear:
    """The days of the next year's goals and budget; paid_from is the first month with money."""

    drafted_on: date
    submitted_on: date
    forwarded_on: date
    approved_on: date
    document_number: str
    forwarded: str
    budget_on: date
    paid_from: int
    projects: tuple[Continued, ...]

    def deeds(self, projects: Iterable[str]) -> Iterator[Deed]:
        """What a story has of it for its days, of its own projects."""
        above = {body.code: body.department for body in load_bodies()}
        for code in sorted({each.code for each in self.projects} & set(projects)):
            unit = project_unit(code)
            yield Deed(on=self.drafted_on, verb="draft_goals", project=code, by=unit)
            yield Deed(on=self.submitted_on, verb="submit_goals", project=code, by=unit)
            if above[unit]:
                department = above[unit]
                yield Deed(on=self.forwarded_on, verb="forward_goals", project=code, by=department)
            yield Deed(on=self.approved_on, verb="approve_goals", project=code, by=BUREAU)

    def months(self, budget: Money) -> tuple[Money, ...]:
        """The budget by month: even, from the first month with money on."""
        even = [Decimal(int(month >= self.paid_from)) for month in range(1, MONTHS + 1)]
        return tuple(each or Decimal(0) for each in shared(even, total=budget))

    def reached_by_month(self) -> tuple[Decimal, ...]:
        """How much of a target is due by each month: nothing while the year's money is late."""
        last: Sequence[str] = ("0.25", "0.5", "0.75", "1")
        return (*[Decimal(0)] * (MONTHS - len(last)), *map(Decimal, last))


@cache
def load_next_year() -> NextYear:
    """The file as values; raises BadRules where it is incomplete."""
    top = read_rules(FILE)
    read = NextYear(
        drafted_on=top.day("drafted_on"),
        submitted_on=top.day("submitted_on"),
        forwarded_on=top.day("forwarded_on"),
        approved_on=top.day("approved_on"),
        document_number=top.text("document_number"),
        forwarded=top.text("forwarded"),
        budget_on=top.day("budget_on"),
        paid_from=int(top.number("paid_from")),
        projects=tuple(map(_continued, top.tables("project"))),
    )
    top.finish()
    return read


def _continued(entry: Entry) -> Continued:
    continued = Continued(
        code=code_named(entry.text("key")),
        text=entry.text("text"),
        lines=tuple(map(_line, entry.tables("line"))),
    )
    entry.finish()
    return continued


def _line(entry: Entry) -> NewLine:
    line = NewLine(
        instead_of=entry.text_if_told("instead_of"),
        beside=entry.text_if_told("beside"),
        key=entry.text("key"),
        name=entry.text("name"),
        target=entry.text("target"),
        measure=entry.text_or_nothing("measure"),
    )
    entry.finish()
    return line
