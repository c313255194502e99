"""The forms of the compensation ledger, with what their fields are called."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongzhi.forum.actions.compensations import Share
from gongzhi.web.filled import KeyForm

LINE_MAX, NAME_MAX, REASON_MAX, TEXT_MAX, PARTS_MAX = 200, 100, 500, 2000, 2000
YEAR_LEAST, YEAR_MOST = 2000, 2100
PART = re.compile(r"(\d{4}-\d{2}-\d{2})[\s,，]+(\d[\d,]*(?:\.\d{1,2})?)")


def _money(label: Any, *, required: bool = True, hint: Any = "") -> forms.DecimalField:
    return forms.DecimalField(
        max_digits=17, decimal_places=2, label=label, required=required, help_text=hint
    )


class PromiseForm(KeyForm):
    """A compensation: for what, how much, on which grounds, in which parts."""

    subject = forms.CharField(
        max_length=LINE_MAX,
        label=_("补偿什么"),
        help_text=_("如：桂花巷 12 号，住宅 68 平方米。受影响的各户看得到，不写姓名。"),
    )
    payee = forms.CharField(
        max_length=NAME_MAX,
        required=False,
        label=_("受偿人的账号，或者单位的名称"),
        help_text=_("户主没有账号的不填，以后在现场告知。"),
    )
    situation = forms.CharField(
        max_length=NAME_MAX,
        label=_("属于哪一类情况"),
        help_text=_("同类情况按同样的标准，如：住宅 · 货币补偿。"),
    )
    standard = forms.CharField(
        max_length=LINE_MAX, label=_("适用什么标准"), help_text=_("写明补偿方案的条款。")
    )
    reason = forms.CharField(max_length=REASON_MAX, label=_("为什么补偿"))
    lawful_minimum = _money(_("法定标准的下限（元）"), required=False)
    appraised = _money(_("评估价值（元）"), required=False)
    appraiser = forms.CharField(max_length=LINE_MAX, required=False, label=_("评估机构"))
    evidence = forms.CharField(max_length=300, label=_("依据的文件，如评估报告的编号"))
    amount = _money(_("补偿多少（元）"), hint=_("不低于法定标准和评估价值中较高的一个。"))
    reward = _money(_("依规定设立的奖励（元）"), required=False)
    reward_rule = forms.CharField(max_length=LINE_MAX, required=False, label=_("奖励依据的规定"))
    fiscal_year = forms.IntegerField(
        min_value=YEAR_LEAST, max_value=YEAR_MOST, label=_("哪一年的预算")
    )
    budget_line = forms.CharField(max_length=LINE_MAX, label=_("对应哪一项预算（编号）"))
    parts = forms.CharField(
        max_length=PARTS_MAX,
        label=_("分期支付，每期一行：日期 金额"),
        help_text=_("如：2026-04-01 60000"),
    )
    difference = forms.CharField(
        max_length=REASON_MAX, required=False, label=_("与同类情况不同的，写明理由")
    )

    def clean_parts(self) -> tuple[Share, ...]:
        """The instalments, line by line."""
        lines = [each.strip() for each in self.cleaned_data["parts"].splitlines() if each.strip()]
        return tuple(map(_part, lines))


def _part(line: str) -> Share:
    found = PART.fullmatch(line)
    if found is None:
        raise forms.ValidationError(line)
    try:
        return Share(amount=Decimal(found[2].replace(",", "")), due_on=date.fromisoformat(found[1]))
    except (ValueError, InvalidOperation) as error:
        raise forms.ValidationError(line) from error


class PaidForm(KeyForm):
    """That an instalment was paid."""

    instalment = forms.UUIDField()
    paid_on = forms.DateField(label=_("支付日期"))
    voucher = forms.CharField(
        max_length=LINE_MAX,
        label=_("支付凭证编号"),
        help_text=_("与已导入的国库支付编号相同的，自动核对日期和金额。"),
    )


class LateForm(KeyForm):
    """Why an instalment is late, and when it will be paid."""

    instalment = forms.UUIDField()
    reason = forms.CharField(max_length=TEXT_MAX, label=_("逾期的原因"))
    pays_on = forms.DateField(label=_("什么时候支付"))


class ObjectForm(KeyForm):
    """That somebody doesn't agree."""

    text = forms.CharField(max_length=TEXT_MAX, label=_("不同意什么，为什么"))


class AnswerForm(KeyForm):
    """The answer of whoever had no part in the promise."""

    outcome = forms.ChoiceField(
        label=_("异议是否成立"),
        choices=[("upheld", _("成立")), ("dismissed", _("不成立"))],
    )
    answer = forms.CharField(max_length=TEXT_MAX, label=_("理由和依据"))
    added = _money(_("增加补偿多少（元）"), required=False)
    due_on = forms.DateField(required=False, label=_("增加的部分什么时候支付"))
