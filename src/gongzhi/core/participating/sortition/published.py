"""A draw as it is published: pool, quotas, lottery and seed in one file, and doing it again.

The file names nobody: volunteers have codes. What stands in it before the draw (everything but the
seed and who was drawn) is promised to the log by its digest when the pool closes.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from gongzhi.core.participating.sortition.asking import Group, Quota, Sought, Volunteer, groups_of
from gongzhi.core.participating.sortition.drawing import Drawn, draw
from gongzhi.core.participating.sortition.lottery import (
    Drawable,
    Lottery,
    fairest_lottery,
    faults_of,
)
from gongzhi.core.sealed import Sealable, canonical, digest
from gongzhi.core.terms import Said

FORMAT = "gongzhi-panel-draw/1"
TIME_LIMIT = "leximin-time-limit"  # `method`, where time ran out; without one it is LEXIMIN
PEOPLE_MAX, QUOTAS_MAX, DRAWABLES_MAX, TEXT_MAX = 100_000, 1000, 10_000, 200
# Another version of the solver may find chances that differ by rounding, no more.
ROUNDING = Fraction(1, 10_000)
OTHER_PANEL = Said("按文件里的种子重抽，抽中的人与文件写的不同")
OTHER_RESERVE = Said("按文件里的种子重抽，候补的次序与文件写的不同")
OTHER_GROUPS = Said("分布里的各组与报名名单不符")
TWICE = Said("报名名单里的编号有重复")
UNFAIR = Said("有人入选的机会可以更均等：应为 {should}，分布给出 {gives}")


class UnreadableError(Exception):
    """The file isn't a published draw; what is wrong, and where."""

    def __init__(self, said: Said) -> None:
        super().__init__(said.text)
        self.said = said


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A published draw; seed and drawn are there once it was held."""

    thing: str
    sought: Sought
    volunteers: tuple[Volunteer, ...]
    lottery: Lottery
    seed: str = ""
    panel: tuple[str, ...] = ()
    reserve: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """What the log was promised when the pool closed."""
        return digest(canonical(before_the_draw(self)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Redone:
    """A draw done again: who is drawn, and what doesn't agree with the file."""

    drawn: Drawn | None
    faults: tuple[Said, ...]


def before_the_draw(draw: Published) -> dict[str, Sealable]:
    """What is known when the pool closes."""
    features = draw.sought.features
    method = {} if draw.lottery.finished else {"method": TIME_LIMIT}
    return {
        "format": FORMAT,
        **method,
        "thing": draw.thing,
        "size": draw.sought.size,
        "quotas": [
            {"feature": q.feature, "value": q.value, "least": q.least, "most": q.most}
            for q in draw.sought.quotas
        ],
        "volunteers": [
            {"code": each.code, "features": dict(each.features)} for each in draw.volunteers
        ],
        "features": list(features),
        "groups": [
            {"values": list(group.features), "count": group.count} for group in draw.lottery.groups
        ],
        "lottery": [
            {"tickets": each.tickets, "counts": list(each.composition)}
            for each in draw.lottery.drawables
        ],
    }


def written(draw: Published) -> dict[str, Sealable]:
    """The whole file."""
    held: dict[str, Sealable] = (
        {"seed": draw.seed, "panel": list(draw.panel), "reserve": list(draw.reserve)}
        if draw.seed
        else {}
    )
    return {**before_the_draw(draw), "digest": draw.digest, **held}


def redo(draw_before: Published, *, seed: str = "") -> Redone:
    """Do a published draw again by its seed, or by another, and hold the file against it."""
    faults = _faults_before(draw_before)
    by_seed = seed or draw_before.seed
    if faults or not by_seed:
        return Redone(drawn=None, faults=faults)
    drawn = draw(
        draw_before.volunteers,
        draw_before.lottery,
        sought=draw_before.sought,
        seed=by_seed,
        thing=draw_before.thing,
    )
    if draw_before.seed and not seed:
        if tuple(sorted(draw_before.panel)) != drawn.panel:
            faults += (OTHER_PANEL,)
        if draw_before.reserve != drawn.reserve:
            faults += (OTHER_RESERVE,)
    return Redone(drawn=drawn, faults=faults)


def why_unfair(draw: Published) -> Said | None:
    """Whether the chances could be more equal; the lottery has to be without faults."""
    fair = sorted(_all_chances(fairest_lottery(draw.volunteers, sought=draw.sought)))
    given = sorted(_all_chances(draw.lottery))
    for should, gives in zip(fair, given, strict=True):
        if abs(should - gives) > ROUNDING:
            told = {"should": f"{float(should):.4f}", "gives": f"{float(gives):.4f}"}
            return Said(UNFAIR.text, {**told})
    return None


def _all_chances(lottery: Lottery) -> list[Fraction]:
    chances = zip(lottery.chances(), lottery.groups, strict=True)
    return [chance for chance, group in chances for _ in range(group.count)]


def _faults_before(draw: Published) -> tuple[Said, ...]:
    faults: tuple[Said, ...] = ()
    if max(Counter(each.code for each in draw.volunteers).values(), default=0) > 1:
        faults += (TWICE,)
    if draw.lottery.groups != groups_of(draw.volunteers, sought=draw.sought):
        return (*faults, OTHER_GROUPS)
    return faults + faults_of(draw.lottery, sought=draw.sought)


# ── reading what somebody hands in ──


def read(data: object) -> Published:
    """The draw that a file holds; raises UnreadableError, saying what is wrong where."""
    if not isinstance(data, Mapping) or data.get("format") != FORMAT:
        raise UnreadableError(
            Said("不是抽选代表的公开文件（format 应为 {format}）", {"format": FORMAT})
        )
    quotas = tuple(_quota(each, at) for at, each in _rows(data, "quotas", most=QUOTAS_MAX))
    people = tuple(_volunteer(each, at) for at, each in _rows(data, "volunteers", most=PEOPLE_MAX))
    groups = tuple(_group(each, at) for at, each in _rows(data, "groups", most=PEOPLE_MAX))
    drawables = tuple(
        _drawable(each, at) for at, each in _rows(data, "lottery", most=DRAWABLES_MAX)
    )
    return Published(
        thing=_text(data, "thing", "thing"),
        sought=Sought(size=_number(data, "size", "size"), quotas=quotas),
        volunteers=people,
        lottery=Lottery(groups=groups, drawables=drawables, finished=_is_finished(data)),
        seed=_text(data, "seed", "seed") if "seed" in data else "",
        panel=_codes(data, "panel"),
        reserve=_codes(data, "reserve"),
    )


def _is_finished(data: Mapping[str, Any]) -> bool:
    if data.get("method", TIME_LIMIT) != TIME_LIMIT:
        raise _wrong("method")
    return "method" not in data


def _quota(given: Mapping[str, Any], at: str) -> Quota:
    return Quota(
        feature=_text(given, "feature", at),
        value=_text(given, "value", at),
        least=_number(given, "least", at),
        most=_number(given, "most", at),
    )


def _volunteer(given: Mapping[str, Any], at: str) -> Volunteer:
    features = given.get("features")
    if not isinstance(features, Mapping) or not all(map(_is_text, [*features, *features.values()])):
        raise _wrong(f"{at}.features")
    return Volunteer(code=_text(given, "code", at), features=dict(features))


def _group(given: Mapping[str, Any], at: str) -> Group:
    values = given.get("values")
    if not isinstance(values, list) or not all(map(_is_text, values)):
        raise _wrong(f"{at}.values")
    return Group(features=tuple(values), count=_number(given, "count", at))


def _drawable(given: Mapping[str, Any], at: str) -> Drawable:
    counts = given.get("counts")
    if not isinstance(counts, list) or not all(map(_is_number, counts)):
        raise _wrong(f"{at}.counts")
    return Drawable(composition=tuple(counts), tickets=_number(given, "tickets", at))


def _rows(data: Mapping[str, Any], name: str, *, most: int) -> list[tuple[str, Mapping[str, Any]]]:
    rows = data.get(name)
    if not isinstance(rows, list) or len(rows) > most:
        raise _wrong(name)
    for at, each in enumerate(rows):
        if not isinstance(each, Mapping):
            raise _wrong(f"{name}[{at}]")
    return [(f"{name}[{at}]", each) for at, each in enumerate(rows)]


def _codes(data: Mapping[str, Any], name: str) -> tuple[str, ...]:
    codes = data.get(name, [])
    if not isinstance(codes, list) or len(codes) > PEOPLE_MAX or not all(map(_is_text, codes)):
        raise _wrong(name)
    return tuple(codes)


def _text(given: Mapping[str, Any], name: str, at: str) -> str:
    value = given.get(name)
    if not isinstance(value, str) or not value or not _is_text(value):
        raise _wrong(at if at == name else f"{at}.{name}")
    return value


def _number(given: Mapping[str, Any], name: str, at: str) -> int:
    value = given.get(name)
    if not isinstance(value, int) or not _is_number(value):
        raise _wrong(at if at == name else f"{at}.{name}")
    return value


def _is_text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= TEXT_MAX


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 10**9


def _wrong(at: str) -> UnreadableError:
    return UnreadableError(Said("文件里的 {at} 缺少或者写得不对", {"at": at}))
