"""What a pack holds: pieces of fields and lines, each text with the place where it stands.

Fields of another class than public never get into a piece. A passage that is kept back is taken
out of its text, and its ground stands there instead; nothing of it is left in the piece.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from gongzhi.core.disclosure.stages import Ground
from gongzhi.core.privacy import personal_in
from gongzhi.core.sealed import canonical, digest
from gongzhi.core.terms import Said

SHORTEST = 2  # characters: a shorter passage would stand in too many places
HELD_BACK: Mapping[Ground, str] = {
    Ground.PRIVACY: "［不公开：个人隐私］",
    Ground.BUSINESS: "［不公开：商业秘密］",
    Ground.LAW: "［依法不公开］",
}
NO_PLACE = Said("公开包里没有这一处")
NO_PASSAGE = Said("这一处没有这段文字，请原样复制要遮蔽的部分")
TOO_SHORT = Said("要遮蔽的文字至少两个字")


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A value of a piece under its title; `at` names it within the piece."""

    at: str
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """That a passage of a place is kept back, on which ground and why; not what it says."""

    at: str
    ground: Ground
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A piece of a pack: fields, then lines under heads; what was kept back of it."""

    fields: tuple[Field, ...] = ()
    heads: tuple[str, ...] = ()
    lines: tuple[tuple[str, ...], ...] = ()
    held: tuple[Held, ...] = ()

    def places(self) -> Iterator[tuple[str, str]]:
        """Every text with where it stands: a field by its name, a cell by line and column."""
        for field in self.fields:
            yield field.at, field.text
        for number, line in enumerate(self.lines):
            for column, text in enumerate(line):
                yield place_of(number, column), text

    def as_record(self) -> dict[str, Any]:
        """Plain values, exact."""
        return {
            "fields": [[each.at, each.title, each.text] for each in self.fields],
            "heads": list(self.heads),
            "lines": [list(line) for line in self.lines],
            "held": [[each.at, str(each.ground), each.reason] for each in self.held],
        }

    @property
    def digest(self) -> str:
        """What seals it."""
        return digest(canonical(self.as_record()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Something in a text that may not be for everybody: what kind, and the words."""

    at: str
    kind: str
    passage: str


def piece_from_record(record: Mapping[str, Any]) -> Piece:
    """What was kept of a piece."""
    return Piece(
        fields=tuple(Field(at=at, title=title, text=text) for at, title, text in record["fields"]),
        heads=tuple(record["heads"]),
        lines=tuple(tuple(line) for line in record["lines"]),
        held=tuple(
            Held(at=at, ground=Ground(ground), reason=reason)
            for at, ground, reason in record["held"]
        ),
    )


def place_of(line: int, column: int) -> str:
    """The name of a cell."""
    return f"{line + 1}.{column + 1}"


def without(piece: Piece, passage: str, *, at: str, ground: Ground, reason: str) -> Piece | Said:
    """The piece without a passage at a place, wherever it stands in that text; or why not."""
    words = passage.strip()
    text = dict(piece.places()).get(at)
    if text is None:
        return NO_PLACE
    if len(words) < SHORTEST:
        return TOO_SHORT
    if words not in text:
        return NO_PASSAGE
    told = text.replace(words, HELD_BACK[ground])
    held = Held(at=at, ground=ground, reason=reason.strip())
    return replace(
        piece,
        fields=tuple(replace(each, text=told) if each.at == at else each for each in piece.fields),
        lines=_with(piece.lines, told, at=at),
        held=(*piece.held, held),
    )


def doubts_in(piece: Piece) -> tuple[Doubt, ...]:
    """What the examination should look at: personal names and numbers in the texts."""
    return tuple(
        Doubt(at=at, kind=str(found.kind), passage=text[found.start : found.end])
        for at, text in piece.places()
        for found in personal_in(text)
    )


def _with(lines: Sequence[tuple[str, ...]], told: str, *, at: str) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(told if place_of(number, column) == at else text for column, text in enumerate(line))
        for number, line in enumerate(lines)
    )
