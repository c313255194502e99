"""Who does most with what it has: each unit beside the best mixture of all, and its peers."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from gongzhi.connectors.figure_tables import UnitTable, units_in
from gongzhi.core.balance.efficiency import (
    Efficiency,
    Measures,
    Orientation,
    Returns,
    efficiencies,
)
from gongzhi.core.terms import Problem, Said
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.filled import Fault
from gongzhi.web.given_tables import fault_of
from gongzhi.web.limits import ALLOWED
from gongzhi.web.pages.data_compared.asking import TableAsked, answered
from gongzhi.web.pages.data_compared.efficiency_drawing import (
    frontier_chart,
    scores_chart,
    targets_table,
)
from gongzhi.web.pages.data_compared.told_tables import told_tables

EXAMPLE = "hospitals"
UNITS_MAX = 500
MANY = Said("一次最多比较 {most} 个单位；更多的用命令行 gongzhi efficiency")
RETURNS: Mapping[str, Said] = {
    Returns.VARIABLE: Said("和规模相近的比（BCC）"),
    Returns.CONSTANT: Said("不论规模大小（CCR）"),
    Returns.DECREASING: Said("好的做法可以缩小，不能放大（规模报酬不增）"),
    Returns.INCREASING: Said("好的做法可以放大，不能缩小（规模报酬不减）"),
}
ORIENTATIONS: Mapping[str, Said] = {
    Orientation.INPUT: Said("投入能省多少"),
    Orientation.OUTPUT: Said("产出能多多少"),
}


class AskedForm(forms.Form):
    """How to compare; anything else than the known ways is the usual one."""

    returns = forms.ChoiceField(choices=[(each, each) for each in RETURNS], required=False)
    orientation = forms.ChoiceField(choices=[(e, e) for e in ORIENTATIONS], required=False)


@require_http_methods(["GET", "HEAD", "POST"])
def efficiency(request: MemberRequest) -> HttpResponse:
    """The form, with what came of it."""
    return answered(request, act="efficiency", named=EXAMPLE, empty=_page, compared=_compared)


def _asked(request: MemberRequest) -> tuple[Returns, Orientation]:
    form = AskedForm(request.POST if request.method == "POST" else request.GET)
    form.is_valid()
    returns = form.cleaned_data.get("returns") or Returns.VARIABLE
    return Returns(returns), Orientation(form.cleaned_data.get("orientation") or Orientation.INPUT)


def _compared(request: MemberRequest, asked: TableAsked) -> HttpResponse:
    listing = asked.listing
    table = listing if isinstance(listing, Problem) else units_in(listing)
    if isinstance(table, Problem):
        return _page(request, asked, faults=[fault_of(table)])
    if len(table.units) > UNITS_MAX:
        fault = Fault(what=Said(MANY.text, {"most": UNITS_MAX}), field="table")
        return _page(request, asked, faults=[fault])
    returns, orientation = _asked(request)
    measures = Measures(
        inputs=table.inputs, outputs=table.outputs, returns=returns, orientation=orientation
    )
    found = efficiencies(table.units, measures=measures)
    if isinstance(found, Said):
        return _page(request, asked, faults=[Fault(what=found, field="table")])
    return _page(request, asked, result=_result(table, found))


def _result(table: UnitTable, found: tuple[Efficiency, ...]) -> dict[str, Any]:
    in_order = sorted(found, key=lambda each: (each.score, each.name))
    best = [each for each in found if each.on_frontier]
    return {
        "count": len(found),
        "best": best,
        "learning": [each for each in in_order if not each.on_frontier],
        "scores": scores_chart(in_order),
        "frontier": frontier_chart(table, found),
        "targets": targets_table(table, found),
    }


def _page(
    request: MemberRequest,
    asked: TableAsked | None = None,
    *,
    faults: list[Fault] | None = None,
    result: dict[str, Any] | None = None,
) -> HttpResponse:
    returns, orientation = _asked(request)
    context: dict[str, Any] = {
        "faults": faults or [],
        "text": asked.text if asked else "",
        "result": result,
        "returns": RETURNS,
        "orientations": ORIENTATIONS,
        "chosen": {"returns": str(returns), "orientation": str(orientation)},
        "limits": ALLOWED,
        "example": request.method == "GET" and "example" in request.GET,
        "source": asked.told if asked else None,
        "told": told_tables(request.member),
    }
    status = 422 if faults else 200
    return render(request, "pages/data_compared/efficiency.html", context, status=status)
