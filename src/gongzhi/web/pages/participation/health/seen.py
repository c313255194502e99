"""How participation fares, as pages show it: lines of numbers, each with the list behind it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from gongzhi.core.charter import VISITOR
from gongzhi.core.participating.health import (
    COLUMNS,
    Asked,
    AskedKind,
    Fate,
    Health,
    health,
    health_by,
)
from gongzhi.core.terms import Said
from gongzhi.cycle.units_having import names_of
from gongzhi.forum.models import Process
from gongzhi.web.shown import Bar, Count

FULL = 100
COLUMN_NAMES: Mapping[str, Said] = {
    "asked": Said("提出的"),
    "answered": Said("有答复"),
    "in_time": Said("按期答复"),
    "late": Said("逾期才答复"),
    "adopted": Said("采纳的"),
    "changed": Said("改了数字的"),
    "refused": Said("说明理由不采纳"),
    "gave_up": Said("没有下文"),
    "open": Said("等候中"),
}
KIND_NAMES: Mapping[AskedKind, Said] = {
    AskedKind.VOICE: Said("需求、建议和修改意见"),
    AskedKind.OPINION: Said("抽选代表的意见"),
    AskedKind.TASK: Said("会议交办的事项"),
    AskedKind.STATEMENT: Said("议题下的观点"),
    AskedKind.SURVEY: Said("已公布问卷的回答"),
    AskedKind.MEETING_SEAT: Said("会议席位"),
    AskedKind.PANEL_SEAT: Said("抽中的代表席位"),
}
FATE_NAMES: Mapping[Fate, Said] = {
    Fate.OPEN: Said("等候中"),
    Fate.ADOPTED: Said("采纳的"),
    Fate.PARTLY: Said("部分采纳"),
    Fate.REFUSED: Said("说明理由不采纳"),
    Fate.DONE: Said("已办理"),
    Fate.WITHDRAWN: Said("撤回、谢绝或者没有来"),
    Fate.MERGED: Said("并入别的意见"),
    Fate.UNHEARD: Said("到结束没有答复"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A part with its numbers in the order of COLUMNS; how much of it was answered as a bar."""

    key: str
    name: str | Said
    counts: tuple[Count, ...]
    bar: Bar
    address: str = ""

    @property
    def is_said(self) -> bool:
        """Whether the name is the platform's own words."""
        return isinstance(self.name, Said)


def whole(asked: Sequence[Asked], *, year: int) -> tuple[Count, ...]:
    """All together, with the lists behind them."""
    return _leading(health(asked), year=year, part={})


def by_kind(asked: Sequence[Asked], *, year: int) -> list[Line]:
    """Each way of taking part."""
    parts = health_by(asked, lambda each: each.kind)
    longest = _most(parts.values())
    return [
        Line(
            key=kind,
            name=KIND_NAMES[kind],
            counts=_leading(counted, year=year, part={"kind": kind}),
            bar=_bar(counted, longest=longest),
        )
        for kind, counted in parts.items()
    ]


def by_office(asked: Sequence[Asked], *, year: int) -> list[Line]:
    """Each organisation that answers."""
    parts = health_by(asked, lambda each: each.office)
    names = names_of([UUID(each) for each in parts])
    longest = _most(parts.values())
    return [
        Line(
            key=office,
            name=names[UUID(office)],
            counts=_leading(counted, year=year, part={"office": office}),
            bar=_bar(counted, longest=longest),
            address=reverse("organisation", args=[office]),
        )
        for office, counted in parts.items()
    ]


def by_process(asked: Sequence[Asked], *, year: int) -> list[Line]:
    """Each process that everybody may read."""
    parts = health_by([each for each in asked if each.process], lambda each: each.process)
    known = Process.objects.visible_to(VISITOR).in_bulk([UUID(each) for each in parts])
    longest = _most(parts.values())
    return [
        Line(
            key=process,
            name=known[UUID(process)].title,
            counts=_leading(counted, year=year, part={"process": process}),
            bar=_bar(counted, longest=longest),
            address=reverse("process", args=[process]),
        )
        for process, counted in parts.items()
        if UUID(process) in known
    ]


def _leading(counted: Health, *, year: int, part: Mapping[str, str]) -> tuple[Count, ...]:
    """The numbers, each with the address of what stands behind it."""
    page = reverse("participation-asked")
    return tuple(
        Count(
            number=counted[name],
            address=f"{page}?{urlencode({'year': year, **part, 'column': name})}",
        )
        for name in COLUMNS
    )


def _most(parts: Iterable[Health]) -> int:
    return max((each["asked"] for each in parts), default=0)


def _bar(counted: Health, *, longest: int) -> Bar:
    """As long as much was asked, filled as far as it was answered."""
    return Bar(
        kind="money",
        filled=round(FULL * counted["answered"] / longest, 1),
        whole=round(FULL * counted["asked"] / longest, 1),
    )
