"""What stands in files and not in tables: the clauses of the charter and the indicator library.

There are a few hundred of them, so that each is looked at.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial

from django.urls import reverse
from django.utils.translation import gettext_noop

from gongzhi.core.charter import Clause
from gongzhi.core.goals.library import LibraryIndicator
from gongzhi.core.terms import Text
from gongzhi.parties.rights import charter_in_force
from gongzhi.rules.indicators import load_library
from gongzhi.web.frame import reader_language
from gongzhi.web.searching.asked import Asked
from gongzhi.web.searching.found import FOUND_MAX, Found, Hit
from gongzhi.web.searching.marking import marked, plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """Something that stands in a file: its key, all that it may be found by, its line."""

    key: str
    names: tuple[str, ...]
    texts: tuple[str, ...]
    line: Callable[[Sequence[str]], Hit]


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """What stands in files of one kind; it is of no year and no unit."""

    name: str
    all: Callable[[], Iterable[Listed]]

    def find(self, asked: Asked) -> Found:
        """The keys of what is asked for: those called so first, then those that speak of it."""
        if asked.year is not None or asked.unit is not None:
            return Found()
        called, told = [], []
        words = [plain(word) for word in asked.words]
        for each in self.all():
            if _holds(each.names, words):
                called.append(each.key)
            elif _holds((*each.names, *each.texts), words):
                told.append(each.key)
        keys = called + told
        return Found(keys=keys[:FOUND_MAX], more=len(keys) > FOUND_MAX)

    def lines(self, keys: Sequence[object], words: Sequence[str]) -> list[Hit]:
        """The lines of some keys, in their order."""
        by_key = {each.key: each for each in self.all()}
        return [by_key[str(key)].line(words) for key in keys]


def _holds(texts: tuple[str, ...], words: Sequence[str]) -> bool:
    whole = _plain(texts)
    return all(word in whole for word in words)


@lru_cache(maxsize=4000)
def _plain(texts: tuple[str, ...]) -> str:
    """The texts of files hardly change between two questions."""
    return plain("\n".join(texts))


def _both(text: Text) -> tuple[str, str]:
    return text.zh, text.en


def _clauses() -> Iterator[Listed]:
    for clause in charter_in_force().clauses.values():
        yield Listed(
            key=clause.number,
            names=(f"§{clause.number}", f"§ {clause.number}", *_both(clause.title)),
            texts=_both(clause.text),
            line=partial(_clause, clause),
        )


def _clause(clause: Clause, words: Sequence[str]) -> Hit:
    language = reader_language()
    return Hit(
        name=marked(clause.title.in_language(language), words),
        address=reverse("clause", args=[clause.number]),
        code=marked(f"§ {clause.number}", words),
        notes=(clause.text,),
        in_chinese=language == "zh",
    )


@cache
def _indicators() -> tuple[Listed, ...]:
    """The library is a file of the program: it is the same for every question."""
    return tuple(
        Listed(
            key=indicator.code,
            names=(indicator.code, *_both(indicator.name), *indicator.seen_as),
            texts=(*_both(indicator.why), *_both(indicator.formula), *indicator.also),
            line=partial(_indicator, indicator),
        )
        for indicator in load_library().values()
    )


def _indicator(indicator: LibraryIndicator, words: Sequence[str]) -> Hit:
    language = reader_language()
    return Hit(
        name=marked(indicator.name.in_language(language), words),
        address=f"{reverse('indicator-library')}#{indicator.code}",
        code=marked(indicator.code, words),
        notes=(indicator.aspect.level2, indicator.why),
        in_chinese=language == "zh",
    )


FILES: Mapping[str, File] = {
    "library": File(name=gettext_noop("指标库"), all=_indicators),
    "clause": File(name=gettext_noop("规则条款"), all=_clauses),
}
