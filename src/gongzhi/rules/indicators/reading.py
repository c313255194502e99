"""Reads classes.toml and <class>/<name>.toml; a bad file is refused with file, line and reason.

The folder is the class that an indicator was written for, `any` where it suits every class; the
code is folder and name of the file.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from gongzhi.core.goals.aspects import Aspect
from gongzhi.core.goals.drafts import Measured
from gongzhi.core.goals.library import Basis, LibraryIndicator, Typical
from gongzhi.core.indicators import KINDS
from gongzhi.core.monitoring.plan import Course
from gongzhi.core.terms import Text
from gongzhi.rules.entry import BadRules, Entry, read_rules

ROOM = Path(__file__).parent
CLASSES = "classes.toml"
ANY = "any"
MORE, LESS = "more", "less"
KIND_NAMES = frozenset(kind.name for kind in KINDS)
LEVEL2 = {aspect.level2: aspect for aspect in Aspect}


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionalClass:
    """A class of 支出功能分类; those that only move money have no indicators of their own."""

    code: str
    name: Text
    has_indicators: bool


@cache
def load_classes() -> Mapping[str, FunctionalClass]:
    """The functional classes by code."""
    top = read_rules(ROOM / CLASSES)
    classes = top.tables_by("class", name="code", read=_class)
    top.finish()
    return classes


def _class(entry: Entry) -> FunctionalClass:
    return FunctionalClass(
        code=entry.text("code"),
        name=entry.both("name"),
        has_indicators=entry.truth("has_indicators"),
    )


@cache
def load_library() -> Mapping[str, LibraryIndicator]:
    """Every indicator by its code, class by class."""
    found = (read_indicator(path) for path in sorted(ROOM.glob("*/*.toml")))
    return {indicator.code: indicator for indicator in found}


def read_indicator(path: Path) -> LibraryIndicator:
    """One file; raises BadRules where it is incomplete or contradicts itself."""
    top = read_rules(path)
    indicator = LibraryIndicator(
        code=_code(top, path),
        name=top.both("name"),
        aspect=_aspect(top),
        classes=_classes(top, path.parent.name),
        kind=top.one_of("kind", KIND_NAMES),
        course=Course(top.one_of("course", list(Course))),
        unit=top.both("unit"),
        less_is_better=top.one_of("direction", (MORE, LESS)) == LESS,
        measured=Measured(top.one_of("measured", list(Measured))),
        example=top.text("example"),
        why=top.both("why"),
        formula=top.both("formula"),
        source=top.both("source"),
        evidence=top.both("evidence"),
        good=top.both("good"),
        bad=top.both("bad"),
        typical=tuple(_typical(entry) for entry in top.tables("typical")),
        also=top.names("also"),
        seen_as=top.names("seen_as"),
        checked_by=top.text_or_nothing("checked_by"),
        next_review_on=top.day("next_review_on"),
    )
    top.finish()
    return indicator


def _code(top: Entry, path: Path) -> str:
    code, wanted = top.text("code"), f"{path.parent.name}-{path.stem}"
    if code != wanted:
        raise top.fail("code", "{key} 应与文件夹和文件同名：{name}", {"name": wanted})
    return code


def _aspect(top: Entry) -> Aspect:
    level1, level2 = top.text("level1"), top.one_of("level2", LEVEL2)
    aspect = LEVEL2[level2]
    if level1 != aspect.level1:
        told = {"level1": aspect.level1, "level2": level2}
        raise top.fail("level1", "{level2}属于{level1}", {**told})
    return aspect


def _classes(top: Entry, folder: str) -> tuple[str, ...]:
    """The folder's class and those that the file names besides; none in the folder `any`."""
    classes, known = top.names("classes"), load_classes()
    strange = [code for code in classes if code not in known]
    if strange:
        raise top.fail("classes", "没有功能分类 {code}", {"code": strange[0]})
    if folder == ANY and classes:
        raise top.fail("classes", "通用指标的 {key} 应为空")
    if folder != ANY and classes[:1] != (folder,):
        raise top.fail("classes", "{key} 应以文件夹 {folder} 开头", {"folder": folder})
    return classes


def _typical(entry: Entry) -> Typical:
    typical = Typical(
        low=entry.number("low") if entry.has("low") else None,
        high=entry.number("high") if entry.has("high") else None,
        words=entry.both("words") if entry.has("words") else None,
        basis=Basis(entry.one_of("basis", list(Basis))),
        verified=entry.truth("verified"),
    )
    entry.finish()
    low, high = typical.low, typical.high
    if typical.words is None and low is None and high is None:
        raise entry.fail("low", "缺少 low、high 或 words")
    if low is not None and high is not None and low > high:
        raise entry.fail("high", "{key} 小于 low")
    return typical


__all__ = ["BadRules", "FunctionalClass", "load_classes", "load_library", "read_indicator"]
