"""A mapping guessed from a header and some rows; a person looks at it before it is used.

A column is taken for a field when its name is one of the field's synonyms, or holds one, and its
cells can be read as what the field holds.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from gongzhi.connectors import amounts
from gongzhi.connectors.applying import REQUIRED
from gongzhi.connectors.converting import Read, converter
from gongzhi.connectors.days import YEAR_LAST
from gongzhi.connectors.headers import Header, headers_of, normal
from gongzhi.connectors.mapping import FactFrom, FieldFrom, Mapping
from gongzhi.connectors.unreadable import Unreadable
from gongzhi.core.facts import Doubt
from gongzhi.core.terms import Said, SaidValues, Where
from gongzhi.intake.listing import Row
from gongzhi.rules.columns import FactRule, FieldRule, load_fact_rules

HEADERS_TRIED = 15
SAMPLE_ROWS = 500
NAME_UNIT = re.compile(
    r"[(（\[【:：]?\s*(?:单位[:：]\s*)?(千元|万元|百万元|亿元|元)\s*[)）\]】]?\s*$"
)
EXACT, PART = 1.0, 0.6
NEEDED = 0.2  # how much sooner a field takes a column that no fact can be without
READABLE_LEAST = 0.7  # the share of filled cells that must be readable for a column to count
NAME_LETTERS_MAX = 120
PART_LETTERS_MIN, PART_CHARACTERS_MIN = 4, 2
LOOKED_INTO = 6  # headers and kinds whose cells are looked at, the likeliest by name
BY_LINE = ("payment", "budget", "reading")
CALLED_SO = 0.69  # from here on the column has exactly the field's name
ENOUGH = 0.5  # of the required fields; below it nothing is guessed
COMMA_DECIMAL = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{3})*,[0-9]{1,2}|-?[0-9]+,[0-9]{1,2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """A mapping, how sure each field is (0 to 1), and what a person should look at.

    any_order: neither a day of the file nor anybody tells whether day or month comes first.
    """

    mapping: Mapping
    header: Header
    sure: dict[str, float]
    doubts: tuple[Doubt, ...]
    complete: bool
    any_order: bool = False

    @property
    def weight(self) -> float:
        """How much speaks for the guess."""
        return sum(self.sure.values()) + (5.0 if self.complete else 0.0)


def guess_mapping(
    rows: Sequence[Row], *, kind: str = "", sheet: str = "", order: str = ""
) -> Guess | None:
    """The best guess over all headers the first rows could be, or None if nothing fits.

    kind asks for one kind of fact; without it the best one is taken. order says whether the day or
    the month comes first; without it the cells tell.
    """
    rules = load_fact_rules()
    wanted = [rules[kind]] if kind else list(rules.values())
    likely = sorted(
        (
            (_likely(header, rule), -header_rows, -header.row, place, header)
            for header_rows in (1, 2)
            for header in headers_of(rows[: HEADERS_TRIED + 1], header_rows=header_rows)
            for place, rule in enumerate(wanted)
        ),
        key=lambda one: one[:4],
        reverse=True,
    )
    guessed = partial(_guess, rows=rows, sheet=sheet, order=order)
    guesses = [
        guess
        for named, rows_less, _, place, header in likely[:LOOKED_INTO]
        if named > 0
        if (guess := guessed(header, wanted[place], header_rows=-rows_less))
    ]
    return max(guesses, key=lambda guess: (guess.weight, -guess.header.row), default=None)


def _likely(header: Header, rule: FactRule) -> float:
    """How much the names alone speak for a kind of fact."""
    return sum(
        max((_named(column, field) for column in header.names), default=0.0)
        for field in rule.fields.values()
    )


def _guess(
    header: Header,
    rule: FactRule,
    *,
    rows: Sequence[Row],
    header_rows: int,
    sheet: str,
    order: str,
) -> Guess | None:
    below = [cells for number, cells in rows if number > header.row][:SAMPLE_ROWS]
    samples = [_filled(below, at) for at in range(len(header.names))]
    style = Mapping(facts=(), order=_order(samples), mark=_mark(samples))
    taken = _taken(header, samples, rule, style)
    required = [name for name, field in rule.fields.items() if field.required]
    found = [name for name in required if name in taken]
    if not taken or len(found) < len(required) * ENOUGH:
        return None
    fields = {name: _field(header, at, rule.fields[name]) for name, (at, _) in taken.items()}
    mixed = dict(_mixed(samples, taken, rule, style))
    fields |= _parted(fields, mixed)
    key = [taken[name][0] for name in rule.key if name in taken]
    is_unnumbered = rule.name in ("budget", "payment") and "number" not in taken
    by_line = is_unnumbered or (rule.name in BY_LINE and _repeats(below, key))
    fact = FactFrom(kind=rule.name, fields=fields, lines=by_line)
    mapping = Mapping(
        facts=(fact,), sheet=sheet, header_rows=header_rows, order=order or style.order,
        mark=style.mark, columns=header.names,
    )  # fmt: skip
    any_order = not order and _any_order(samples)
    return Guess(
        mapping=mapping,
        header=header,
        sure={name: sure for name, (_, sure) in taken.items()},
        doubts=(
            *_doubts(header, taken, style, rule, sheet, any_order=any_order),
            *_told_mixed(header, taken, mixed, rule, sheet),
        ),
        any_order=any_order,
        complete=len(found) == len(required) and bool(below) and _says_how_much(taken, rule),
    )


def _taken(
    header: Header, samples: Sequence[list[str]], rule: FactRule, style: Mapping
) -> dict[str, tuple[int, float]]:
    """Each field with its column, the surest pairs first, no column twice but for a period."""
    pairs = sorted(
        (
            (-sure - (NEEDED if field.required else 0), place, at, name, sure)
            for place, (name, field) in enumerate(rule.fields.items())
            for at, column in enumerate(header.names)
            if (sure := _sure(column, samples[at], field, style)) > 0
        ),
    )
    taken: dict[str, tuple[int, float]] = {}
    used: set[int] = set()
    for _, _, at, name, sure in pairs:
        if name not in taken and at not in used:
            taken[name] = (at, sure)
            used.add(at)
    ends = rule.fields.get("ends_on")
    if ends and ends.required and "starts_on" in taken and "ends_on" not in taken:
        taken["ends_on"] = taken["starts_on"]
    return taken


def _sure(column: str, sample: list[str], field: FieldRule, style: Mapping) -> float:
    named = _named(column, field)
    if not named or not sample:
        return named * 0.5 if not field.required else named
    read = converter(field, FieldFrom(columns=(column,)), style)
    fits = sum(_reads(read, cell) for cell in sample) / len(sample)
    if field.words and named >= CALLED_SO:
        return named  # words stand there too
    least = READABLE_LEAST if named < CALLED_SO else READABLE_LEAST / 2
    return named * fits if fits >= least else 0.0


@lru_cache(maxsize=65_536)
def _named(column: str, field: FieldRule) -> float:
    """How far a column's name speaks for the field; names early in the list speak louder."""
    if len(column) > NAME_LETTERS_MAX:
        return 0.0  # a cell of text, no name
    bare = normal(NAME_UNIT.sub("", column)) or normal(column)
    if not bare:
        return 0.0
    best = 0.0
    for place, name in enumerate(field.names):
        wanted = normal(name)
        rank = 1 - 0.3 * place / len(field.names)
        if bare == wanted:
            best = max(best, EXACT * rank)
        elif wanted in bare and len(wanted) >= _least(wanted):
            best = max(best, PART * rank * (0.5 + 0.5 * len(wanted) / len(bare)))
    return best


def _least(name: str) -> int:
    return PART_LETTERS_MIN if name.isascii() else PART_CHARACTERS_MIN


def _reads(read: Read, cell: str) -> bool:
    try:
        return read(cell) is not None
    except Unreadable:
        return False


def _field(header: Header, at: int, field: FieldRule) -> FieldFrom:
    name = header.names[at]
    nth = header.names[:at].count(name)
    unit = NAME_UNIT.search(name) if field.holds == "money" else None
    column = f"{name}#{nth + 1}" if nth else name
    said = unit[1] if unit and unit[1] != "元" else ""
    return FieldFrom(columns=(column,), unit=said)


def _mixed(
    samples: Sequence[list[str]],
    taken: dict[str, tuple[int, float]],
    rule: FactRule,
    style: Mapping,
) -> Iterator[tuple[str, str]]:
    """The fields whose column has words among its figures, each with the one that takes these."""
    for name, (at, _) in taken.items():
        words = rule.fields[name].words
        is_plain = all(amounts.is_number(cell, mark=style.mark) for cell in samples[at])
        if words and words not in taken and not is_plain:
            yield name, words


def _parted(fields: dict[str, FieldFrom], mixed: dict[str, str]) -> dict[str, FieldFrom]:
    parts = {name: replace(fields[name], takes="figures") for name in mixed}
    return parts | {words: replace(fields[name], takes="words") for name, words in mixed.items()}


def _told_mixed(
    header: Header,
    taken: dict[str, tuple[int, float]],
    mixed: dict[str, str],
    rule: FactRule,
    sheet: str,
) -> Iterator[Doubt]:
    for name, words in mixed.items():
        at = taken[name][0]
        told: SaidValues = {
            "column": header.names[at],
            "field": titled(rule.fields[name]),
            "words": titled(rule.fields[words]),
        }
        yield Doubt(
            where=Where(sheet=sheet or None, row=header.row, column=at + 1),
            what=Said("“{column}”里有数字也有文字：数字作{field}，文字作{words}", told),
            hint=Said("请核对；写错的数字会成为文字"),
        )


def _says_how_much(taken: Iterable[str], rule: FactRule) -> bool:
    """Whether a figure is among what was found, where the kind of fact has figures."""
    figures = {name for name, field in rule.fields.items() if field.holds in ("money", "number")}
    return rule.name in ("project", "contract", "target") or bool(figures & set(taken))


def _filled(rows: Sequence[Sequence[str]], at: int) -> list[str]:
    return [row[at] for row in rows if at < len(row) and row[at].strip()]


def _repeats(rows: Sequence[Sequence[str]], key: Sequence[int]) -> bool:
    """Whether one key stands in several rows: then it is a document's, not a row's."""
    found = [tuple(row[at] for at in key) for row in rows if len(row) > max(key, default=0)]
    return len(set(found)) < len(found)


def _order(samples: Sequence[list[str]]) -> str:
    """Day first, unless a second figure is larger than twelve; year first where no year is last."""
    found = _years_last(samples)
    if not found:
        return "ymd"
    return "mdy" if any(int(match[2]) > 12 for match in found) else "dmy"


def _any_order(samples: Sequence[list[str]]) -> bool:
    """Whether there are days that end in their year, and none shows which figure is the month."""
    days = _years_last(samples)
    return bool(days) and all(int(match[1]) <= 12 and int(match[2]) <= 12 for match in days)


def _years_last(samples: Sequence[list[str]]) -> list[re.Match[str]]:
    """The days that end in their year."""
    return [match for one in samples for cell in one if (match := YEAR_LAST.fullmatch(cell))]


def _mark(samples: Sequence[list[str]]) -> str:
    """The decimal mark: a comma where figures have it before one or two last digits."""
    commas = sum(bool(COMMA_DECIMAL.fullmatch(cell)) for one in samples for cell in one)
    points = sum(bool(amounts.PLAIN.fullmatch(cell)) and "." in cell for s in samples for cell in s)
    return "," if commas > points else "."


def _doubts(
    header: Header,
    taken: dict[str, tuple[int, float]],
    style: Mapping,
    rule: FactRule,
    sheet: str,
    *,
    any_order: bool,
) -> Iterator[Doubt]:
    place = Where(sheet=sheet or None, row=header.row)
    if any_order:
        yield Doubt(
            where=place,
            what=Said("日期看不出是日在前还是月在前，按日在前读"),
            hint=Said('如果是月在前，请在列对应里写 order = "mdy"'),
        )
    if style.mark == ",":
        yield Doubt(
            where=place,
            what=Said("按逗号是小数点读取数字"),
            hint=Said('如果不是，请在列对应里写 mark = "."'),
        )
    for name, (at, sure) in taken.items():
        if sure < PART:
            told: SaidValues = {"column": header.names[at], "field": titled(rule.fields[name])}
            yield Doubt(
                where=Where(sheet=sheet or None, row=header.row, column=at + 1),
                what=Said("“{column}”是不是{field}，拿不准", told),
                hint=Said("请核对；不是时请改列对应"),
            )


def titled(field: FieldRule) -> Said:
    """What the field is called."""
    return Said(field.title.zh)


def lacking(guess: Guess) -> list[str]:
    """The required fields for which no column was found."""
    kind = guess.mapping.facts[0].kind
    return [name for one, name in sorted(REQUIRED) if one == kind and name not in guess.sure]
