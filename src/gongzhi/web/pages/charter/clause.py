"""One clause at its permanent address, to be printed and held up."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongzhi.core.charter import Charter, Clause
from gongzhi.parties.adoption import newest_version
from gongzhi.parties.charter_lookup import whole_text
from gongzhi.parties.charters import CharterVersion
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.rights import charter_in_force
from gongzhi.web.differences import compared
from gongzhi.web.frame import reader_language
from gongzhi.web.here import about
from gongzhi.web.pages.charter.entries import entry_of
from gongzhi.web.pages.charter.parts import part_shown
from gongzhi.web.qr_codes import qr_code
from gongzhi.web.shown import Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A version in which a clause came, changed or went, and what changed in its words."""

    version: CharterVersion
    said: str
    changes: tuple[Change, ...] = ()


@require_safe
def clause(request: MemberRequest, number: str) -> HttpResponse:
    """The clause as it is in force here; one that is gone is shown as it last was."""
    charter = charter_in_force()
    found = charter.clauses.get(number) or _gone(request, number)
    if found is None:
        raise Http404
    numbers = list(charter.clauses)
    place = numbers.index(number) if number in charter.clauses else None
    newest = newest_version()
    context = {
        "deeds": about(request, newest) if newest else about(request),
        "charter": charter,
        "clause": found,
        "is_gone": place is None,
        "entry": entry_of(charter, found),
        "part": part_shown(charter, found.part),
        "permanent": _permanent(request, number),
        "qr_code": qr_code(_permanent(request, number)),
        "history": _history(request, number),
        "previous": _beside(charter, place, -1),
        "next": _beside(charter, place, 1),
    }
    return render(request, "pages/charter/clause.html", context)


def _permanent(request: MemberRequest, number: str) -> str:
    return request.build_absolute_uri(reverse("clause", args=[number]))


def _beside(charter: Charter, place: int | None, step: int) -> Clause | None:
    clauses = list(charter.clauses.values())
    if place is None or not 0 <= place + step < len(clauses):
        return None
    return clauses[place + step]


def _texts(request: MemberRequest) -> list[tuple[CharterVersion, Charter]]:
    versions = CharterVersion.objects.visible_to(request.member).order_by("number")
    return [(version, whole_text(version.digest)) for version in versions]


def _gone(request: MemberRequest, number: str) -> Clause | None:
    for _version, charter in reversed(_texts(request)):
        if number in charter.clauses:
            return charter.clauses[number]
    return None


def _history(request: MemberRequest, number: str) -> tuple[Step, ...]:
    """The versions that changed the clause, the newest first; the first one is where it came."""
    steps: list[Step] = []
    before: Clause | None = None
    for version, charter in _texts(request):
        after = charter.clauses.get(number)
        if after is not None and before is None:
            steps.append(Step(version=version, said=_("加入规则")))
        elif after is None and before is not None:
            steps.append(Step(version=version, said=_("取消")))
        elif after is not None and before is not None and after != before:
            steps.append(Step(version=version, said=_("修改"), changes=_changes(before, after)))
        before = after
    return tuple(reversed(steps))


def _changes(before: Clause, after: Clause) -> tuple[Change, ...]:
    language = reader_language()
    return tuple(
        compared(where, old=old.in_language(language), new=new.in_language(language))
        for where, old, new in (
            (_("标题"), before.title, after.title),
            (_("条文"), before.text, after.text),
        )
        if old != new
    )
