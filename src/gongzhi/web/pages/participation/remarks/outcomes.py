"""What became of remarks, for everybody: by outcome and by office, months that are over alone.

A count told day by day would tell when a single remark came; so the month that runs is left out.
"""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongzhi.forum.models import Remark
from gongzhi.forum.remark_figures import figures_until
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.clauses import clauses_shown
from gongzhi.web.here import about
from gongzhi.web.pages.participation.remarks.writing import limits


@require_safe
def outcomes(request: MemberRequest) -> HttpResponse:
    """The figures until the end of last month."""
    about(request)
    until = business_date().replace(day=1)
    figures = figures_until(until, least=limits().least_people)
    names = dict(Remark.Outcome.choices)
    context: dict[str, Any] = {
        "until": until,
        "least": limits().least_people,
        "figures": figures,
        "outcomes": [(names[code], count) for code, count in figures.outcomes.items()],
        "offices": figures.offices,
        "clauses": clauses_shown({"5.3"}),
    }
    return render(request, "pages/participation/remarks/outcomes.html", context)
