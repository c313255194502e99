"""An answer as its page shows it: the number, its sum, its parts, and whether it still holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from gongzhi.core.figure import Figure, Part, Unit, Way
from gongzhi.core.monitoring.figures import in_percent, percent
from gongzhi.core.terms import Said
from gongzhi.web.frame import money_unit, reader_language
from gongzhi.web.pages.figures.hands import Hand
from gongzhi.web.places import Place
from gongzhi.words import say

PARTS_IN_A_SUM_MAX = 6  # a longer sum is a table, not a line
SIGNS: Mapping[Way, str] = {
    Way.SUM: " + ",
    Way.PRODUCT: " × ",
    Way.QUOTIENT: " ÷ ",
    Way.DIFFERENCE: " − ",
}
# What holds, what is to be looked at, what is wrong, what nobody can say: as states are drawn.
HOLDS, CHANGED, WRONG, UNKNOWN = "kept", "watch", "fault", "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPart:
    """A part of a figure: its name, its value, its weight, the address of its own answer."""

    name: str
    text: str
    weight: str = ""
    address: str = ""
    own_words: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFact:
    """A row behind a sum: when, which, how much; the address of its own answer."""

    on: date | None
    number: str
    what: str
    text: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Whether the number still holds: a state, a sentence, and what came since."""

    state: str
    said: Said
    since: tuple[ShownPart, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Something that the number rests on: what it is called, what it says, where it stands."""

    name: str
    text: str
    address: str = ""
    own_words: bool = False
    unverified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Everything that a figure's page says beside its rows."""

    title: Said | str
    about: Place | None
    text: str
    measure: str = ""
    on: date | None = None
    month: int | None = None
    formula: Said | None = None
    work: str = ""
    check: Check | None = None
    parts: tuple[ShownPart, ...] = ()
    weighted: bool = False
    sources: tuple[Source, ...] = ()
    hands: tuple[Hand, ...] = ()


def text_of(value: Decimal | None, unit: Unit) -> str:
    """A value as every page writes it: yuan, per cent, points, a plain number."""
    if value is None:
        return "—"
    match unit:
        case Unit.MONEY:
            return f"{value:,.2f}"
        case Unit.SHARE:
            return in_percent(value)
        case Unit.GAP:
            return f"{percent(value):+}".replace("-", "−")
    return plain(value)


def measure_of(found: Figure) -> str:
    """What the number counts, to stand behind it."""
    if found.unit is Unit.MONEY:
        return money_unit()
    return _("个百分点") if found.unit is Unit.GAP else found.measure


def plain(value: Decimal) -> str:
    """A number without zeros that say nothing."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def work_of(figure: Figure) -> str:
    """The sum in figures where it fits on a line: 620.00 ÷ 1,000.00 = 62%."""
    sign, parts = SIGNS.get(figure.way), figure.parts
    if sign is None or not 1 < len(parts) <= PARTS_IN_A_SUM_MAX or figure.value is None:
        return ""
    if any(part.value is None for part in parts):
        return ""
    left = sign.join(_in_work(part) for part in parts)
    return f"{left} = {text_of(figure.value, figure.unit)}"


def _in_work(part: Part) -> str:
    text = text_of(part.value, part.unit)
    return f"({text})" if part.value is not None and part.value < 0 else text


def in_words(name: Said | str) -> str:
    """The name of a part: a sentence of ours, or somebody's own words."""
    return say(name, reader_language()) if isinstance(name, Said) else name


def shown_parts(parts: Sequence[Part], addresses: Sequence[str]) -> tuple[ShownPart, ...]:
    """The parts, each with the address of its own answer, nothing where it has none."""
    return tuple(
        ShownPart(
            name=in_words(part.name),
            text=text_of(part.value, part.unit),
            weight="" if part.weight is None else _weight(part),
            address=address,
            own_words=not isinstance(part.name, Said),
        )
        for part, address in zip(parts, addresses, strict=True)
    )


def _weight(part: Part) -> str:
    assert part.weight is not None, "asked for weighted parts alone"
    return plain(part.weight)
