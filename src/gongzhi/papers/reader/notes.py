"""What the notes below a form fix: points for each heading of level 1."""

from collections.abc import Iterable

from gongzhi.core.terms import Points
from gongzhi.papers.reader.amounts import PLAIN
from gongzhi.papers.reader.printed import key
from gongzhi.papers.reader.vocabulary import WORDS

STOPS = "。;；"
LONGEST_SENTENCE = 300
LONGEST_NOTE = 2_000
GAP_MAX = 8
AFTER_NUMBER = ("分", "%")


def weight_rule(lines: Iterable[str]) -> dict[str, Points]:
    """The points that a note prescribes; empty where no note fixes them."""
    for text in _whole(lines):
        for sentence in _sentences(text):
            rule = _rule_of(sentence)
            if len(rule) > 1:
                return rule
    return {}


def _whole(lines: Iterable[str]) -> Iterable[str]:
    """The lines, those that a page broke in the middle of a sentence joined again."""
    begun = ""
    for text in lines:
        begun += text.strip()
        if begun.endswith(tuple(STOPS)) or len(begun) > LONGEST_NOTE:
            yield begun
            begun = ""
    yield begun


def _sentences(text: str) -> Iterable[str]:
    printed = key(text) if len(text) <= LONGEST_NOTE * 2 else ""
    start = 0
    for position, character in enumerate(printed + STOPS[0]):
        if character in STOPS:
            if 0 < position - start <= LONGEST_SENTENCE:
                yield printed[start:position]
            start = position + 1


def _rule_of(sentence: str) -> dict[str, Points]:
    if "一级" not in sentence or not any(word in sentence for word in WORDS.rule_topics):
        return {}
    if any(word in sentence for word in WORDS.rule_loose):
        return {}
    rule: dict[str, Points] = {}
    for name, spellings in WORDS.rule_names.items():
        points = next((p for word in spellings if (p := _points_after(sentence, word))), None)
        if points is not None:
            rule[name] = points
    return rule


def _points_after(sentence: str, word: str) -> Points | None:
    """The points that follow a name: 产出指标50分, 产出指标（50分）, 产出指标为50%."""
    place = sentence.find(word)
    if place < 0:
        return None
    after = sentence[place + len(word) :]
    gap = next((i for i, c in enumerate(after[: GAP_MAX + 1]) if c.isdigit()), None)
    if gap is None:
        return None
    found = PLAIN.match(after, gap)
    closed = found and after[found.end() :].startswith(AFTER_NUMBER)
    return Points(found.group()) if found and closed else None
