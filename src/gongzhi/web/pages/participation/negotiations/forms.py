"""The forms of negotiations; tables are written a line at a time, so that no script is needed."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongzhi.forum.models import LegalGate, NegotiationPosition
from gongzhi.web.filled import KeyForm

NAME_MAX, LINE_MAX, TEXT_MAX = 200, 300, 2000
BAR = "|"
OPTION_CELLS, WORTH_CELLS, SCORE_CELLS, TRANSFER_CELLS = 2, 2, 3, 7


def _lines(text: str) -> list[list[str]]:
    rows = (line.replace("｜", BAR).split(BAR) for line in text.splitlines() if line.strip())
    return [[cell.strip() for cell in row] for row in rows]


def _numbers(text: str) -> dict[str, Decimal]:
    """Lines of a name and a number."""
    found: dict[str, Decimal] = {}
    for row in _lines(text):
        if len(row) != WORTH_CELLS or not row[0]:
            raise forms.ValidationError(BAR.join(row))
        found[row[0]] = _number(row[1])
    return found


def _number(text: str) -> Decimal:
    try:
        value = Decimal(text.replace(",", ""))
    except InvalidOperation as error:
        raise forms.ValidationError(text) from error
    if not value.is_finite():
        raise forms.ValidationError(text)
    return value


class OpenForm(KeyForm):
    """What is negotiated, between which plans, led by whom."""

    title = forms.CharField(max_length=NAME_MAX, label=_("协商的名称"))
    question = forms.CharField(max_length=TEXT_MAX, label=_("要协商什么，牵涉到哪些人"))
    mediator = forms.CharField(max_length=NAME_MAX, label=_("主持人（不参加协商的单位的名称）"))
    options = forms.CharField(
        max_length=TEXT_MAX,
        label=_("方案，每行一个：代码 | 名称 | 主要数字"),
        help_text=_("如：A | 原址重建 | 造价 5200 万元，工期 24 个月"),
    )

    def clean_options(self) -> list[tuple[str, str, str]]:
        """The plans, line by line."""
        rows = _lines(self.cleaned_data["options"])
        if any(len(row) < OPTION_CELLS or not all(row[:OPTION_CELLS]) for row in rows):
            raise forms.ValidationError("options")
        return [(row[0], row[1], BAR.join(row[2:])) for row in rows]


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


class PositionForm(KeyForm):
    """What a side states, and who may see it."""

    text = forms.CharField(max_length=TEXT_MAX, label=_("需要什么，担心什么"))
    worth = forms.CharField(
        max_length=TEXT_MAX,
        required=False,
        label=_("各方案对本方值多少，每行一个：代码 | 数值"),
        help_text=_("亏损写负数。如：A | 1200000"),
    )
    measure = forms.ChoiceField(
        label=_("数值的单位"), choices=[("money", _("元")), ("points", _("分"))]
    )
    points = forms.CharField(
        max_length=TEXT_MAX,
        required=False,
        label=_("看重什么，每行一个：标准 | 权重"),
        help_text=_("不便用一个数说的，可以按标准打分。如：噪声 | 40"),
    )
    scores = forms.CharField(
        max_length=TEXT_MAX,
        required=False,
        label=_("按标准打分（0 到 100），每行一个：代码 | 标准 | 分"),
    )
    accepts = forms.CharField(
        max_length=NAME_MAX, required=False, label=_("可以接受的方案的代码，用 | 隔开")
    )
    limit = forms.DecimalField(
        max_digits=17,
        decimal_places=2,
        required=False,
        label=_("达不成协议时本方能得到多少"),
        help_text=_("上锁保存，任何页面都不显示给别人。居民填的只有本人能看，不进入计算。"),
    )
    evidence = forms.CharField(
        max_length=LINE_MAX, required=False, label=_("依据，如评估报告的编号")
    )
    label = forms.ChoiceField(label=_("给谁看"), choices=NegotiationPosition.Label.choices)

    def clean_worth(self) -> dict[str, Decimal]:
        """Worth by plan."""
        return _numbers(self.cleaned_data["worth"])

    def clean_points(self) -> dict[str, Decimal]:
        """Weights by criterion."""
        return _numbers(self.cleaned_data["points"])

    def clean_scores(self) -> dict[str, dict[str, Decimal]]:
        """Scores by plan and criterion."""
        found: dict[str, dict[str, Decimal]] = {}
        for row in _lines(self.cleaned_data["scores"]):
            if len(row) != SCORE_CELLS:
                raise forms.ValidationError(BAR.join(row))
            found.setdefault(row[0], {})[row[1]] = _number(row[2])
        return found

    def clean_accepts(self) -> list[str]:
        """The codes of plans."""
        return [code for row in _lines(self.cleaned_data["accepts"]) for code in row if code]


class RoundForm(KeyForm):
    """What the mediator puts to the sides."""

    note = forms.CharField(max_length=TEXT_MAX, label=_("这一轮请各方考虑什么"))


class AnswerForm(KeyForm):
    """How much a side supports each plan, and its dissent."""

    support = forms.CharField(
        max_length=TEXT_MAX,
        label=_("对各方案的支持程度（0 到 100），每行一个：代码 | 数值"),
    )
    dissent = forms.CharField(
        max_length=TEXT_MAX, required=False, label=_("保留意见和理由，记入协商记录")
    )

    def clean_support(self) -> dict[str, Decimal]:
        """Support by plan."""
        return _numbers(self.cleaned_data["support"])


class SettlementForm(KeyForm):
    """What is put up for signature: the plan, and who gives whom what."""

    option = forms.UUIDField(label=_("哪一个方案"))
    text = forms.CharField(max_length=TEXT_MAX, label=_("约定的内容"))
    transfers = forms.CharField(
        max_length=TEXT_MAX,
        required=False,
        label=_(
            "谁付给谁，每行一笔：付款单位 | 受偿单位 | 元 | 预算年度 | 预算编号 | 原因 | 支付日期"
        ),
        help_text=_("如：市文旅局 | 云河商业公司 | 200000 | 2026 | YH-07 | 停业损失 | 2026-10-31"),
    )

    def clean_transfers(self) -> list[Mapping[str, Any]]:
        """The transfers, line by line."""
        return [_transfer(row) for row in _lines(self.cleaned_data["transfers"])]


def _transfer(row: list[str]) -> Mapping[str, Any]:
    if len(row) != TRANSFER_CELLS:
        raise forms.ValidationError(BAR.join(row))
    giver, getter, amount, year, line, reason, due_on = row
    try:
        return {
            "giver": giver,
            "getter": getter,
            "amount": _number(amount),
            "fiscal_year": int(year),
            "budget_line": line,
            "reason": reason,
            "due_on": date.fromisoformat(due_on),
        }
    except ValueError as error:
        raise forms.ValidationError(BAR.join(row)) from error


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
