"""What a report says in sentences, where its table has no cells for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from gongzhi.core.terms import FundRow, Money, Points, Where
from gongzhi.papers.reader.amounts import PLAIN, amount, unit_at_start
from gongzhi.papers.reader.meaning import field_of
from gongzhi.papers.reader.printed import key, line
from gongzhi.papers.reader.titles import is_report_title
from gongzhi.papers.reader.vocabulary import WORDS

STOPS = "，。；,;\n（("
LONGEST_LABEL = 12
LONGEST_VALUE = 60
LINES_MAX = 200
FIELDS = frozenset({"project", "department", "unit"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What sentences say about a project."""

    fields: dict[str, str]
    fund: FundRow | None
    money_unit: str | None
    total: Points | None
    grade: str | None


NOTHING_TOLD = Told(fields={}, fund=None, money_unit=None, total=None, grade=None)


def told_in(lines: Sequence[str]) -> Told:
    """What the lines of a report before its table say."""
    fields: dict[str, str] = {}
    project = next((p for text in lines if (p := _project_in_title(text))), None)
    if project:
        fields["project"] = project
    total = grade = unit = None
    fund = None
    for text in lines[:LINES_MAX]:
        if len(text) > 4_000 or is_report_title(text):
            continue
        for field, value in _sentences_with_labels(text):
            fields.setdefault(field, value)
        if fund is None:
            fund, unit = _fund_in(text)
        total = total if total is not None else _figure_after(text, WORDS.told_totals)
        grade = grade or _word_after(text, WORDS.told_grades)
    return Told(fields=fields, fund=fund, money_unit=unit, total=total, grade=grade)


def _project_in_title(text: str) -> str | None:
    """The name that the title of a report begins with."""
    if not is_report_title(text):
        return None
    title = line(text)
    for end in WORDS.report_ends:
        name = title.removesuffix(end)
        if name != title:
            return None if _is_only_a_year(name) else name
    return None


def _is_only_a_year(name: str) -> bool:
    rest = key(name).lstrip("0123456789").removeprefix("年").removeprefix("度")
    return rest in {"", "项目", "部门", "部门整体", "整体", "单位"}


def _sentences_with_labels(text: str) -> list[tuple[str, str]]:
    """主管部门为某局，… → (department, 某局)."""
    found = []
    for joint in WORDS.joints:
        place = text.find(joint)
        while place > 0:
            field = _label_ending(text[max(0, place - LONGEST_LABEL) : place])
            value = _up_to_stop(text[place + len(joint) :])
            if field in FIELDS and value:
                found.append((field, value))
            place = text.find(joint, place + 1)
    return found


def _label_ending(before: str) -> str | None:
    fields = (field_of(before[start:]) for start in range(len(before)))
    return next((field for field in fields if field), None)


def _up_to_stop(after: str) -> str:
    cuts = [place for stop in STOPS if (place := after.find(stop)) >= 0]
    return line(after[: min([*cuts, LONGEST_VALUE])]).lstrip("：:")


def _fund_in(text: str) -> tuple[FundRow | None, str | None]:
    """The first amount that follows a word for money directly: …补助经费9.55万元."""
    printed = key(text)
    for word in WORDS.money_words:
        place = printed.find(word)
        while place >= 0:
            after = printed[place + len(word) :].lstrip(":共计为合总额")
            figure = PLAIN.match(after)
            unit = unit_at_start(after[figure.end() :]) if figure else None
            money: Money | None = amount(after[:40], unit=None) if unit else None
            if money is not None:
                return FundRow(label=word, adjusted=money, where=Where()), unit
            place = printed.find(word, place + 1)
    return None, None


def _figure_after(text: str, words: Sequence[str]) -> Points | None:
    printed = key(text)
    for word in words:
        place = printed.find(word)
        if place >= 0:
            found = PLAIN.match(printed[place + len(word) :].lstrip(":为是"))
            if found:
                return Points(found.group())
    return None


def _word_after(text: str, words: Sequence[str]) -> str | None:
    printed = key(text)
    for word in words:
        place = printed.find(word)
        rest = printed[place + len(word) :].lstrip(':“"') if place >= 0 else ""
        for grade in sorted(WORDS.grades, key=len, reverse=True):
            if rest.startswith(grade):
                return grade
    return None
