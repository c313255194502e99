"""What is asked of residents and what they answer, from turned/surveys.toml."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from gongzhi.city.invented.telling import code_named
from gongzhi.rules.entry import Entry, read_rules

FILE = Path(__file__).parent.parent / "turned" / "surveys.toml"
BETWEEN, SEVERAL = "|", "+"
Given = Mapping[int, Sequence[str]]  # what was answered, by the number of the question


@dataclass(frozen=True, slots=True, kw_only=True)
class Strata:
    """Shares of the population by the answers to one question of the bank."""

    question: str
    shares: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredBy:
    """A citizen who answers on a day, in an account of their own."""

    on: date
    username: str
    name: str
    given: Given


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Whom a sampled survey asks, and when its papers are keyed in."""

    asked: int
    population: int
    strata: Strata
    keyed_on: date
    keyed_again_on: date
    papers: tuple[Given, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Surveyed:
    """A survey: about which project, by whom, of which questions, from when to when."""

    key: str
    project: str
    organisation: str
    indicator: str
    on: date
    closes_on: date
    title: str
    method: str
    questions: tuple[str, ...]
    closed_on: date
    published_on: date
    answered: tuple[AnsweredBy, ...]
    sample: Sample | None


@cache
def load_surveyed() -> tuple[Surveyed, ...]:
    """Every survey of the stories; raises BadRules where one is incomplete."""
    return tuple(map(_surveyed, read_rules(FILE).tables("survey")))


def _surveyed(entry: Entry) -> Surveyed:
    questions = entry.names("questions")
    answered = entry.names("answered") if entry.has("answered") else ()
    surveyed = Surveyed(
        key=entry.text("key"),
        project=code_named(entry.text("project")),
        organisation=entry.text("organisation"),
        indicator=entry.text_if_told("indicator"),
        on=entry.day("on"),
        closes_on=entry.day("closes_on"),
        title=entry.text("title"),
        method=entry.text("method"),
        questions=questions,
        closed_on=entry.day("closed_on"),
        published_on=entry.day("published_on"),
        answered=tuple(_answered(each) for each in answered),
        sample=_sample(entry) if entry.has("sampled") else None,
    )
    entry.finish()
    return surveyed


def _answered(line: str) -> AnsweredBy:
    on, username, name, *given = line.split(BETWEEN)
    return AnsweredBy(on=date.fromisoformat(on), username=username, name=name, given=_given(given))


def _sample(entry: Entry) -> Sample:
    if not entry.truth("sampled"):
        raise entry.fail("sampled", "{key} 只写 true")
    papers: list[Given] = []
    for line in entry.names("filled"):
        count, *given = line.split(BETWEEN)
        papers += [_given(given)] * int(count)
    return Sample(
        asked=int(entry.number("asked")),
        population=int(entry.number("population")),
        strata=_strata(entry.inline("strata")),
        keyed_on=entry.day("keyed_on"),
        keyed_again_on=entry.day("keyed_again_on"),
        papers=tuple(papers),
    )


def _strata(entry: Entry) -> Strata:
    strata = Strata(question=entry.text("question"), shares=entry.numbers("shares"))
    entry.finish()
    return strata


def _given(texts: Sequence[str]) -> Given:
    return {number: text.split(SEVERAL) for number, text in enumerate(texts, start=1)}
