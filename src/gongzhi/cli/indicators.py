"""`gongzhi indicators`: look through the indicator library, by words, class or code."""

import argparse
import sys
from collections.abc import Iterator, Mapping

from gongzhi.cli.telling import CannotRun, print_object, spoken, worded
from gongzhi.cli.terminal import fitted
from gongzhi.core.goals import Basis, LibraryIndicator, Typical, suggest
from gongzhi.core.goals.library import CLASS_DIGITS
from gongzhi.core.indicators.reach import plain
from gongzhi.core.terms import Said, Text, several
from gongzhi.rules.indicators import load_classes, load_library
from gongzhi.words import LANGUAGES, say, translate

FINE = 0
CODE_COLUMNS, NAME_COLUMNS, KIND_COLUMNS = 34, 40, 24
BASES = {Basis.PUBLISHED_FORMS: "已公开的表中的例子", Basis.OWN_JUDGEMENT: "本库自拟"}
VERIFIED = {True: "已核对", False: "未核对"}


def arguments(parser: argparse.ArgumentParser) -> None:
    """What `indicators` takes."""
    add = parser.add_argument
    add("words", nargs="*", metavar="WORDS", help=worded("要找的词，如项目名称；或指标编码"))
    add("--class", dest="functional", metavar="205", help=worded("只看一个功能分类，三位以上"))
    add("--lang", choices=LANGUAGES, help=worded("结果的语言：zh 中文，en 英文"))
    add("--json", action="store_true", help=worded("输出一个 JSON 对象"))


def run(options: argparse.Namespace) -> int:
    """Print what was found; nothing found is an answer too."""
    language = spoken(options.lang)
    words = " ".join(options.words).strip()
    found = chosen(words, functional=options.functional or "")
    if options.json:
        print_object({"indicators": [as_object(entry, language) for entry in found]})
    elif words in load_library():
        print(*card(found[0], language), sep="\n")
    else:
        print(*listed(found, language), sep="\n")
    sys.stdout.flush()
    return FINE


def chosen(words: str, *, functional: str) -> tuple[LibraryIndicator, ...]:
    """The entry of that code; else what suits the words, of the class where one is named."""
    library = load_library()
    if functional and functional[:CLASS_DIGITS] not in load_classes():
        known = several(load_classes())
        raise CannotRun(
            Said("没有功能分类 {code}；有：{known}", {"code": functional, "known": known})
        )
    if words in library:
        return (library[words],)
    entries = [entry for entry in library.values() if not functional or entry.suits(functional)]
    if not words:
        return tuple(entries)
    found = suggest(words=words, functional="", library=entries)
    return tuple(each.entry for each in found if each.entry is not None and each.shared)


def listed(found: tuple[LibraryIndicator, ...], language: str) -> Iterator[str]:
    """A line for each entry: code, name, kind, an example of a target."""
    for entry in found:
        columns = (
            fitted(entry.code, CODE_COLUMNS),
            fitted(entry.name.in_language(language), NAME_COLUMNS),
            fitted(translate(entry.aspect.level2, language), KIND_COLUMNS),
            entry.example,
        )
        yield " ".join(columns)
    yield say(
        Said("共 {count} 个指标；看一个：gongzhi indicators 编码", {"count": len(found)}), language
    )


def card(entry: LibraryIndicator, language: str) -> Iterator[str]:
    """Everything about one entry."""
    yield f"{entry.name.in_language(language)} · {entry.code}"
    for name, text in rows(entry, language):
        yield f"  {translate(name, language)}: {text}"


def rows(entry: LibraryIndicator, language: str) -> Iterator[tuple[str, str]]:
    """What the card says, by its headings as message ids."""
    texts: Mapping[str, Text] = {
        "为什么": entry.why,
        "计算公式": entry.formula,
        "计量单位": entry.unit,
        "数据来源": entry.source,
        "佐证材料": entry.evidence,
        "写得好": entry.good,
        "写得不好": entry.bad,
    }
    yield (
        "指标类别",
        " · ".join(
            translate(heading, language) for heading in (entry.aspect.level1, entry.aspect.level2)
        ),
    )
    classes = several(entry.classes).in_language(language)
    yield "功能分类", classes or translate("各类项目通用", language)
    for name, text in texts.items():
        yield name, text.in_language(language)
    yield "常见目标值", "；".join(range_text(each, entry, language) for each in entry.typical)
    yield "出处", origin(entry, language)
    yield "核对人", entry.checked_by or translate("还没有人核对", language)
    yield "下次复核", entry.next_review_on.isoformat()


def range_text(typical: Typical, entry: LibraryIndicator, language: str) -> str:
    """A typical range with what it rests on."""
    low, high = typical.low, typical.high
    unit = entry.unit.in_language(language)
    if typical.words is not None:
        range_ = typical.words.in_language(language)
    elif low == high or low is None or high is None:
        sign = "=" if low == high else "≤" if low is None else "≥"
        end = high if low is None else low
        assert end is not None, "a range has an end"
        range_ = f"{sign}{plain(end)}{unit}"
    else:
        range_ = f"{plain(low)}–{plain(high)}{unit}"
    basis = translate(BASES[typical.basis], language)
    return f"{range_} ({basis}, {translate(VERIFIED[typical.verified], language)})"


def origin(entry: LibraryIndicator, language: str) -> str:
    """Whether the entry was met on published forms, and under which names."""
    if not entry.seen_as:
        return translate("本库自拟", language)
    return say(Said("见于已公开的表：{names}", {"names": several(entry.seen_as)}), language)


def as_object(entry: LibraryIndicator, language: str) -> dict[str, object]:
    """An entry for programs; docs/reference/indicators.md names the keys."""
    texts = {
        "name": entry.name,
        "unit": entry.unit,
        "why": entry.why,
        "formula": entry.formula,
        "source": entry.source,
        "evidence": entry.evidence,
        "good": entry.good,
        "bad": entry.bad,
    }
    return {
        "code": entry.code,
        **{key: text.in_language(language) for key, text in texts.items()},
        "level1": entry.aspect.level1,
        "level2": entry.aspect.level2,
        "classes": list(entry.classes),
        "kind": entry.kind,
        "course": entry.course.value,
        "measured": entry.measured.value,
        "less_is_better": entry.less_is_better,
        "example": entry.example,
        "typical": [range_text(each, entry, language) for each in entry.typical],
        "seen_as": list(entry.seen_as),
        "checked_by": entry.checked_by,
        "next_review_on": entry.next_review_on.isoformat(),
    }
