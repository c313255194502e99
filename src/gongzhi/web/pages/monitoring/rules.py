"""What monitoring looks for, by which thresholds, and where each was read."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from gongzhi.core.monitoring import SIGNALS, Rule, Watch
from gongzhi.core.monitoring.figures import in_percent, shown
from gongzhi.core.monitoring.rules import AMOUNTS
from gongzhi.core.terms import Said
from gongzhi.parties.business_date import business_date
from gongzhi.parties.currency import home_currency
from gongzhi.rules.packs.monitoring import load_monitoring, monitoring_packs
from gongzhi.web.frame import reader_language
from gongzhi.web.here import about
from gongzhi.web.pages.monitoring.seen import Level, level_of
from gongzhi.web.shown import Tab
from gongzhi.words import say

NUMBERS: Mapping[str, str] = {
    "points": gettext_noop("相差"),
    "from_month": gettext_noop("起算月份"),
    "red_below": gettext_noop("红色低于"),
    "yellow_below": gettext_noop("黄色低于"),
    "below": gettext_noop("低于"),
    "from_share": gettext_noop("达到"),
    "months": gettext_noop("月数"),
    "days": gettext_noop("天数"),
    "days_after": gettext_noop("结束后天数"),
    "margin": gettext_noop("余地"),
    "slack": gettext_noop("允许相差"),
    "apart": gettext_noop("读数相差"),
    "amount": gettext_noop("金额"),
    "payments": gettext_noop("笔数"),
    "share": gettext_noop("所占比例"),
    "limit": gettext_noop("限额"),
    "near": gettext_noop("接近限额"),
}
SHARES = ("points", "red_below", "yellow_below", "below", "from_share", "apart", "share", "near")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRule:
    """A signal with the rule that is in force for it; without one it is off."""

    watch: Watch
    rule: Rule | None
    level: Level | None
    thresholds: tuple[str, ...]
    currency: Said
    judges: bool


@require_safe
def monitoring_rules(request: HttpRequest) -> HttpResponse:
    """The signals of a pack: what each sees, its thresholds, its source."""
    about(request)
    names = monitoring_packs()
    pack = request.GET.get("pack", names[0])
    if pack not in names:
        raise BadRequest
    rules = load_monitoring(pack)
    in_force = rules.in_force(business_date())
    context = {
        "rules": rules,
        "signals": [_shown(each, in_force) for each in SIGNALS],
        "packs": [
            Tab(
                name=load_monitoring(name).title.in_language(reader_language()),
                address=f"?pack={name}",
                here=name == pack,
            )
            for name in names
        ],
    }
    return render(request, "pages/monitoring/rules.html", context)


def _shown(watch: Watch, in_force: Mapping[str, Rule]) -> ShownRule:
    rule = in_force.get(watch.code)
    return ShownRule(
        watch=watch,
        rule=rule,
        level=level_of(rule.level) if rule else None,
        thresholds=_thresholds(rule) if rule else (),
        currency=Said(rule.currency if rule else ""),
        judges=rule is not None and rule.judges(home_currency().unit),
    )


def _thresholds(rule: Rule) -> tuple[str, ...]:
    """The numbers of a rule by their names, its marks by month, its words."""
    unit = say(Said(rule.currency), reader_language())
    numbers = [
        f"{_(NUMBERS[name])} {_number(name, value)}{f' {unit}' if name in AMOUNTS else ''}"
        for name, value in rule.numbers.items()
    ]
    marks = [
        _("%(month)s 月底 %(share)s") % {"month": month, "share": in_percent(share)}
        for month, share in rule.marks.items()
    ]
    return (*numbers, *marks, *rule.words)


def _number(name: str, value: Decimal) -> str:
    return in_percent(value) if name in SHARES else shown(value)
