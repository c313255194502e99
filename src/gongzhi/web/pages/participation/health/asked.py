"""What stands behind a number of participation's counts: the things, each with its fate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongzhi.core.charter import VISITOR
from gongzhi.core.participating.health import COLUMNS, AskedKind, Fate
from gongzhi.core.terms import Said
from gongzhi.forum.health import ASKING, asked_things
from gongzhi.forum.models import Process
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Organisation
from gongzhi.trust.identifiers import identifier_in
from gongzhi.web.filters import chosen_in, filter_of, paged
from gongzhi.web.here import about
from gongzhi.web.pages.participation.health.seen import COLUMN_NAMES, FATE_NAMES, KIND_NAMES
from gongzhi.web.places import Place, place_of
from gongzhi.web.shown import Filter

ROWS, YEAR_DIGITS = 50, 4
STATES: Mapping[Fate, str] = {
    Fate.OPEN: "watch",
    Fate.ADOPTED: "kept",
    Fate.PARTLY: "kept",
    Fate.REFUSED: "unknown",
    Fate.DONE: "kept",
    Fate.WITHDRAWN: "unknown",
    Fate.MERGED: "unknown",
    Fate.UNHEARD: "fault",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAsked:
    """A thing, what became of it, and how many of its own it counts for."""

    place: Place
    kind: Said
    fate: Said
    state: str
    number: int


@require_safe
def participation_asked(request: MemberRequest) -> HttpResponse:
    """The things behind a number, of one kind or of all."""
    about(request)
    year = _year(request.GET.get("year", ""))
    filters = _filters(request, year)
    chosen = chosen_in(filters)
    found = asked_things(
        [AskedKind(chosen["kind"])] if chosen["kind"] else list(AskedKind),
        COLUMNS[chosen["column"]],
        year=year,
        office=chosen["office"],
        process=chosen["process"],
    )
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "year": year,
        "filters": filters,
        "page": page,
        "rows": _shown(list(page)),
        "query": paged(request.GET, of="participation-asked"),
    }
    return render(request, "pages/participation/health/asked.html", context)


def _year(asked: str) -> int:
    """The year that was asked for, this one where none was."""
    if not asked:
        return business_date().year
    if not (asked.isascii() and asked.isdecimal() and len(asked) == YEAR_DIGITS):
        raise BadRequest("year")
    return int(asked)


def _filters(request: MemberRequest, year: int) -> tuple[Filter, ...]:
    """What was asked for as a sentence; a unit or a process is there once it was come from."""
    asked = request.GET.dict()
    kinds = {"": _("各种方式"), **{str(kind): _(said.text) for kind, said in KIND_NAMES.items()}}
    columns = {name: _(said.text) for name, said in COLUMN_NAMES.items()}
    offices = Organisation.objects.visible_to(VISITOR)
    processes = Process.objects.visible_to(VISITOR)
    return (
        filter_of(_("年度"), name="year", values={str(year): str(year)}, asked=asked),
        filter_of(_("方式"), name="kind", values=kinds, asked=asked),
        filter_of(_("数字"), name="column", values=columns, asked=asked),
        _one_of(offices, _("单位"), name="office", everywhere=_("任何单位"), asked=asked),
        _one_of(processes, _("过程"), name="process", everywhere=_("任何过程"), asked=asked),
    )


def _one_of(
    rows: Any, label: str, *, name: str, everywhere: str, asked: Mapping[str, str]
) -> Filter:
    """All, or the one that was asked for, if everybody may read it."""
    wanted = identifier_in(asked.get(name, ""))
    row = rows.filter(pk=wanted).first() if wanted else None
    values = {"": everywhere} | ({str(wanted): str(row)} if row else {})
    return filter_of(label, name=name, values=values, asked=asked)


def _shown(rows: Sequence[Mapping[str, Any]]) -> list[ShownAsked]:
    """The things with their places: one query for each kind."""
    wanted: dict[AskedKind, list[Any]] = {}
    for row in rows:
        wanted.setdefault(AskedKind(row["kind_asked"]), []).append(row["whole"])
    known = {kind: _known(ASKING[kind].whole).in_bulk(wholes) for kind, wholes in wanted.items()}
    return [
        ShownAsked(
            place=place_of(known[AskedKind(row["kind_asked"])][row["whole"]]),
            kind=KIND_NAMES[AskedKind(row["kind_asked"])],
            fate=FATE_NAMES[Fate(row["fate"])],
            state=STATES[Fate(row["fate"])],
            number=row["number"],
        )
        for row in rows
    ]


def _known(model: Any) -> Any:
    return model.objects.visible_to(VISITOR).with_facts()
