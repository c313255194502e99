"""制度空白: what the rules themselves still lack, as a list from which something can be drafted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from gongzhi.core.charter.charter import Charter, Clause, ClauseKind, Institution


class GapKind(StrEnum):
    """What is lacking, the gravest first."""

    LAPSED = "lapsed"
    WITHOUT_SOURCE = "without_source"
    UNVERIFIED = "unverified"
    WITHOUT_CLOCK = "without_clock"
    ON_PAPER = "on_paper"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something lacking: in which clauses, or in which institution and the clauses citing it."""

    kind: GapKind
    clauses: tuple[str, ...]
    institution: str | None = None

    @property
    def code(self) -> str:
        """What names the gap while it lasts: its kind and where it is."""
        return code_of(self.as_record())

    def as_record(self) -> Mapping[str, Any]:
        """The gap as plain JSON, to be kept with what is drafted for it."""
        return {
            "kind": str(self.kind),
            "clauses": list(self.clauses),
            "institution": self.institution,
        }


def code_of(record: Mapping[str, Any]) -> str:
    """What names the gap of a record."""
    return f"{record['kind']}:{record['institution'] or record['clauses'][0]}"


def gaps_in(charter: Charter, *, today: date) -> tuple[Gap, ...]:
    """Every gap, by kind and then by clause."""
    found = (*_in_institutions(charter, today=today), *_in_clauses(charter))
    order = list(GapKind)
    return tuple(sorted(found, key=lambda gap: order.index(gap.kind)))


def citing(charter: Charter, institution: str) -> tuple[str, ...]:
    """The clauses that rest on an institution."""
    return tuple(
        number
        for number, clause in charter.clauses.items()
        if any(source.institution.code == institution for source in clause.sources)
    )


def is_lapsed(institution: Institution, *, today: date) -> bool:
    """Whether it no longer holds."""
    return institution.lapsed_on is not None and institution.lapsed_on <= today


def _in_institutions(charter: Charter, *, today: date) -> Iterator[Gap]:
    for code, institution in charter.institutions.items():
        clauses = citing(charter, code)
        if clauses and is_lapsed(institution, today=today):
            yield Gap(kind=GapKind.LAPSED, clauses=clauses, institution=code)
        elif clauses and not institution.verified:
            yield Gap(kind=GapKind.UNVERIFIED, clauses=clauses, institution=code)


def _in_clauses(charter: Charter) -> Iterator[Gap]:
    for clause in charter.clauses.values():
        for kind in _lacking(clause):
            yield Gap(kind=kind, clauses=(clause.number,))


def _lacking(clause: Clause) -> Iterator[GapKind]:
    if clause.kind is ClauseKind.RIGHT and not clause.sources:
        yield GapKind.WITHOUT_SOURCE
    if clause.owed is not None and clause.owed.within_days is None:
        yield GapKind.WITHOUT_CLOCK
    if clause.kind is ClauseKind.RIGHT and clause.on_paper:
        yield GapKind.ON_PAPER
