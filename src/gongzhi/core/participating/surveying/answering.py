"""Answers that fit their questions; what doesn't fit is said, question by question."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import TypeAlias

from gongzhi.core.participating.surveying.questions import LEVELS, Question, QuestionKind
from gongzhi.core.sealed import Sealable
from gongzhi.core.terms import Said

# By the question's number: a level, an option's position, positions, a number or words as text.
Value: TypeAlias = int | str | list[int]
Answers: TypeAlias = dict[str, Value]
Given: TypeAlias = Mapping[int, Sequence[str]]

TEXT_MAX = 1000
NUMBER_MAX = Decimal(10) ** 12
PLACES_MAX = 4
FULL_WIDTH = str.maketrans("０１２３４５６７８９．－，", "0123456789.-,")
NOT_ANSWERED = Said("请回答这一题")
NO_CHOICE = Said("请在给出的选项里选")
ONE_ONLY = Said("这一题只能选一个")
NO_NUMBER = Said("请填数字，例如 3 或 2.5")
TOO_LONG = Said("最多 {most} 个字", {"most": TEXT_MAX})


def answers_to(questions: Sequence[Question], given: Given) -> tuple[Answers, dict[int, Said]]:
    """What was answered, by question, and what is wrong, by question; what is empty is left out."""
    found: Answers = {}
    faults: dict[int, Said] = {}
    for question in questions:
        said = [text for each in given.get(question.number, ()) if (text := each.strip())]
        if not said:
            if question.required:
                faults[question.number] = NOT_ANSWERED
            continue
        value = _READING[question.kind](question, said)
        if isinstance(value, Said):
            faults[question.number] = value
        else:
            found[str(question.number)] = value
    return found, faults


def sealable(answers: Answers) -> dict[str, Sealable]:
    """The answers as a deed promises them."""
    return {key: [*value] if isinstance(value, list) else value for key, value in answers.items()}


def _level(_: Question, said: Sequence[str]) -> Value | Said:
    return _one(said, least=1, most=LEVELS)


def _option(question: Question, said: Sequence[str]) -> Value | Said:
    return _one(said, least=1, most=len(question.options))


def _options(question: Question, said: Sequence[str]) -> Value | Said:
    chosen = [_position(each, least=1, most=len(question.options)) for each in said]
    if any(each is None for each in chosen):
        return NO_CHOICE
    return sorted({each for each in chosen if each is not None})


def _number(_: Question, said: Sequence[str]) -> Value | Said:
    if len(said) > 1:
        return ONE_ONLY
    try:
        number = Decimal(said[0].translate(FULL_WIDTH).replace(",", ""))
    except InvalidOperation:
        return NO_NUMBER
    if not number.is_finite() or abs(number) > NUMBER_MAX:
        return NO_NUMBER
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -PLACES_MAX:
        return NO_NUMBER
    return f"{number.normalize():f}"


def _words(_: Question, said: Sequence[str]) -> Value | Said:
    text = "\n".join(said)
    return TOO_LONG if len(text) > TEXT_MAX else text


def _one(said: Sequence[str], *, least: int, most: int) -> Value | Said:
    if len(said) > 1:
        return ONE_ONLY
    found = _position(said[0], least=least, most=most)
    return NO_CHOICE if found is None else found


def _position(text: str, *, least: int, most: int) -> int | None:
    plain = text.translate(FULL_WIDTH)
    if not (plain.isascii() and plain.isdecimal() and len(plain) <= len(str(most))):
        return None
    return int(plain) if least <= int(plain) <= most else None


_READING = {
    QuestionKind.SCALE: _level,
    QuestionKind.SINGLE: _option,
    QuestionKind.MULTIPLE: _options,
    QuestionKind.NUMBER: _number,
    QuestionKind.TEXT: _words,
}
