"""Indicators that would suit a project that is being written, each with the reasons.

From the library by functional class and words, from similar closed projects by what they used.
The same question has the same answer everywhere: nothing is learnt, nothing is asked elsewhere.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from gongzhi.core.goals.aspects import Aspect
from gongzhi.core.goals.drafts import DraftIndicator, Past
from gongzhi.core.goals.lessons import (
    ClosedProject,
    Similar,
    same_class,
    same_words,
    similar,
)
from gongzhi.core.goals.library import CLASS_DIGITS, LibraryIndicator
from gongzhi.core.goals.likeness import parts_of, shared_words, weights_of
from gongzhi.core.indicators.canonical import canonical, says_nothing
from gongzhi.core.indicators.reach import plain
from gongzhi.core.terms import Said, SaidValues

# Points of a suggestion; only their order matters. A class outweighs three telling words.
OF_ITS_CLASS, FOR_EVERY_CLASS, FILLS_A_GAP, USED_BEFORE = 12, 2, 4, 10
ONE_MORE_OF_A_KIND = 2
WORDS_MAX = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """An indicator ready to be taken over, its points, its reasons and where it is from.

    shared are the words that it has in common with what was asked; entry is the library's,
    project the closed project's: exactly one of the two is there.
    """

    indicator: DraftIndicator
    points: int
    reasons: tuple[Said, ...]
    shared: tuple[str, ...] = ()
    entry: LibraryIndicator | None = None
    project: ClosedProject | None = None


def suggest(
    *,
    words: str,
    functional: str,
    library: Iterable[LibraryIndicator],
    past: Iterable[ClosedProject] = (),
    have: Iterable[DraftIndicator] = (),
) -> tuple[Suggestion, ...]:
    """What suits, best first; nothing that is there already, nothing without a reason.

    words are the project's name and goal, functional its class with 3 to 7 digits ("" is unknown);
    kinds of indicators that `have` lacks come earlier.
    """
    written = tuple(have)
    names = {canonical(each.name) for each in written}
    codes = {each.library for each in written}
    covered = frozenset(each.aspect for each in written if each.aspect is not None)
    entries = tuple(entry for entry in library if entry.code not in codes)
    found = [
        *_from_library(entries, words=words, functional=functional, covered=covered),
        *_from_past(similar(words=words, functional=functional, closed=past), covered=covered),
    ]
    ranked = sorted(found, key=lambda each: (-each.points, each.entry is None, _name(each)))
    return tuple(_mixed(_without_doubles(ranked, names)))


def taken_over(entry: LibraryIndicator) -> DraftIndicator:
    """An entry of the library as a line of a goal; target and evidence are its examples."""
    return DraftIndicator(
        name=entry.name.zh,
        level1=entry.aspect.level1,
        level2=entry.aspect.level2,
        target=entry.example,
        measure=entry.unit.zh,
        less_is_better=entry.less_is_better,
        measured=entry.measured,
        source=entry.source.zh,
        evidence=entry.evidence.zh,
        library=entry.code,
    )


def _from_library(
    entries: tuple[LibraryIndicator, ...],
    *,
    words: str,
    functional: str,
    covered: frozenset[Aspect],
) -> Iterator[Suggestion]:
    texts = tuple(text_of(entry) for entry in entries)
    weights, asked = _weights(texts), parts_of(words)
    for entry, text in zip(entries, texts, strict=True):
        common = shared_words(words, text)
        told = sum(weights[part] for part in sorted(asked & parts_of(text)))
        points, reasons = min(told, WORDS_MAX), [same_words(common)] if common else []
        if entry.suits(functional):
            points += OF_ITS_CLASS
            reasons.insert(0, same_class(functional[:CLASS_DIGITS]))
        elif entry.is_general:
            points += FOR_EVERY_CLASS
            reasons.append(Said("各类项目通用"))
        elif not told:
            continue
        yield _with_gap(
            Suggestion(
                indicator=taken_over(entry),
                points=points,
                reasons=tuple(reasons),
                shared=common,
                entry=entry,
            ),
            covered,
        )


def text_of(entry: LibraryIndicator) -> str:
    """The words by which an entry is found, in both languages."""
    return " ".join((entry.name.zh, *entry.also, *entry.seen_as, entry.name.en))


@lru_cache(maxsize=8)
def _weights(texts: tuple[str, ...]) -> Mapping[str, int]:
    return weights_of(texts)


def _from_past(
    projects: tuple[Similar, ...], *, covered: frozenset[Aspect]
) -> Iterator[Suggestion]:
    for near in projects:
        for indicator in near.project.indicators:
            if says_nothing(indicator.name):
                continue
            points = round(USED_BEFORE * near.nearness) + FOR_EVERY_CLASS
            suggestion = Suggestion(
                indicator=replace(indicator, weight=None, key="", leads_to=()),
                points=points,
                reasons=(_used(near.project, indicator), *near.reasons),
                project=near.project,
            )
            yield _with_gap(suggestion, covered)


def _used(project: ClosedProject, indicator: DraftIndicator) -> Said:
    values: SaidValues = {"project": project.name, "year": str(project.year)}
    last = max(indicator.history, default=Past(year=project.year))
    if last.target is None or last.result is None:
        return Said("“{project}”（{year} 年）用过", values)
    values |= {"target": plain(last.target), "result": plain(last.result)}
    return Said("“{project}”（{year} 年）用过：目标 {target}，实际 {result}", values)


def _with_gap(suggestion: Suggestion, covered: frozenset[Aspect]) -> Suggestion:
    """A kind of indicator that the goal still lacks is worth more, once it has begun."""
    aspect = suggestion.indicator.aspect
    if not covered or aspect is None or aspect in covered:
        return suggestion
    missing = Said("还没有{heading}", {"heading": Said(aspect.level2)})
    return replace(
        suggestion,
        points=suggestion.points + FILLS_A_GAP,
        reasons=(*suggestion.reasons, missing),
    )


def _without_doubles(ranked: Iterable[Suggestion], names: set[str]) -> Iterator[Suggestion]:
    """Each name once; what stands on the goal already not at all."""
    for each in ranked:
        name = canonical(_name(each))
        if name and name not in names:
            names.add(name)
            yield each


def _mixed(ranked: Iterable[Suggestion]) -> list[Suggestion]:
    """Not ten quantities before the first effect: each one more of a kind stands further back."""
    counts: Counter[Aspect | None] = Counter()
    placed: list[tuple[int, int, Suggestion]] = []
    for each in ranked:
        aspect = each.indicator.aspect
        placed.append((ONE_MORE_OF_A_KIND * counts[aspect] - each.points, len(placed), each))
        counts[aspect] += 1
    return [each for _, _, each in sorted(placed, key=lambda place: place[:2])]


def _name(suggestion: Suggestion) -> str:
    return suggestion.indicator.name
