"""A map of opinions in words and figures, as its page shows it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from gongzhi.core.balance.opinions.showing import THOUSAND, group_of, place_of
from gongzhi.core.charter import Member, PartyKind
from gongzhi.core.terms import Said
from gongzhi.forum.models import OpinionMap
from gongzhi.forum.tallies import stances_of
from gongzhi.parties.people import counts_as
from gongzhi.rules.balance.groups import group_rules
from gongzhi.rules.participation.topics import topic_rules
from gongzhi.web.frame import said
from gongzhi.web.shown import Cell, Chart, Column, Table

LISTED = 5
HUNDRED = 100
LOOKS = (
    ("circle", "@indigo"),
    ("diamond", "@amber"),
    ("triangle", "@pine"),
    ("rect", "@vermilion"),
    ("roundRect", "@slate"),
)
BY_COUNT, LARGEST = 8, 48  # the area of a point follows how many they are


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A statement with what is said of it: its words, whether it is agreed with, its figures."""

    text: str
    figures: str
    agrees: bool = True
    shares: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownGroup:
    """A group: its name, how many, and what it says otherwise than the others."""

    name: str
    size: int
    look: int
    lines: tuple[Line, ...]
    minority: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownMap:
    """The map in words: sentences, groups, what unites, what all reject, what divides."""

    sentences: tuple[str, ...]
    groups: tuple[ShownGroup, ...]
    united: tuple[Line, ...]
    rejected: tuple[Line, ...]
    divided: tuple[Line, ...]
    minority: tuple[tuple[ShownGroup, Line], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPlace:
    """Where the reader stands, by their own stances; only they see it."""

    x: float
    y: float
    name: str


def shown_of(drawn: OpinionMap, texts: Mapping[str, str]) -> ShownMap:
    """The map with the words of those statements that are shown still."""
    told: Mapping[str, Any] = drawn.shown
    words = {at: texts[key] for at, key in enumerate(told["statements"]) if key in texts}
    groups = tuple(
        ShownGroup(
            name=_name(number),
            size=group["size"],
            look=number,
            lines=tuple(_leanings(group["representative"], words)),
            minority=tuple(_leanings(group["minority"], words)),
        )
        for number, group in enumerate(told["groups"])
    )
    return ShownMap(
        sentences=tuple(said(each) for each in _sentences(told, drawn_on=drawn.drawn_on)),
        groups=groups,
        united=tuple(_held(told["united"], words, count=len(groups)))[:LISTED],
        rejected=tuple(_held(told["rejected"], words, count=len(groups)))[:LISTED],
        divided=tuple(_held(told["divided"], words, count=len(groups)))[:LISTED],
        minority=tuple((group, line) for group in groups for line in group.minority),
    )


def own_place(member: Member, drawn: OpinionMap) -> OwnPlace | None:
    """Where a citizen stands who took a stance on what is in the map; None for anybody else."""
    if member.kind is not PartyKind.CITIZEN or member.person is None:
        return None
    keys: list[str] = drawn.shown["statements"]
    column = {UUID(key): at for at, key in enumerate(keys)}
    mine = stances_of(UUID(counts_as(member)), list(column))
    if not mine:
        return None
    place = place_of(
        {column[pk]: int(value) for pk, value in mine.items()},
        axes=drawn.plane["axes"],
        means=drawn.plane["means"],
    )
    middles = [group["middle"] for group in drawn.shown["groups"]]
    name = _name(group_of(place, middles=middles)) if middles else ""
    return OwnPlace(x=place[0], y=place[1], name=name)


def map_chart(drawn: OpinionMap, *, own: OwnPlace | None) -> Chart:
    """The map: points of several people each, by group; one's own place to oneself."""
    told: Mapping[str, Any] = drawn.shown
    many = len(told["groups"]) > 1
    names = [_name(number) for number in range(len(told["groups"]))] if many else [_("参加的人")]
    series = [_series(number, name, told["handfuls"]) for number, name in enumerate(names)]
    if own is not None:
        series.append(_own(own))
    axis = {
        "type": "value",
        "scale": True,
        "axisLabel": {"show": False},
        "axisTick": {"show": False},
        "splitLine": {"show": False},
    }
    return Chart(
        name="opinions",
        title=_("共识地图"),
        sentence=_("离得近的人态度相近。一个点是同组相邻的几个人，不到 {least} 人不成点。").format(
            least=topic_rules(on=drawn.drawn_on).shown_from
        ),
        option={
            "grid": {"left": 16, "right": 16, "top": 48, "bottom": 16},
            "legend": {"top": 0, "left": 0},
            "tooltip": {"trigger": "item", "formatter": "{b}"},
            "xAxis": axis,
            "yAxis": axis,
            "series": series,
        },
        table=_table(told["handfuls"], names),
        height="tall",
    )


def _sentences(told: Mapping[str, Any], *, drawn_on: date) -> Iterator[Said]:
    yield Said(
        "{people} 人对 {statements} 条观点表态 {stances} 次；{inside} 人表态够多，进入分组",
        {
            "people": told["participants"],
            "statements": len(told["statements"]),
            "stances": told["stances"],
            "inside": told["inside"],
        },
    )
    if told["why_none"]:
        yield Said(told["why_none"])
        return
    sizes = " / ".join(str(group["size"]) for group in told["groups"])
    yield Said("分成 {count} 组，人数：{sizes}", {"count": len(told["groups"]), "sizes": sizes})
    yield Said(
        "轮廓系数 {silhouette}（1 为界限分明）；稳定度 {stability}（1 为换些人参加也不变）",
        {"silhouette": _two(told["silhouette"]), "stability": _two(told["stability"])},
    )
    if told["stability"] < group_rules(on=drawn_on).stable_from * THOUSAND:
        yield Said("分组不稳定：换一些人参加，分法可能不同，只能作参考")


def _leanings(given: Iterable[Mapping[str, Any]], words: Mapping[int, str]) -> Iterator[Line]:
    for each in given:
        if each["statement"] in words:
            yield Line(
                text=words[each["statement"]],
                agrees=each["agrees"],
                figures=_("{count} / {seen} 人（其他人 {others}）").format(
                    count=each["count"], seen=each["seen"], others=_percent(each["others"])
                ),
            )


def _held(
    given: Iterable[Mapping[str, Any]], words: Mapping[int, str], *, count: int
) -> Iterator[Line]:
    for each in given:
        if each["statement"] in words:
            shares = [_percent(share) for share in each["shares"]]
            names = [_name(number) for number in range(count)] or [_("参加的人")]
            yield Line(
                text=words[each["statement"]],
                figures=_percent(each["value"]),
                shares=tuple(zip(names, shares, strict=True)),
            )


def _series(number: int, name: str, handfuls: Iterable[list[int]]) -> dict[str, object]:
    symbol, colour = LOOKS[number % len(LOOKS)]
    return {
        "name": name,
        "type": "scatter",
        "symbol": symbol,
        "itemStyle": {"color": colour, "opacity": 0.8},
        "data": [
            {
                "name": _("{name}，{count} 人").format(name=name, count=count),
                "value": [x / THOUSAND, y / THOUSAND],
                "symbolSize": min(LARGEST, round(BY_COUNT * count**0.5)),
            }
            for group, x, y, count in handfuls
            if group == number
        ],
    }


def _own(own: OwnPlace) -> dict[str, object]:
    name = _("我的位置")
    return {
        "name": name,
        "type": "scatter",
        "symbol": "pin",
        "symbolSize": 36,
        "itemStyle": {"color": "@ink"},
        "data": [{"name": name, "value": [round(own.x, 3), round(own.y, 3)]}],
    }


def _table(handfuls: Iterable[list[int]], names: list[str]) -> Table:
    return Table(
        caption=_("地图上的点"),
        columns=(
            Column(name=_("组")),
            Column(name=_("人数"), numeric=True),
            Column(name=_("横向"), numeric=True),
            Column(name=_("纵向"), numeric=True),
        ),
        rows=tuple(
            (
                Cell(text=names[group]),
                Cell(text=str(count), numeric=True),
                Cell(text=f"{x / THOUSAND:.2f}", numeric=True),
                Cell(text=f"{y / THOUSAND:.2f}", numeric=True),
            )
            for group, x, y, count in handfuls
        ),
    )


def _name(number: int) -> str:
    return _("第 {number} 组").format(number=number + 1)


def _percent(thousandths: int) -> str:
    return f"{thousandths * HUNDRED / THOUSAND:.0f}%"


def _two(thousandths: int) -> Decimal:
    return Decimal(f"{thousandths / THOUSAND:.2f}")
