"""Closed projects like the one that is being written, and what was learnt from them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from gongzhi.core.goals.drafts import DraftIndicator
from gongzhi.core.goals.likeness import alike, shared_words
from gongzhi.core.terms import FiscalYear, Money, Said, several

CLASS, HEADING, ITEM = 3, 5, 7  # 类, 款, 项: digits of a functional code
STEPS = (CLASS, HEADING, ITEM)
SHOWN_WORDS = 4
LEAST = Fraction(1, 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedProject:
    """A project that is over: what it promised, what became of it, what people learnt.

    indicators carry targets and results in their history; grade is "" where there is none.
    """

    code: str
    name: str
    year: FiscalYear
    functional: str = ""
    text: str = ""
    budget: Money | None = None
    grade: str = ""
    lessons: tuple[str, ...] = ()
    indicators: tuple[DraftIndicator, ...] = ()

    @property
    def words(self) -> str:
        """The texts by which it is compared."""
        return f"{self.name} {self.text}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Similar:
    """A closed project, how near it is (0 to 1) and why it is shown."""

    project: ClosedProject
    nearness: Fraction
    reasons: tuple[Said, ...]


def similar(
    *, words: str, functional: str, closed: Iterable[ClosedProject], least: Fraction = LEAST
) -> tuple[Similar, ...]:
    """The closed projects that are near, the nearest and newest first.

    Half of the nearness comes from the functional class (类, 款, 项), half from shared words.
    """
    found = [_compared(words, functional, project) for project in closed]
    near = [each for each in found if each.nearness >= least and each.reasons]
    return tuple(
        sorted(near, key=lambda each: (-each.nearness, -each.project.year, each.project.code))
    )


def _compared(words: str, functional: str, project: ClosedProject) -> Similar:
    depth = shared_depth(functional, project.functional)
    common = shared_words(words, project.words)
    reasons = [] if not depth else [same_class(project.functional[: STEPS[depth - 1]])]
    if common:
        reasons.append(same_words(common))
    likeness = min(Fraction(1), 2 * max(alike(words, project.name), alike(words, project.words)))
    return Similar(
        project=project,
        nearness=Fraction(depth, 2 * len(STEPS)) + likeness / 2,
        reasons=tuple(reasons),
    )


def shared_depth(one: str, other: str) -> int:
    """How far two functional codes agree: 1 the class, 2 the heading, 3 the item, 0 not at all."""
    agreed = 0
    for digits in STEPS:
        if len(one) < digits or one[:digits] != other[:digits]:
            break
        agreed += 1
    return agreed


def same_class(code: str) -> Said:
    """The reason that two things have the same functional class."""
    return Said("同属功能分类 {code}", {"code": code})


def same_words(words: Sequence[str]) -> Said:
    """The reason that two texts share words."""
    return Said("都提到：{words}", {"words": several(words[:SHOWN_WORDS])})
