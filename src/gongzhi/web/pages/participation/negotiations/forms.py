"""The forms of negotiations; see stating.py for positions, settling.py for settlements."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongzhi.connectors import amounts
from gongzhi.forum.models import LegalGate
from gongzhi.web.filled import KeyForm
from gongzhi.web.pages.participation.negotiations.cells import NumberField

NAME_MAX, LINE_MAX, TEXT_MAX, FIGURES_MAX, CRITERION_MAX = 200, 300, 2000, 500, 100
FIGURE_MAX = 300
PLANS, CRITERIA = "ABCDEFGH", range(1, 9)


class OpenForm(KeyForm):
    """What is negotiated, between which plans, led by whom, and what plans are looked at for."""

    title = forms.CharField(max_length=NAME_MAX, label=_("协商的名称"))
    question = forms.CharField(max_length=TEXT_MAX, label=_("要协商什么，牵涉到哪些人"))
    mediator = forms.CharField(max_length=NAME_MAX, label=_("主持人（不参加协商的单位的名称）"))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        for code in PLANS:
            name = forms.CharField(max_length=NAME_MAX, required=False)
            figures = forms.CharField(max_length=FIGURES_MAX, required=False)
            self.fields |= {f"name_{code}": name, f"figures_{code}": figures}
        for number in CRITERIA:
            self.fields[f"criterion_{number}"] = forms.CharField(
                max_length=CRITERION_MAX, required=False
            )

    def plans(self) -> list[tuple[str, str, str]]:
        """The plans that have a name, each with its letter and its figures."""
        given = self.cleaned_data
        named = [code for code in PLANS if given[f"name_{code}"]]
        return [(code, given[f"name_{code}"], given[f"figures_{code}"]) for code in named]

    def criteria(self) -> list[str]:
        """What plans are looked at for, where anything is written."""
        told = (self.cleaned_data[f"criterion_{number}"] for number in CRITERIA)
        return [each for each in told if each]


class SeatForm(KeyForm):
    """Who is affected, and how."""

    party = forms.CharField(max_length=NAME_MAX, label=_("单位的名称，或者居民的账号"))
    stake = forms.CharField(max_length=LINE_MAX, label=_("受到什么影响"))
    is_resident = forms.BooleanField(
        required=False,
        label=_("代表被征收、被搬迁的居民"),
        help_text=_("居民的补偿依法确定，底线不进入计算。"),
    )


class AskForm(KeyForm):
    """That somebody holds to be affected."""

    stake = forms.CharField(
        max_length=LINE_MAX, label=_("受到什么影响"), help_text=_("列入以后人人看得到，不写姓名。")
    )


class DecideForm(KeyForm):
    """Whether who asked is put on the list."""

    party = forms.UUIDField()
    outcome = forms.ChoiceField(
        label=_("是否列入"), choices=[("seated", _("列入")), ("refused", _("不列入"))]
    )
    reason = forms.CharField(max_length=LINE_MAX, required=False, label=_("不列入的理由"))


class GateForm(KeyForm):
    """What law asks for, as it was done."""

    kind = forms.ChoiceField(label=_("哪一项法定程序"), choices=LegalGate.Kind.choices)
    document_number = forms.CharField(max_length=100, label=_("文件编号"))
    from_on = forms.DateField(label=_("自"))
    until_on = forms.DateField(label=_("至"))


class PlanForm(KeyForm):
    """Another plan."""

    name = forms.CharField(max_length=NAME_MAX, label=_("方案的名称"))
    figures = forms.CharField(
        max_length=FIGURES_MAX, required=False, label=_("主要数字，如造价、工期")
    )


class WithdrawPlanForm(KeyForm):
    """Which plan is taken off the table, and why."""

    option = forms.UUIDField(label=_("哪一个方案"))
    reason = forms.CharField(max_length=LINE_MAX, label=_("撤回的理由"))


class LinkFigureForm(KeyForm):
    """Which plan is told by which figure of the cycle."""

    option = forms.UUIDField(label=_("哪一个方案"))
    figure = forms.CharField(
        max_length=FIGURE_MAX,
        label=_("取哪个数"),
        help_text=_("写明来处和日期，来处变了跟着变，到提出待签署的方案那天固定下来。"),
    )


class UnlinkFigureForm(KeyForm):
    """Which figure a plan is told by no longer."""

    figure = forms.UUIDField(label=_("取哪个数"))


class CriterionForm(KeyForm):
    """What else plans are looked at for."""

    name = forms.CharField(max_length=CRITERION_MAX, label=_("标准的名称"))


class WithdrawCriterionForm(KeyForm):
    """Which criterion is taken off the table, and why."""

    criterion = forms.UUIDField(label=_("哪一项标准"))
    reason = forms.CharField(max_length=LINE_MAX, label=_("撤回的理由"))


class RoundForm(KeyForm):
    """What the mediator puts to the sides."""

    note = forms.CharField(max_length=TEXT_MAX, label=_("这一轮请各方考虑什么"))


class AnswerForm(KeyForm):
    """How much a side supports each plan, and its dissent."""

    dissent = forms.CharField(
        max_length=TEXT_MAX, required=False, label=_("保留意见和理由，记入协商记录")
    )

    def __init__(self, data: Any = None, *, plans: Sequence[str] = ()) -> None:
        super().__init__(data)
        self.plans = plans
        for code in plans:
            self.fields[f"support_{code}"] = NumberField(read=amounts.number)

    def support(self) -> dict[str, Decimal]:
        """Support by plan, where any was stated."""
        told = {code: self.cleaned_data[f"support_{code}"] for code in self.plans}
        return {code: each for code, each in told.items() if each is not None}


class SignForm(KeyForm):
    """Whether a side agrees."""

    outcome = forms.ChoiceField(
        label=_("本方是否同意"), choices=[("agrees", _("同意并签署")), ("dissents", _("不同意"))]
    )
    reason = forms.CharField(max_length=TEXT_MAX, required=False, label=_("不同意的理由"))


class ReferForm(KeyForm):
    """What is in dispute, and who decides."""

    dispute = forms.CharField(
        max_length=TEXT_MAX, label=_("争议的主要问题，各方的意见、理由和依据")
    )
    referred_to = forms.CharField(max_length=NAME_MAX, label=_("提交哪个机关决定"))
