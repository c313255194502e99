"""What a side states, field by field: worth by plan, scores by criterion, judgements of pairs."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongzhi.connectors import amounts
from gongzhi.core.balance.weighting import by_pairs
from gongzhi.core.terms import Said
from gongzhi.forum.actions.positions import Stated, Terms
from gongzhi.forum.models import NegotiationPosition
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.web.filled import KeyForm
from gongzhi.web.pages.participation.negotiations.cells import NumberField

LINE_MAX, TEXT_MAX, NAME_MAX = 300, 2000, 100
ONE_AND_ONE = Said("两种办法只用一种：填权重，或者两两比较")
NOT_ALL_PAIRS = Said("两两比较要比完每一对；这一对还没有比")
NOT_ALL_SCORES = Said("给一个方案打分的，每项标准都要打")
INCONSISTENT = Said(
    "前后不一（CR = {ratio}，应不超过 0.10）。最值得再想的是“{first}”对“{second}”：现在是 {given}；"
    "改成 {better}，CR 就是 {then}。确实这样看的，勾选下面一项再提交。"
)
TIMES = ("1/9", "1/7", "1/5", "1/3", "1", "3", "5", "7", "9")
TIMES_SHOWN = (
    _("后一项极其重要（1/9）"),
    _("后一项非常重要（1/7）"),
    _("后一项重要（1/5）"),
    _("后一项略重要（1/3）"),
    _("同样重要（1）"),
    _("前一项略重要（3）"),
    _("前一项重要（5）"),
    _("前一项非常重要（7）"),
    _("前一项极其重要（9）"),
)
CHOICES = [("", "—"), *zip(TIMES, TIMES_SHOWN, strict=True)]


class PositionForm(KeyForm):
    """What a side states and who may see it; worth, scores and judgements by plan and criterion.

    Fields are named by the code of the plan and the number of the criterion.
    """

    text = forms.CharField(max_length=TEXT_MAX, label=_("需要什么，担心什么"))
    evidence = forms.CharField(
        max_length=LINE_MAX, required=False, label=_("依据，如评估报告的编号")
    )
    label = forms.ChoiceField(label=_("给谁看"), choices=NegotiationPosition.Label.choices)
    measure = forms.ChoiceField(
        label=_("各方案值多少，用什么计"), choices=[("money", _("元")), ("points", _("分"))]
    )
    limit = NumberField(
        label=_("达不成协议时本方能得到多少"),
        help_text=_("上锁保存，任何页面都不显示给别人。居民填的只有本人能看，不进入计算。"),
    )
    pays_most = NumberField(
        label=_("最多付出多少（元）"), help_text=_("单位填，和上一项一样上锁保存。")
    )
    gets_most = NumberField(
        label=_("最多接受多少（元）"), help_text=_("单位填，和上一项一样上锁保存。")
    )
    tells_mediator = forms.BooleanField(
        required=False,
        label=_("让主持人看到以上三个数，用在主持人的计算里"),
        help_text=_("只有主持人的计算用它。别人的页面和存证里都没有。不勾选的，没有人请本方付款。"),
    )
    alike = forms.CharField(
        max_length=NAME_MAX,
        required=False,
        label=_("和谁同等对待"),
        help_text=_("同一类的写同样的名称，如：住宅 · 货币补偿。按大小折算。"),
    )
    size = NumberField(
        label=_("大小"), help_text=_("如房屋的平方米数；不填按 1 算。"), read=amounts.number
    )
    keeps_judgements = forms.BooleanField(
        required=False, label=_("两两比较前后不一，仍按我写的提交")
    )

    def __init__(
        self,
        data: Any = None,
        *,
        plans: Sequence[str] = (),
        criteria: Mapping[int, str] | None = None,
    ) -> None:
        super().__init__(data)
        numbers = tuple(criteria or ())
        for code in plans:
            for what in ("worth", "floors", "offered"):
                self.fields[f"{what}_{code}"] = NumberField()
            self.fields[f"accepts_{code}"] = forms.BooleanField(required=False)
            for number in numbers:
                self.fields[f"score_{code}_{number}"] = NumberField(read=amounts.number)
        for number in numbers:
            self.fields[f"points_{number}"] = NumberField(read=amounts.number)
        for one, other in combinations(numbers, 2):
            self.fields[f"pair_{one}_{other}"] = forms.ChoiceField(
                required=False, choices=[(each, each) for each in ("", *TIMES)]
            )


def stated_in(
    given: Mapping[str, Any], *, plans: Sequence[str], criteria: Mapping[int, str]
) -> Stated:
    """What a filled-in form states; raises Unsuitable at the field that doesn't suit."""
    points = {
        name: given[f"points_{number}"]
        for number, name in criteria.items()
        if given[f"points_{number}"] is not None
    }
    judgements = _judgements(given, criteria)
    if points and judgements:
        raise Unsuitable({f"points_{min(criteria)}": ONE_AND_ONE})
    return Stated(
        text=given["text"],
        measure=given["measure"],
        worth=_by_plan(given, "worth", plans),
        points=points,
        scores=dict(_scores(given, plans, criteria)),
        accepts=[code for code in plans if given[f"accepts_{code}"]],
        limit=given["limit"],
        evidence=given["evidence"],
        label=given["label"],
        terms=Terms(
            floors=_by_plan(given, "floors", plans),
            offered=_by_plan(given, "offered", plans),
            judgements=judgements,
            alike=given["alike"],
            size=Decimal(1) if given["size"] is None else given["size"],
            pays_most=given["pays_most"],
            gets_most=given["gets_most"],
            tells_mediator=given["tells_mediator"],
        ),
    )


def first_fields(plans: Sequence[str], criteria: Mapping[int, str]) -> Mapping[str, str]:
    """Where what is wrong with a whole table is told: at its first field."""
    first, second = (*criteria, 1, 2)[:2]
    by_plan = {what: f"{what}_{plans[0]}" for what in ("worth", "floors", "offered", "accepts")}
    return {
        **by_plan,
        "scores": f"score_{plans[0]}_{first}",
        "points": f"points_{first}",
        "judgements": f"pair_{first}_{second}",
    }


def _by_plan(given: Mapping[str, Any], what: str, plans: Sequence[str]) -> dict[str, Decimal]:
    found = {code: given[f"{what}_{code}"] for code in plans}
    return {code: amount for code, amount in found.items() if amount is not None}


def _scores(
    given: Mapping[str, Any], plans: Sequence[str], criteria: Mapping[int, str]
) -> Iterator[tuple[str, dict[str, Decimal]]]:
    for code in plans:
        row = {name: given[f"score_{code}_{number}"] for number, name in criteria.items()}
        if all(each is None for each in row.values()):
            continue
        for number, name in criteria.items():
            if row[name] is None:
                raise Unsuitable({f"score_{code}_{number}": NOT_ALL_SCORES})
        yield code, row


def _judgements(
    given: Mapping[str, Any], criteria: Mapping[int, str]
) -> list[tuple[str, str, Fraction]]:
    """The judgements; all pairs or none, and consistent unless their side insists on them."""
    numbers = tuple(criteria)
    told = {pair: given["pair_{}_{}".format(*pair)] for pair in combinations(numbers, 2)}
    if not any(told.values()):
        return []
    for (one, other), times in told.items():
        if not times:
            raise Unsuitable({f"pair_{one}_{other}": NOT_ALL_PAIRS})
    matrix = [[1.0] * len(criteria) for _ in criteria]
    places = {number: at for at, number in enumerate(numbers)}
    for (one, other), times in told.items():
        matrix[places[one]][places[other]] = float(Fraction(times))
        matrix[places[other]][places[one]] = float(1 / Fraction(times))
    found = by_pairs(matrix)
    assert not isinstance(found, Said), "the form offers what can be weighed"
    if found.advice is not None and not given["keeps_judgements"]:
        advice = found.advice
        first, second = numbers[advice.first], numbers[advice.second]
        values = {
            "ratio": f"{found.ratio:.3f}",
            "first": criteria[first],
            "second": criteria[second],
            "given": told[first, second],
            "better": str(advice.better),
            "then": f"{advice.ratio:.3f}",
        }
        raise Unsuitable({f"pair_{first}_{second}": Said(INCONSISTENT.text, values)})
    return [
        (criteria[one], criteria[other], Fraction(times)) for (one, other), times in told.items()
    ]
