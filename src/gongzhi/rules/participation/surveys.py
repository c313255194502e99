"""Reads surveys.toml and question_bank.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from gongzhi.core.participating.surveying.questions import (
    LEVELS,
    Option,
    Question,
    QuestionKind,
    SurveyRules,
)
from gongzhi.core.scoring.pack import Citation
from gongzhi.core.terms import Text
from gongzhi.rules.entry import Entry, read_rules

ROOM = Path(__file__).parent
PEOPLE_MAX = 1000
Z_MAX = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class BankQuestion:
    """A question of the bank, by its code."""

    code: str
    kind: QuestionKind
    text: Text
    options: tuple[Text, ...]
    required: bool
    measures: bool

    def numbered(self, number: int) -> Question:
        """The question with its place in a survey."""
        return Question(
            number=number,
            kind=self.kind,
            text=self.text,
            options=tuple(Option(text=each) for each in self.options),
            required=self.required,
            measures=self.measures,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionBank:
    """The questions by their codes, and where they come from."""

    questions: Mapping[str, BankQuestion]
    cited: Citation


@cache
def load_surveys() -> SurveyRules:
    """How answers are added up, as the file says."""
    return read_surveys(ROOM / "surveys.toml")


@cache
def load_question_bank() -> QuestionBank:
    """The bank as it stands in the file."""
    return read_question_bank(ROOM / "question_bank.toml")


def read_surveys(path: Path) -> SurveyRules:
    """The rules of a file; raises BadRules."""
    top = read_rules(path)
    top.day("in_force_from")
    levels = {}
    for entry in top.tables("level"):
        level = int(entry.number("level", least=1, most=LEVELS))
        levels[level] = (entry.number("points", most=1), entry.both("name"))
        entry.finish()
    if len(levels) != LEVELS:
        raise top.fail("level", "满意度要有 {count} 档", {"count": LEVELS})
    rules = SurveyRules(
        least=int(top.number("least", least=2, most=PEOPLE_MAX)),
        enough=int(top.number("enough", least=1, most=PEOPLE_MAX)),
        points={level: points for level, (points, _) in sorted(levels.items())},
        levels={level: name for level, (_, name) in sorted(levels.items())},
        confidence=top.number("confidence", most=1),
        z=top.number("z", least=1, most=Z_MAX),
        low_response=top.number("low_response", most=1),
        cited=_cited(top),
    )
    top.finish()
    return rules


def read_question_bank(path: Path) -> QuestionBank:
    """The bank of a file; raises BadRules."""
    top = read_rules(path)
    top.day("in_force_from")
    found = QuestionBank(
        questions=top.tables_by("question", name="code", read=_question), cited=_cited(top)
    )
    top.finish()
    return found


def _question(entry: Entry) -> BankQuestion:
    kind = QuestionKind(entry.one_of("kind", map(str, QuestionKind)))
    chosen = entry.has("option")
    return BankQuestion(
        code=entry.text("code"),
        kind=kind,
        text=entry.both("text"),
        options=tuple(_texts(entry)) if chosen else (),
        required=entry.truth("required") if entry.has("required") else True,
        measures=entry.truth("measures") if entry.has("measures") else False,
    )


def _texts(entry: Entry) -> list[Text]:
    found = []
    for each in entry.tables("option"):
        found.append(Text(zh=each.text("zh"), en=each.text("en")))
        each.finish()
    return found


def _cited(entry: Entry) -> Citation:
    return Citation(text=entry.both("source"), verified=entry.truth("verified"))
