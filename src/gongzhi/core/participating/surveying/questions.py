"""What a survey asks, of whom, and by which rules its answers are added up."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from gongzhi.core.scoring.pack import Citation
from gongzhi.core.terms import Ratio, Said, Text

LEVELS = 5  # of a satisfaction scale: 1 is the worst, this the best
TWO = 2
WHOLE = Decimal(1)
OPTIONS_MAX = 20


class QuestionKind(StrEnum):
    """How a question is answered."""

    SCALE = "scale"
    SINGLE = "single"
    MULTIPLE = "multiple"
    NUMBER = "number"
    TEXT = "text"


CHOOSING = (QuestionKind.SINGLE, QuestionKind.MULTIPLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """An answer to choose; `share` is its part of the population, where it is a stratum."""

    text: Text
    share: Ratio | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question: `measures` says that the satisfaction figure comes of it."""

    number: int
    kind: QuestionKind
    text: Text
    options: tuple[Option, ...] = ()
    required: bool = True
    measures: bool = False

    @property
    def stratifies(self) -> bool:
        """Whether its options are strata whose shares of the population are stated."""
        return self.kind is QuestionKind.SINGLE and any(o.share is not None for o in self.options)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Whom a survey asks: drawn by chance or whoever wants to; how many were asked, of how many.

    `asked` is how many were invited, `population` how many people they stand for; None: unknown.
    """

    sampled: bool
    asked: int | None = None
    population: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyRules:
    """least: the smallest published cell; enough: from how many answers on an indicator is fed.

    points: what each level of the scale is worth, from 0 to 1; levels: how it is called;
    confidence: of the margin of error, with its z.
    """

    least: int
    enough: int
    points: Mapping[int, Ratio]
    levels: Mapping[int, Text]
    confidence: Ratio
    z: Decimal
    low_response: Ratio
    cited: Citation


def faults_of_questions(questions: Sequence[Question]) -> Iterator[Said]:
    """What keeps a survey from being asked, each in a sentence."""
    if not questions:
        yield Said("请至少选一个题目")
    if sum(each.measures for each in questions) > 1:
        yield Said("满意度只能由一个题目得出")
    if sum(each.stratifies for each in questions) > 1:
        yield Said("只能按一个题目分层加权")
    for each in questions:
        yield from _faults(each)


def _faults(question: Question) -> Iterator[Said]:
    where: dict[str, int] = {"number": question.number}
    if not question.text.zh.strip():
        yield Said("第 {number} 题没有题目", {**where})
    if question.measures and question.kind is not QuestionKind.SCALE:
        yield Said("第 {number} 题不是满意度题，不能得出满意度", {**where})
    if question.kind in CHOOSING and not TWO <= len(question.options) <= OPTIONS_MAX:
        yield Said("第 {number} 题要有 2 到 {most} 个选项", {**where, "most": OPTIONS_MAX})
    names = [each.text.zh for each in question.options]
    if len(set(names)) < len(names):
        yield Said("第 {number} 题有相同的选项", {**where})
    if question.stratifies:
        yield from _faults_of_shares(question)


def _faults_of_shares(question: Question) -> Iterator[Said]:
    shares = [each.share for each in question.options]
    known = [share for share in shares if share is not None]
    where: dict[str, int] = {"number": question.number}
    if len(known) < len(shares) or any(share <= 0 for share in known):
        yield Said("第 {number} 题的每个选项都要写占总体的比例", {**where})
    elif sum(known) != WHOLE:
        yield Said("第 {number} 题各选项占总体的比例合计应为 100%", {**where})
    if not question.required:
        yield Said("第 {number} 题用来分层加权，应为必答", {**where})
