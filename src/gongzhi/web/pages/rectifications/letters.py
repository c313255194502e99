"""A letter that told a unit of a result: what it said, what it asked for, how far that got."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongzhi.core.charter import Member
from gongzhi.core.rectifying.letters import LineFound
from gongzhi.cycle.models import Evaluation, Feedback
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.beside import beside
from gongzhi.web.clauses import clause_shown
from gongzhi.web.here import about
from gongzhi.web.official_files import ENDINGS
from gongzhi.web.pages.rectifications.seen import shown_letters
from gongzhi.web.readable import readable_thing
from gongzhi.web.seals import seals_on


def evaluators_of(member: Member, lines: Iterable[LineFound]) -> Mapping[str, str]:
    """Who drew up the sheets that lines of a letter are of."""
    named = {each.evaluation for each in lines if each.evaluation}
    rows = Evaluation.objects.visible_to(member).filter(pk__in=named).select_related("evaluator")
    return {str(row.pk): row.evaluator.name for row in rows}


@require_safe
def feedback(request: MemberRequest, feedback: UUID) -> HttpResponse:
    """A letter, with what it asked for and how far that got."""
    row: Feedback = readable_thing(request, "feedback", feedback)
    side = beside(request.member, row)
    about(request, row, *side.made_here)
    (shown,) = shown_letters(request.member, [row])
    lines = row.found()
    names = evaluators_of(request.member, lines)
    context: dict[str, Any] = {
        "letter": row,
        "asked": shown.asked,
        "lines": [(each, names.get(each.evaluation, "")) for each in lines],
        "are_many": len(names) > 1,
        "clause": clause_shown("4.16"),
        "seals": seals_on([row]),
        "endings": ENDINGS.values(),
        "beside": side,
    }
    return render(request, "pages/rectifications/letter.html", context)
