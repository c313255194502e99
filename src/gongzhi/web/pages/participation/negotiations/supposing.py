"""Another number that a reader asks about, by the address alone: nothing is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from gongzhi.connectors import amounts
from gongzhi.core.balance.negotiating import Changeable
from gongzhi.core.balance.negotiating.differing import OF_NUMBERS
from gongzhi.core.terms import Said
from gongzhi.forum.negotiation_computing import Computed
from gongzhi.forum.negotiation_what_if import Supposed, WhatIf, supposed
from gongzhi.web.pages.participation.negotiations.cells import number_read

NAMES: Mapping[Changeable, object] = {
    Changeable.WORTH: _("方案对它值多少"),
    Changeable.LIMIT: _("达不成协议时它能得到多少"),
    Changeable.PAYS_MOST: _("它最多付出多少"),
    Changeable.GETS_MOST: _("它最多接受多少"),
    Changeable.FLOOR: _("依法或评估至少应得多少"),
    Changeable.OFFERED: _("方案答应补偿它多少"),
    Changeable.SIZE: _("大小（同等对待按它折算）"),
    Changeable.POINTS: _("它给一项标准的权重"),
    Changeable.SCORE: _("它给方案在一项标准上打的分"),
    Changeable.WEIGHT: _("它在协商里的权重（只影响纳什的建议）"),
    Changeable.SUBSIDY: _("外部补助合计多少（不分哪一方）"),
}
FIELDS = ("what", "side", "option", "criterion", "amount")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The question: what can be asked, what was, what is wrong with it, what it would change."""

    choices: Sequence[tuple[str, object]]
    values: Mapping[str, str]
    faults: Mapping[str, Said] = field(default_factory=dict)
    supposed: Supposed | None = None


def asked_what_if(request: HttpRequest, stands: Computed) -> Asked:
    """What the reader asks about, answered; nothing where it asks nothing."""
    values = {name: request.GET.get(name, "").strip() for name in FIELDS}
    choices = [(each.value, name) for each, name in NAMES.items()]
    if not values["amount"] or stands.found is None:
        return Asked(choices=choices, values=values)
    known = {each.value: each for each in NAMES}
    what = known.get(values["what"], Changeable.WORTH)
    amount = number_read(values["amount"], amounts.number if what in OF_NUMBERS else amounts.money)
    if isinstance(amount, Said):
        return Asked(choices=choices, values=values, faults={"amount": amount})
    told = {name: values[name] for name in ("side", "option", "criterion")}
    found = supposed(stands, WhatIf(what=what, amount=amount, **told))
    return Asked(choices=choices, values=values, faults=dict(found.faults), supposed=found)
