"""How much two short texts have in common: pairs of characters in Chinese, words in Latin letters.

No dictionary and no model: the same texts give the same answer everywhere, and the words that two
texts share can be shown as the reason.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import lru_cache

LONGEST = 2000  # a project's name and its goal; more says nothing new
REMEMBERED = 4096
RUNS = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+|[A-Za-z]{3,}+")
PAIR = 2
# Words that every project uses. They still count where two texts are compared as a whole.
EMPTY = frozenset({
    "项目", "工作", "资金", "经费", "补助", "专项", "开展", "相关", "有关", "情况", "进行", "年度",
    "完成", "达到", "提高", "加强", "以及", "支出", "指标", "目标", "建设",
    "the", "and", "for", "with", "project", "work", "money", "year", "share",
})  # fmt: skip


@lru_cache(maxsize=REMEMBERED)
def parts_of(text: str) -> frozenset[str]:
    """The pairs of characters and the words of a text."""
    return frozenset(part for part, _ in _placed(text))


def _placed(text: str) -> Iterator[tuple[str, int]]:
    """Each part with where it begins in the text."""
    for run in RUNS.finditer(text[:LONGEST]):
        word, start = run.group(), run.start()
        if word.isascii():
            yield word.lower(), start
        else:
            yield from (
                (word[at : at + PAIR], start + at) for at in range(max(1, len(word) - PAIR + 1))
            )


def alike(one: str, other: str) -> Fraction:
    """How alike two texts are as a whole, from 0 to 1: shared parts twice, by all parts."""
    first, second = parts_of(one), parts_of(other)
    if not first or not second:
        return Fraction(0)
    return Fraction(2 * len(first & second), len(first) + len(second))


def weights_of(texts: Iterable[str]) -> dict[str, int]:
    """How telling each part is among the texts: rare ones more, empty ones nothing.

    Whole numbers, so that sums are the same on every machine.
    """
    sets = [parts_of(text) for text in texts]
    counts = Counter(part for parts in sets for part in parts)
    return {
        part: 0 if part in EMPTY else (len(sets) // count).bit_length()
        for part, count in counts.items()
    }


def shared_words(text: str, other: str) -> tuple[str, ...]:
    """The words of a text that stand in the other too, joined where they touch, longest first."""
    known = parts_of(other) - EMPTY
    spans: list[list[int]] = []
    for part, start in _placed(text):
        if part not in known:
            continue
        if spans and start <= spans[-1][1] and not part.isascii():
            spans[-1][1] = start + len(part)
        else:
            spans.append([start, start + len(part)])
    words = dict.fromkeys(text[start:end].lower() for start, end in spans)
    return tuple(sorted(words, key=lambda word: (-len(word), word)))
