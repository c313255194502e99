"""What the computation says of a negotiation, from what its reader may see and from nothing else.

A side that shows its position to the mediator alone is in nobody else's computation, so that no
sum, order or gain tells what it hid. An institution may let the mediator's computation, and no
other, know its limit and the most that it pays. Residents' limits are in none at all (clause 7.4).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from json import loads

from gongzhi.core.balance.negotiating import (
    Case,
    Criterion,
    Judgement,
    Measure,
    Negotiated,
    Option,
    Round,
    Side,
    Standing,
    Step,
    faults,
    negotiate,
    steps,
)
from gongzhi.core.charter import Member
from gongzhi.core.terms import Said
from gongzhi.forum.models import Negotiation, NegotiationPosition, PositionTerms
from gongzhi.parties.locked_values import unlock
from gongzhi.rules.participation.negotiations import negotiation_rules

SIDES_MIN = 2
TOO_LITTLE_SEEN = Said("给您看的立场不到两方，没有可以比较的")


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """The steps in words, of how many sides; what is wrong where nothing can be computed."""

    case: Case
    faults: tuple[Said, ...] = ()
    found: Negotiated | None = None
    steps: tuple[Step, ...] = ()

    @property
    def told(self) -> int:
        """How many institutions let this reader know their bounds, itself among them."""
        return sum(each.limit is not None and not each.is_resident for each in self.case.sides)


def computed(negotiation: Negotiation, *, reader: Member, today: date) -> Computed:
    """What the computation says of the positions that a reader may see."""
    case = case_for(negotiation, reader=reader, today=today)
    wrong = (TOO_LITTLE_SEEN,) if len(case.sides) < SIDES_MIN else faults(case)
    if wrong:
        return Computed(case=case, faults=wrong)
    found = negotiate(case)
    return Computed(case=case, found=found, steps=steps(found, limits_shown=False))


def case_for(negotiation: Negotiation, *, reader: Member, today: date) -> Case:
    """The case of a negotiation as its reader may know it."""
    newest = newest_positions(negotiation, reader=reader)
    table = _on_the_table(negotiation, newest.values())
    return Case(
        name=negotiation.title,
        options=table.options,
        sides=tuple(
            _side(row, bounds=bounds_for(row, reader=reader), table=table)
            for row in newest.values()
        ),
        criteria=tuple(Criterion(code=name, name=name) for name in table.criteria),
        rounds=_rounds(negotiation, among=newest, gone=table.plans_gone),
        close_enough=negotiation_rules(today).close_enough,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _OnTheTable:
    """Plans and criteria that stand; numbers about withdrawn ones, by code or name, are left out.

    A table that never named criteria has those that its sides weigh.
    """

    options: tuple[Option, ...]
    criteria: tuple[str, ...]
    plans_gone: frozenset[str]
    criteria_gone: frozenset[str]

    def by_plan(self, given: Mapping[str, str]) -> dict[str, Decimal]:
        """Numbers by codes of plans."""
        return _numbers(given, without=self.plans_gone)

    def by_criterion(self, given: Mapping[str, str]) -> dict[str, Decimal]:
        """Numbers by names of criteria."""
        return _numbers(given, without=self.criteria_gone)


def _on_the_table(
    negotiation: Negotiation, positions: Iterable[NegotiationPosition]
) -> _OnTheTable:
    plans, named = list(negotiation.options.all()), list(negotiation.criteria.all())
    weighed = sorted({name for row in positions for name in row.points})
    standing = [each.name for each in named if each.withdrawn_on is None]
    return _OnTheTable(
        options=tuple(
            Option(code=each.code, name=each.name, about=each.figures)
            for each in plans
            if each.withdrawn_on is None
        ),
        criteria=tuple(standing if named else weighed),
        plans_gone=frozenset(each.code for each in plans if each.withdrawn_on is not None),
        criteria_gone=frozenset(each.name for each in named if each.withdrawn_on is not None),
    )


def newest_positions(
    negotiation: Negotiation, *, reader: Member
) -> Mapping[str, NegotiationPosition]:
    """The newest position of each side at the table whose newest one the reader may see."""
    stated = NegotiationPosition.objects.filter(
        party__negotiation=negotiation, party__stage="seated"
    )
    newest = dict(stated.order_by("pk").values_list("party", "pk"))
    seen = NegotiationPosition.objects.visible_to(reader).filter(pk__in=newest.values())
    rows = seen.with_facts().order_by("party")
    return {str(row.party_id): row for row in rows}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What a side gets if nothing is agreed, the most that it pays and gets, in yuan."""

    limit: Decimal | None = None
    pays_most: Decimal | None = None
    gets_most: Decimal | None = None


UNKNOWN = Bounds()


def _side(row: NegotiationPosition, *, bounds: Bounds, table: _OnTheTable) -> Side:
    party, terms = row.party, terms_of(row)
    return Side(
        code=str(party.pk),
        name=str(party),
        standing=Standing.RESIDENT if party.is_resident else Standing.INSTITUTION,
        measure=Measure(row.measure),
        worth=table.by_plan(row.worth),
        limit=bounds.limit,
        accepts=frozenset(row.accepts) - table.plans_gone
        if row.accepts and bounds.limit is None
        else None,
        floors=table.by_plan(terms.floors),
        offered=table.by_plan(terms.offered) if party.is_resident else {},
        pays_most=bounds.pays_most,
        gets_most=bounds.gets_most,
        alike=terms.alike,
        size=terms.size,
        points=table.by_criterion(row.points),
        judgements=tuple(
            Judgement(first=first, second=second, times=Fraction(times))
            for first, second, times in terms.judgements
            if not {first, second} & table.criteria_gone
        ),
        scores={
            code: table.by_criterion(each)
            for code, each in row.scores.items()
            if code not in table.plans_gone
        },
        evidence=row.evidence,
    )


def terms_of(row: NegotiationPosition) -> PositionTerms:
    """The terms beside a position; those of one that stated none."""
    try:
        found: PositionTerms = row.terms
    except PositionTerms.DoesNotExist:
        return PositionTerms(position=row)
    return found


def bounds_for(row: NegotiationPosition, *, reader: Member) -> Bounds:
    """The bounds of an institution: for itself, and for the mediator where it lets them know."""
    if row.party.is_resident:
        return UNKNOWN
    if row.party.is_of(reader) or (terms_of(row).tells_mediator and _leads(row, reader)):
        return own_bounds(row)
    return UNKNOWN


def _leads(row: NegotiationPosition, reader: Member) -> bool:
    """Whether the reader acts for the mediator; a mediator is never a side."""
    mediator = str(row.party.negotiation.mediator_id)
    return reader.office is not None and reader.organisation == mediator


def own_bounds(row: NegotiationPosition) -> Bounds:
    """All bounds of a position, for whoever stated it, unlocked."""
    terms = terms_of(row)
    if terms.bounds_locked is None:
        return Bounds(limit=own_limit(row))
    told = loads(unlock(terms.bounds_locked, bound_to=terms.bond()))
    return Bounds(limit=own_limit(row), **{name: Decimal(each) for name, each in told.items()})


def own_limit(row: NegotiationPosition) -> Decimal | None:
    """The limit of a position, for whoever stated it alone."""
    if row.limit_locked is None:
        return None
    return Decimal(unlock(row.limit_locked, bound_to=row.bond()))


def _rounds(
    negotiation: Negotiation,
    *,
    among: Mapping[str, NegotiationPosition],
    gone: Collection[str],
) -> tuple[Round, ...]:
    rounds = negotiation.rounds.prefetch_related("answers")
    return tuple(
        Round(
            support={
                str(answer.party_id): _numbers(answer.support, without=gone)
                for answer in each.answers.all()
                if str(answer.party_id) in among
            },
            dissents={
                str(answer.party_id): answer.dissent
                for answer in each.answers.all()
                if answer.dissent and str(answer.party_id) in among
            },
        )
        for each in rounds
    )


def _numbers(given: Mapping[str, str], *, without: Collection[str]) -> dict[str, Decimal]:
    return {code: Decimal(value) for code, value in given.items() if code not in without}
