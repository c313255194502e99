"""A checked form as pages show it: corrected as by a teacher, with all that was found in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from gongzhi.core.audit import CheckedForm
from gongzhi.core.terms import Finding
from gongzhi.cycle.models import Answer
from gongzhi.papers.advice import advice
from gongzhi.papers.clauses import clause_text
from gongzhi.papers.drawn import Cell, Row
from gongzhi.papers.facsimile import facsimile
from gongzhi.papers.layouts import columns_of
from gongzhi.papers.places import place_text
from gongzhi.rules.checks import check_name
from gongzhi.web.frame import reader_language
from gongzhi.words import say


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A finding: what it says, its sum, its rule, what to do, its box, and what was answered."""

    id: str
    box_id: str
    code: str
    certain: bool
    title: str
    said: str
    arithmetic: str
    clause: str
    place: str
    advice: str
    indicator: int | None = None
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The findings of one rule: it is named once, each place has its own line."""

    cards: tuple[Card, ...]

    @property
    def head(self) -> Card:
        """The first of them, which speaks for the rule."""
        return self.cards[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A box of the form with the cards that mark it."""

    cell: Cell
    id: str
    cards: tuple[Card, ...]

    @property
    def judged(self) -> str:
        """How the box is drawn: struck for a certain finding, looked at for another."""
        if any(card.certain for card in self.cards):
            return "struck"
        return "looked-at" if self.cards else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the form; notes in its margin may run on beside the lines below.

    In the margin stand the score by the rules, and each finding once. No rows: the margin
    belongs to a line above.
    """

    boxes: tuple[Box, ...]
    due: str
    cards: tuple[Card, ...]
    margin_rows: int = 0

    @property
    def has_notes(self) -> bool:
        """Whether anything stands in its margin."""
        return bool(self.due or self.cards)

    @property
    def is_heading(self) -> bool:
        """Whether it only names the columns below it."""
        return len(self.boxes) > 2 and all(box.cell.head for box in self.boxes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A whole form, corrected."""

    id: str
    title: str
    year: int | None
    unit: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    cards: tuple[Card, ...]

    @property
    def has_notes(self) -> bool:
        """Whether anything stands in the margin; without, the form takes the whole width."""
        return any(line.has_notes for line in self.lines)

    @property
    def certain(self) -> tuple[Card, ...]:
        """The findings that follow from the figures alone."""
        return tuple(card for card in self.cards if card.certain)

    @property
    def advisory(self) -> tuple[Card, ...]:
        """The findings that ask a person to look."""
        return tuple(card for card in self.cards if not card.certain)

    @property
    def certain_groups(self) -> tuple[Group, ...]:
        """The certain findings by rule."""
        return _groups(self.certain)

    @property
    def advisory_groups(self) -> tuple[Group, ...]:
        """The other findings by rule."""
        return _groups(self.advisory)


def sheet_of(checked: CheckedForm, *, key: str, answers: Sequence[Answer] = ()) -> Sheet:
    """The form drawn for the page; `key` begins the ids of its parts."""
    language = reader_language()
    drawn = facsimile(checked, language=language)
    places = _places(drawn.rows, key=key)
    cards = tuple(
        _card(
            finding,
            own_id=f"{key}-finding-{number}",
            box_id=places.get(number, ""),
            answers=answers,
        )
        for number, finding in enumerate(checked.findings, 1)
    )
    boxes = [str(box) for box in columns_of(checked.form)]
    return Sheet(
        id=key,
        title=drawn.title,
        year=checked.form.fiscal_year,
        unit=drawn.money_unit,
        columns=(*boxes, *["more"] * (drawn.columns - len(boxes))),
        lines=tuple(_with_margins(list(_lines(drawn.rows, cards, key=key)))),
        cards=cards,
    )


def _box_id(key: str, *, line: int, place: int) -> str:
    return f"{key}-box-{line}-{place}"


def _places(rows: Sequence[Row], *, key: str) -> dict[int, str]:
    """The id of the first box that each finding marks; several may mark the same."""
    places: dict[int, str] = {}
    for line, row in enumerate(rows):
        for place, cell in enumerate(row.cells):
            for number in cell.marks:
                places.setdefault(number, _box_id(key, line=line, place=place))
    return places


def _card(finding: Finding, *, own_id: str, box_id: str, answers: Sequence[Answer]) -> Card:
    language, at = reader_language(), (finding.code, finding.where.indicator)
    return Card(
        id=own_id,
        box_id=box_id,
        code=finding.code,
        certain=finding.certain,
        title=check_name(finding.code).in_language(language),
        said=say(finding.said, language),
        arithmetic=finding.arithmetic or "",
        clause=clause_text(finding, language),
        place=place_text(finding.where, language),
        advice=advice(finding.code, language),
        indicator=finding.where.indicator,
        answers=tuple(answer for answer in answers if (answer.code, answer.indicator) == at),
    )


def _groups(cards: Sequence[Card]) -> tuple[Group, ...]:
    by_rule = groupby(sorted(cards, key=lambda card: card.code), key=lambda card: card.code)
    groups = [Group(cards=tuple(same)) for _code, same in by_rule]
    return tuple(sorted(groups, key=lambda group: cards.index(group.head)))


def _lines(rows: Sequence[Row], cards: Sequence[Card], *, key: str) -> Iterator[Line]:
    """Each card stands in the margin of the line whose box it marks first."""
    for line, row in enumerate(rows):
        boxes = []
        for place, cell in enumerate(row.cells):
            marked = tuple(cards[number - 1] for number in cell.marks)
            box_id = _box_id(key, line=line, place=place) if marked else ""
            boxes.append(Box(cell=cell, id=box_id, cards=marked))
        margin = tuple(card for box in boxes for card in box.cards if card.box_id == box.id)
        yield Line(boxes=tuple(boxes), due=row.margin, cards=margin)


def _with_margins(lines: Sequence[Line]) -> Iterator[Line]:
    """Let each note's margin reach down to the next line that has notes of its own."""
    starts = [at for at, line in enumerate(lines) if at == 0 or line.has_notes]
    ends = [*starts[1:], len(lines)]
    rows = {start: end - start for start, end in zip(starts, ends, strict=True)}
    for at, line in enumerate(lines):
        yield replace(line, margin_rows=rows.get(at, 0))
