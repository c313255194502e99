"""A mapping guessed from a header and some rows; a person looks at it before it is used.

A column is taken for a field when its name is one of the field's synonyms, or holds one, and its
cells can be read as what the field holds.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

from gongzhi.connectors.amounts import bare_figure
from gongzhi.connectors.applying import REQUIRED
from gongzhi.connectors.converting import converter
from gongzhi.connectors.days import looks_like_day
from gongzhi.connectors.dialect import any_order, currency_of, mark_of, order_of
from gongzhi.connectors.doubting import doubts_of
from gongzhi.connectors.headers import Header, headers_of
from gongzhi.connectors.mapping import FactFrom, FieldFrom, Mapping
from gongzhi.connectors.naming import named
from gongzhi.connectors.row_kinds import class_of, has_sums_above, is_revenue, stages
from gongzhi.connectors.surroundings import surroundings_of
from gongzhi.connectors.taking import (
    Look,
    Taken,
    field_from,
    lacks_year,
    mixed_fields,
    reads,
    taken_columns,
)
from gongzhi.core.facts import Doubt
from gongzhi.core.terms import Said, Where
from gongzhi.intake.listing import Row
from gongzhi.rules.columns import FactRule, load_fact_rules

HEADERS_TRIED = 15
SAMPLE_ROWS = 500
LOOKED_INTO = 6  # headers and kinds whose cells are looked at, the likeliest by name
PARTNERS = ("project", "budget")  # kinds that one row of a list tells together
BY_LINE = ("payment", "budget", "reading")
YEAR_DIGITS, MOST_ROWS = 4, 0.6
FIGURES = {  # of kinds that say nothing without a figure, those that will do, the usual one first
    "payment": ("amount",),
    "budget": ("initial", "changed", "adjusted", "received", "committed", "executed", "paid"),
    "target": ("value", "text"),
    "plan": ("amount",),
    "reading": ("value", "text"),
}
ENOUGH = 0.5  # of the required fields; below it nothing is guessed
COMPLETE, YEAR_FROM_ABOVE, YEAR_ASKED = 5.0, 4.0, 2.0  # what speaks for a guess beside its columns
PLACES = ("unit", "project", "name", "number", "functional")  # one of them a line of a budget has


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """A mapping, how sure each field is (0 to 1), and what a person should look at.

    any_order: neither a day of the file nor anybody tells whether day or month comes first.
    unreadable: required fields for which a column has the name but cells that aren't such, with
    the column and one of them. bonus is what being complete weighs. joins: every row has the code
    of a project, and no two the same.
    """

    mapping: Mapping
    header: Header
    sure: dict[str, float]
    doubts: tuple[Doubt, ...]
    complete: bool
    any_order: bool = False
    unreadable: dict[str, tuple[str, str]]
    bonus: float = COMPLETE
    joins: bool = False

    @property
    def kind(self) -> str:
        """The kind of fact, or the first where there are two."""
        return self.mapping.facts[0].kind

    @property
    def weight(self) -> float:
        """How much speaks for the guess."""
        return sum(self.sure.values()) + (self.bonus if self.complete else 0.0)


def guess_mapping(
    rows: Sequence[Row],
    *,
    kind: str = "",
    sheet: str = "",
    order: str = "",
    name: str = "",
    as_text: bool = True,
) -> Guess | None:
    """The best guess over all headers the first rows could be, or None if nothing fits.

    kind asks for one kind of fact; without it the best one is taken. order says whether the day or
    the month comes first; without it the cells tell. name is the file's, which may say the year;
    as_text says that the file has no numbers, only texts that look like some.
    """
    rules = load_fact_rules()
    wanted = [rules[kind]] if kind else list(rules.values())
    likely = sorted(
        (
            (_likely(header, rule), -header_rows, -header.row, place, header)
            for header_rows in (1, 2)
            for header in headers_of(rows[: HEADERS_TRIED + 1], header_rows=header_rows)
            if not _holds_figures(rows, header, header_rows=header_rows)
            for place, rule in enumerate(wanted)
        ),
        key=lambda one: one[:4],
        reverse=True,
    )
    below = cache(partial(_below, rows=rows, order=order, sheet=sheet, name=name, as_text=as_text))
    guesses = [
        guess
        for sure, rows_less, _, place, header in likely[:LOOKED_INTO]
        if sure > 0
        if (guess := _guess(below(header, header_rows=-rows_less)(rule=wanted[place])))
    ]
    best = max(guesses, key=lambda guess: (guess.weight, -guess.header.row), default=None)
    return best if best is None or kind else _with_partner(best, guesses)


def _with_partner(best: Guess, guesses: Sequence[Guess]) -> Guess:
    """A list of projects with their money tells both, where no project stands in several rows."""
    pair = [
        guess
        for wanted in PARTNERS
        for guess in guesses
        if guess.kind == wanted and guess.complete and guess.header == best.header
    ]
    if best.kind not in PARTNERS or len(pair) < len(PARTNERS) or not all(g.joins for g in pair):
        return best
    project, budget = pair
    return replace(
        project,
        mapping=replace(
            project.mapping,
            facts=(*project.mapping.facts, *budget.mapping.facts),
            currency=budget.mapping.currency,
        ),
        sure=project.sure | _others(budget.sure, project.kind),
        doubts=(*project.doubts, *(one for one in budget.doubts if one not in project.doubts)),
        unreadable=budget.unreadable | project.unreadable,
    )


def _others(sure: dict[str, float], kind: str) -> dict[str, float]:
    """How sure the fields are that facts of that kind don't have."""
    theirs = load_fact_rules()[kind].fields
    return {name: how for name, how in sure.items() if name not in theirs}


def _likely(header: Header, rule: FactRule) -> float:
    """How much the names alone speak for a kind of fact."""
    return sum(
        max((named(column, field) for column in header.names), default=0.0)
        for field in rule.fields.values()
    )


def _holds_figures(rows: Sequence[Row], header: Header, *, header_rows: int) -> bool:
    """Whether amounts or days stand where the names should: then it is a row of data."""
    at = next(at for at, (number, _) in enumerate(rows) if number == header.row)
    lines = rows[at - header_rows + 1 : at + 1]
    return any(looks_like_day(cell) or _is_amount(cell) for _, cells in lines for cell in cells)


def _is_amount(cell: str) -> bool:
    """Whether a cell is a figure, and no year or number of a column."""
    figure = bare_figure(cell)
    digits = sum(char.isdigit() for char in figure)
    return (
        bool(digits)
        and not figure.strip("0123456789.,' ")
        and (digits > YEAR_DIGITS or any(mark in figure for mark in ".,"))
    )


def _below(
    header: Header,
    *,
    header_rows: int,
    rows: Sequence[Row],
    order: str,
    sheet: str,
    name: str,
    as_text: bool,
) -> Callable[..., Look]:
    """What is seen of a header, for every kind of fact that it is then taken for."""
    top = next(at for at, (number, _) in enumerate(rows) if number == header.row)
    below = [cells for _, cells in rows[top + 1 :]][:SAMPLE_ROWS]
    samples = [_filled(below, at) for at in range(len(header.names))]
    around = surroundings_of((cells for _, cells in rows[: top + 1]), file_name=name)
    style = Mapping(
        facts=(), sheet=sheet, header_rows=header_rows, columns=header.names,
        order=order or order_of(samples), mark=mark_of(samples, as_text=as_text),
        unit=around.unit or "元",
    )  # fmt: skip
    return partial(
        Look, header=header, below=below, samples=samples, style=style, around=around,
        any_order=not order and any_order(samples),
    )  # fmt: skip


def _guess(look: Look) -> Guess | None:
    rule, header = look.rule, look.header
    taken = taken_columns(look)
    year = _year(look, taken)
    required = [name for name, field in rule.fields.items() if field.required]
    found = [name for name in required if name in taken.columns or (name == "year" and year)]
    if not taken.columns or len(found) < len(required) * ENOUGH:
        return None
    if rule.name == "budget" and is_revenue(header):
        return None
    fields = _fields(look, taken) | ({"year": year} if year else {})
    staged = stages(header, look.samples) if rule.name == "payment" else None
    fact = FactFrom(
        kind=rule.name, fields=fields, lines=_is_by_line(look, taken),
        only=(staged[0],) if staged else (),
    )  # fmt: skip
    doubts = doubts_of(look, taken, fields)
    return Guess(
        mapping=replace(
            look.style, facts=(fact,), currency=_currency(look, taken),
            sums_above=_sums_above(look, taken),
        ),
        header=header,
        sure=dict(taken.sure),
        doubts=(*([staged[1]] if staged else []), *doubts, *_added_up(look, taken)),
        any_order=look.any_order,
        complete=len(found) == len(required) and bool(look.below) and _says_how_much(taken, rule),
        unreadable={
            name: (header.names[at], look.samples[at][0])
            for name, at in taken.unreadable.items()
            if look.samples[at]
        },
        bonus=_bonus(year), joins=_joins(look, taken),
    )  # fmt: skip


def _fields(look: Look, taken: Taken) -> dict[str, FieldFrom]:
    fields = {name: field_from(look, name, at) for name, at in taken.columns.items()}
    mixed = mixed_fields(look, taken)
    figures = {name: replace(fields[name], takes="figures") for name in mixed}
    words = {words: replace(fields[name], takes="words") for name, words in mixed.items()}
    return fields | figures | words


def _year(look: Look, taken: Taken) -> FieldFrom | None:
    """The year that stands above the table or in the file's name, else one that is asked for.

    Only a table that says what its amounts or targets are for is asked.
    """
    if not lacks_year(look, taken) or not _tells_of_most_rows(look, taken):
        return None
    if look.around.year:
        return FieldFrom(constant=look.around.year, given="year")
    return FieldFrom(given="year")


def _added_up(look: Look, taken: Taken) -> Iterator[Doubt]:
    """That several rows say a budget of the same project, year and class, such as one a month."""
    key = [taken.columns[name] for name in look.rule.key if name in taken.columns]
    if look.rule.name == "budget" and "project" in taken.columns and _repeats(look.below, key):
        yield Doubt(
            where=Where(sheet=look.style.sheet or None, row=look.header.row),
            what=Said("同一项目、年度和科目有多行，各行的数会相加"),
            hint=Said("如果是逐月的累计数，请只留最后一月的行"),
        )


def _joins(look: Look, taken: Taken) -> bool:
    at = taken.columns.get("code", taken.columns.get("project"))
    if at is None:
        return False
    codes = [row[at].strip() for row in look.below if at < len(row) and row[at].strip()]
    return bool(codes) and len(set(codes)) == len(codes)


def _tells_of_most_rows(look: Look, taken: Taken) -> bool:
    """Whether most rows have a figure, and something that the figure is of.

    Where codes, names and sums stand in rows of their own, a table is no list.
    """
    figures = [taken.columns[name] for name in FIGURES[look.rule.name] if name in taken.columns]
    places = [taken.columns[name] for name in PLACES if name in taken.columns]
    whole = [row for row in look.below if _is_filled(row, figures) and _is_filled(row, places)]
    return len(whole) >= len(look.below) * MOST_ROWS > 0


def _is_filled(row: Sequence[str], columns: Iterable[int]) -> bool:
    return any(at < len(row) and row[at].strip() for at in columns)


def _bonus(year: FieldFrom | None) -> float:
    if year is None:
        return COMPLETE
    return YEAR_FROM_ABOVE if year.constant else YEAR_ASKED


def _currency(look: Look, taken: Taken) -> str:
    """The one currency whose sign the amounts or their columns write, if no column says it."""
    if "currency" in taken.columns or "currency" not in look.rule.fields:
        return ""
    at = [at for name, at in taken.columns.items() if look.rule.fields[name].holds == "money"]
    return currency_of(
        [*(look.header.names[one] for one in at), *(c for one in at for c in look.samples[one])]
    )


def _sums_above(look: Look, taken: Taken) -> str:
    """The column of classes whose rows stand above their parts, where classes tell rows apart."""
    classes = taken.columns.get("functional", taken.columns.get("economic"))
    money = taken.columns.get("initial", taken.columns.get("executed"))
    if look.rule.name != "budget" or classes is None or money is None:
        return ""
    if {"project", "number", "unit"} & set(taken.columns):
        return ""
    read = converter(look.rule.fields["initial"], FieldFrom(), look.style)
    lines = [
        (class_of(row[classes]), read(row[money]) if reads(read, row[money]) else None)
        for row in look.below
        if len(row) > max(classes, money)
    ]
    return look.header.names[classes] if has_sums_above(lines) else ""


def _is_by_line(look: Look, taken: Taken) -> bool:
    """Whether whole lines tell facts apart: there are no numbers, or one has several rows."""
    rule = look.rule
    if rule.name in ("budget", "payment") and "number" not in taken.columns:
        return True
    key = [taken.columns[name] for name in rule.key if name in taken.columns]
    return rule.name in BY_LINE and _repeats(look.below, key)


def _says_how_much(taken: Taken, rule: FactRule) -> bool:
    """Whether a figure is among what was found, where the kind of fact has figures."""
    return rule.name not in FIGURES or bool(set(FIGURES[rule.name]) & set(taken.columns))


def _filled(rows: Iterable[Sequence[str]], at: int) -> list[str]:
    return [row[at] for row in rows if at < len(row) and row[at].strip()]


def _repeats(rows: Iterable[Sequence[str]], key: Sequence[int]) -> bool:
    """Whether one key stands in several rows: then it is a document's, not a row's."""
    found = [tuple(row[at] for at in key) for row in rows if len(row) > max(key, default=0)]
    return len(set(found)) < len(found)


def lacking(guess: Guess) -> list[str]:
    """The required fields for which no column was found, or the figure that the kind is about."""
    kind, fields = guess.mapping.facts[0].kind, guess.mapping.facts[0].fields
    lacks = [name for one, name in sorted(REQUIRED) if one == kind and name not in fields]
    figures = FIGURES.get(kind, ())
    return lacks or ([] if set(figures) & set(fields) else list(figures[:1]))
