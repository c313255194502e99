"""Laws of a negotiation: law first, nobody below a limit, balance to the fen."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gongzhi.core.balance.compensation import Settled
from gongzhi.core.balance.negotiating import (
    Case,
    Measure,
    Negotiated,
    Option,
    Side,
    Standing,
    faults,
    negotiate,
    steps,
)
from gongzhi.words import say

CODES = "abcde"
AMOUNTS = st.integers(-300, 300).map(lambda n: Decimal(n) / 4)
FEW = settings(max_examples=60)
PAID = st.integers(0, 120).map(lambda n: Decimal(n) / 4)


@st.composite
def sides(draw, number: int, options: str):
    measure = draw(st.sampled_from([Measure.MONEY] * 4 + [Measure.POINTS]))
    resident = draw(st.booleans())
    some = st.dictionaries(st.sampled_from(options), PAID, max_size=2)
    return Side(
        code=f"s{number}",
        name=f"方{number}",
        standing=Standing.RESIDENT if resident else Standing.INSTITUTION,
        measure=measure,
        worth={code: draw(AMOUNTS) for code in options},
        limit=draw(st.none() | AMOUNTS | st.just(Decimal(0))),
        accepts=draw(st.none() | st.none() | st.frozensets(st.sampled_from(options))),
        floors=draw(some),
        offered=draw(some) if resident else {},
        pays_most=None if resident else draw(st.none() | PAID),
        alike=draw(st.sampled_from(["", "", "户"])) if resident else "",
        size=draw(st.sampled_from([Decimal(1), Decimal("2.5"), Decimal(3)])),
        weight=draw(st.sampled_from([Decimal(1), Decimal("1.5")])),
    )


@st.composite
def cases(draw):
    options = CODES[: draw(st.integers(1, 4))]
    return Case(
        name="试",
        options=tuple(Option(code=code, name=f"方案{code}") for code in options),
        sides=tuple(draw(sides(number, options)) for number in range(draw(st.integers(2, 5)))),
        subsidy=draw(PAID),
    )


@st.composite
def stuck_cases(draw):
    """Cases in which nobody gets much and everybody wants more: mostly no option is open."""
    case = draw(cases())
    wanting = draw(st.integers(1, len(case.sides)))
    wants = st.integers(1, 300).map(lambda n: Decimal(n) / 4)
    demanding = tuple(
        replace(each, limit=max(each.worth.values()) + draw(wants)) if at < wanting else each
        for at, each in enumerate(case.sides)
    )
    return replace(case, sides=demanding, subsidy=Decimal(0))


def settlements(negotiated: Negotiated) -> list[tuple[int, Settled]]:
    found = list(negotiated.shortlist.settlements)
    for each in (*negotiated.proposals, negotiated.nash, negotiated.egalitarian):
        if each is not None:
            found.append((each.option, each.settled))
            if each.evenly is not None:
                found.append((each.option, each.evenly))
    return found


@FEW
@given(cases())
def test_every_payment_balances_and_keeps_to_law(case):
    negotiated = negotiate(case)
    table = negotiated.table
    for option, settled in settlements(negotiated):
        assert sum(settled.payments) == settled.subsidy <= table.subsidy
        for at, paid in zip(table.sides, settled.payments, strict=True):
            side, due = table.side(at), table.law.dues[at][option]
            assert due is None or paid >= due
            if not table.bargains(at):
                assert paid == (due or 0)
            elif due is None and side.pays_most is not None:
                assert paid >= -side.pays_most * 100
            assert table.can_live_with(at, option, paid=paid)


@FEW
@given(cases())
def test_nothing_that_is_proposed_could_be_bettered_for_nothing(case):
    negotiated = negotiate(case)
    short = negotiated.shortlist
    if short.without:
        assert negotiated.fairest.option in short.without
        assert negotiated.fairest.settled.moved == 0
    if negotiated.largest is not None:
        table = negotiated.table
        totals = [table.total(option) for option, _ in short.settlements]
        assert negotiated.largest.total == max(totals)
    assert bool(short.settlements) == bool(short.with_payments)
    assert set(short.without) <= {option for option, _ in short.settlements}
    assert (negotiated.fairest is None) == (not short.settlements)


@FEW
@given(stuck_cases())
def test_limits_that_exclude_each_other_do_so_together_only(case):
    short = negotiate(case).shortlist
    assume(short.why_none_with is not None)
    excluded = short.why_none_with.sides
    assert _open(case, keeping=excluded) is False
    for left_out in excluded:
        assert _open(case, keeping=[at for at in excluded if at != left_out])


def _open(case: Case, *, keeping) -> bool:
    """Whether an option is open where only some keep to their limits; the others pay anything."""
    everything = frozenset(option.code for option in case.options)
    free = [
        each
        if at in keeping
        else replace(
            each,
            accepts=None if each.accepts is None else everything,
            limit=None
            if each.limit is None
            or each.is_resident
            or each.measure is Measure.POINTS
            or each.accepts is not None
            else Decimal(-(10**6)) * 10**3,
        )
        for at, each in enumerate(case.sides)
    ]
    return bool(negotiate(replace(case, sides=tuple(free))).shortlist.settlements)


@FEW
@given(stuck_cases())
def test_the_smallest_concession_opens_the_option(case):
    short = negotiate(case).shortlist
    assume(short.why_none_with is not None)
    found = short.why_none_with.concession
    assume(not found.blocked)
    lowered = dict(found.gives)
    more = replace(
        case,
        subsidy=case.subsidy + Decimal(found.missing) / 100,
        sides=tuple(
            replace(each, limit=each.limit - Decimal(lowered[at]) / 100) if at in lowered else each
            for at, each in enumerate(case.sides)
        ),
    )
    opened = {option for option, _ in negotiate(more).shortlist.settlements}
    assert found.option in opened
    if found.missing:
        less = replace(more, subsidy=more.subsidy - Decimal("0.01"))
        assert found.option not in {option for option, _ in negotiate(less).shortlist.settlements}


@FEW
@given(cases(), AMOUNTS)
def test_a_residents_limit_moves_nothing_while_it_can_live_with_the_same(case, limit):
    """Limits of residents are never an objective (BALANCE.md §4)."""
    first = replace(
        case.sides[0],
        standing=Standing.RESIDENT,
        measure=Measure.MONEY,
        pays_most=None,
        accepts=None,
        limit=limit,
    )
    before = negotiate(replace(case, sides=(first, *case.sides[1:])))
    table = before.table
    brings = [table.brings(0, o, paid=p) for o in table.options for p in {0, table.law.due(0, o)}]
    above = min((each for each in brings if each >= limit * 100), default=10**6)
    below = max((each for each in brings if each < limit * 100), default=-(10**6))
    for fen in (above, below + 1):
        other = replace(first, limit=Decimal(int(fen)) / 100)
        after = negotiate(replace(case, sides=(other, *case.sides[1:])))
        assert [(p.option, p.settled) for p in before.proposals] == [
            (p.option, p.settled) for p in after.proposals
        ]
        assert before.nash is None or before.nash.option == after.nash.option


@FEW
@given(cases())
def test_names_do_not_matter(case):
    renamed = replace(
        case,
        options=tuple(replace(each, name=each.name[::-1]) for each in case.options),
        sides=tuple(
            replace(each, code=f"x{number}", name=f"甲{9 - number}")
            for number, each in enumerate(case.sides)
        ),
    )
    one, other = negotiate(case), negotiate(renamed)
    assert one.shortlist == other.shortlist
    assert one.proposals == other.proposals


@FEW
@given(cases())
def test_every_step_is_told_in_both_languages(case):
    assert faults(case) == ()
    for shown in (True, False):
        for each in steps(negotiate(case), limits_shown=shown):
            for language in ("zh", "en"):
                assert say(each.title, language)
                assert all(say(sentence, language) for sentence in each.sentences)
