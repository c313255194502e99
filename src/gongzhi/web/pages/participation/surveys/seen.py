"""How surveys are shown: their questions, their result with margins, and what is withheld."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gongzhi.core.participating.surveying import (
    Estimate,
    Question,
    QuestionKind,
    QuestionResult,
    Results,
    Row,
)
from gongzhi.core.participating.surveying.records import results_from_record
from gongzhi.core.terms import Said, Text
from gongzhi.forum.models import Survey
from gongzhi.rules.participation.surveys import load_surveys

ALL = 0
EVERYBODY = Said("全部回答的人")
# How a choice is shown: radio buttons, boxes, a figure, lines to write on.
INPUTS = {
    QuestionKind.SCALE: "radio",
    QuestionKind.SINGLE: "radio",
    QuestionKind.MULTIPLE: "checkbox",
    QuestionKind.NUMBER: "number",
    QuestionKind.TEXT: "text",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """An answer to choose: what is sent for it, and whether it was."""

    value: int
    text: Text
    chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question as a form asks it, with what was given and what is wrong with that."""

    number: int
    text: Text
    input: str
    choices: tuple[Choice, ...]
    required: bool
    given: str = ""
    fault: Said | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownOption:
    """An option of a result: how many chose it, their share; withheld where count is None."""

    text: Text
    count: int | None
    share: Estimate | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRow:
    """A row of a result: whose answers, how many, their options, their mean."""

    name: Text | Said
    count: int | None
    options: tuple[ShownOption, ...]
    mean: Estimate | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLine:
    """An option of a question: what all chose of it, and each stratum."""

    option: ShownOption
    strata: tuple[ShownOption, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownQuestion:
    """What came of a question: of all, then of each stratum."""

    question: Question
    whole: ShownRow
    strata: tuple[ShownRow, ...]
    is_withheld: bool

    @property
    def is_scale(self) -> bool:
        """Whether its mean is a satisfaction."""
        return self.question.kind is QuestionKind.SCALE

    @property
    def is_number(self) -> bool:
        """Whether its mean is of numbers that people gave."""
        return self.question.kind is QuestionKind.NUMBER

    @property
    def by_mean(self) -> bool:
        """Whether its strata show their means alone."""
        return self.is_scale or self.is_number

    @property
    def lines(self) -> tuple[ShownLine, ...]:
        """The options, each with what all and what the strata chose of it."""
        return tuple(
            ShownLine(option=each, strata=tuple(row.options[place] for row in self.strata))
            for place, each in enumerate(self.whole.options)
        )


def questions_of(survey: Survey) -> list[Question]:
    """The questions of a survey as values."""
    return [each.question() for each in survey.questions.all()]


def asked(
    questions: Sequence[Question],
    *,
    given: Mapping[int, Sequence[str]] | None = None,
    faults: Mapping[str, Said] | None = None,
) -> list[Asked]:
    """The questions as a form asks them."""
    said = given or {}
    return [
        Asked(
            number=each.number,
            text=each.text,
            input=INPUTS[each.kind],
            choices=tuple(_choices(each, said.get(each.number, ()))),
            required=each.required,
            given=next(iter(said.get(each.number, ())), ""),
            fault=(faults or {}).get(f"q{each.number}"),
        )
        for each in questions
    ]


def _choices(question: Question, given: Sequence[str]) -> Iterator[Choice]:
    for value, text in options_of(question):
        yield Choice(value=value, text=text, chosen=str(value) in given)


def options_of(question: Question) -> list[tuple[int, Text]]:
    """What can be chosen; the best level of a scale stands first."""
    if question.kind is QuestionKind.SCALE:
        return sorted(load_surveys().levels.items(), reverse=True)
    return [(n, option.text) for n, option in enumerate(question.options, start=1)]


def given_in(data: Any, questions: Sequence[Question]) -> dict[int, list[str]]:
    """What a form carries for each question."""
    return {each.number: data.getlist(f"q{each.number}") for each in questions}


def shown_result(results: Results, questions: Sequence[Question]) -> list[ShownQuestion]:
    """The result, question by question."""
    by_number = {each.number: each for each in questions}
    strata = by_number.get(results.weighting.by or -1)
    return [_shown(each, by_number[each.number], strata) for each in results.questions]


def _shown(result: QuestionResult, question: Question, strata: Question | None) -> ShownQuestion:
    rows = [_row(each, question, strata) for each in result.rows]
    whole = rows[0]
    by_mean = question.kind in {QuestionKind.SCALE, QuestionKind.NUMBER}
    counted = [whole.options, *([] if by_mean else [row.options for row in rows[1:]])]
    return ShownQuestion(
        question=question,
        whole=whole,
        strata=tuple(rows[1:]),
        is_withheld=any(option.count is None for options in counted for option in options),
    )


def _row(row: Row, question: Question, strata: Question | None) -> ShownRow:
    named = strata.options[row.stratum - 1].text if strata and row.stratum else EVERYBODY
    options = tuple(
        ShownOption(text=text, count=row.counts[value - 1], share=row.shares[value - 1])
        for value, text in options_of(question)
        if value <= len(row.counts)
    )
    return ShownRow(name=named, count=row.count, options=options, mean=row.mean)


def result_of(survey: Survey) -> Results | None:
    """The result that was published, if one was."""
    kept = getattr(survey, "result", None) if survey.stage == Survey.Stage.PUBLISHED else None
    return results_from_record(kept.figures) if kept else None
