"""How good the forecasts were that could have been made a year ago, month by month."""

from collections.abc import Iterator

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongzhi.core.monitoring import Quality
from gongzhi.core.monitoring.figures import in_percent
from gongzhi.core.monitoring.forecast import in_points
from gongzhi.core.monitoring.plan import MONTHS
from gongzhi.cycle.models import Watched
from gongzhi.cycle.watching import History
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.rules.packs.folders import USUAL
from gongzhi.rules.packs.monitoring import load_monitoring
from gongzhi.web.here import about
from gongzhi.web.shown import Cell, Column, Table

SAMPLE = 1000  # finished years of projects; the page is opened seldom, but by anybody


@require_safe
def forecasts(request: MemberRequest) -> HttpResponse:
    """For each month of last year: how many ends lay in the interval, how far off its middle."""
    about(request)
    year = business_date().year
    rules = load_monitoring(USUAL).forecasting
    readable = Watched.objects.visible_to(request.member)
    history = History.before(year, among=readable, at_most=SAMPLE)
    found = {
        month: quality
        for month in range(1, MONTHS)
        if (quality := history.quality(month=month, rules=rules)) is not None
    }
    context = {
        "year": year - 1,
        "level": in_percent(rules.level),
        "count": max((each.count for each in found.values()), default=0),
        "has_earlier": len(history.before_last) >= rules.least,
        "table": _table(found) if found else None,
    }
    return render(request, "pages/monitoring/forecasts.html", context)


def _table(found: dict[int, Quality]) -> Table:
    return Table(
        caption=_("各月底作的预测，和年底的实际支出"),
        columns=(
            Column(name=_("月底")),
            Column(name=_("年底落在区间内"), numeric=True),
            Column(name=_("平均相差（百分点）"), numeric=True),
            Column(name=_("偏高或偏低（百分点）"), numeric=True),
            Column(name=_("区间平均宽度（百分点）"), numeric=True),
        ),
        rows=tuple(tuple(_cells(month, each)) for month, each in found.items()),
    )


def _cells(month: int, quality: Quality) -> Iterator[Cell]:
    yield Cell(text=str(month))
    yield Cell(text=in_percent(in_points(quality.coverage)), numeric=True)
    for share in (quality.mean_abs_error, quality.bias, quality.width):
        yield Cell(text=f"{share * 100:.1f}", numeric=True)
