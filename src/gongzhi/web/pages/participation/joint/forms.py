"""The forms of the deeds of joint projects, with what their fields are called."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongzhi.web.filled import KeyForm

TEXT_MAX, LINE_MAX, NAME_MAX, UNIT_MAX, NUMBER_MAX = 2000, 300, 200, 40, 100
PEOPLE_MAX = 100_000


def _quantity(label: Any, *, required: bool = True) -> forms.DecimalField:
    return forms.DecimalField(max_digits=17, decimal_places=2, label=label, required=required)


class StartForm(KeyForm):
    """A project opened to several parties."""

    title = forms.CharField(max_length=NAME_MAX, label=_("联合项目的名称"))
    purpose = forms.CharField(max_length=TEXT_MAX, label=_("要一起做成什么"))
    does = forms.CharField(max_length=LINE_MAX, label=_("本单位承担什么"))


class JoinForm(KeyForm):
    """What one takes on."""

    does = forms.CharField(max_length=LINE_MAX, label=_("本单位承担什么"))


class NeedForm(KeyForm):
    """What is needed."""

    item = forms.CharField(max_length=NAME_MAX, label=_("需要什么"))
    quantity = _quantity(_("多少"))
    unit = forms.CharField(max_length=UNIT_MAX, label=_("计量单位"))
    place = forms.CharField(max_length=NAME_MAX, required=False, label=_("送到哪里"))
    due_on = forms.DateField(label=_("什么时候以前要"))


class OfferForm(KeyForm):
    """What is offered of what is needed."""

    need = forms.UUIDField(label=_("提供哪一项"))
    quantity = _quantity(_("多少"))
    worth = _quantity(_("折合多少元"), required=False)
    worth_basis = forms.CharField(
        max_length=LINE_MAX, required=False, label=_("作价依据，如出厂价、发票、评估")
    )


class AcceptForm(KeyForm):
    """How much of an offer is accepted."""

    offer = forms.UUIDField()
    quantity = _quantity(_("接受多少"))


class DeliveryForm(KeyForm):
    """How much was delivered, or came."""

    offer = forms.UUIDField()
    quantity = _quantity(_("这一次交付或者收到多少"))
    note = forms.CharField(max_length=LINE_MAX, required=False, label=_("说明"))


class PledgeForm(KeyForm):
    """Money for one of the parties."""

    receiver = forms.UUIDField(label=_("给哪一方"))
    amount = _quantity(_("多少元"))
    purpose = forms.CharField(max_length=LINE_MAX, label=_("做什么用"))
    raised = forms.BooleanField(
        required=False,
        label=_("这笔钱是向社会公开募集的"),
        help_text=_("只限登记了有效公开募捐资格的慈善组织。"),
    )


class MoneyForm(KeyForm):
    """How much was paid, or came."""

    contribution = forms.UUIDField()
    amount = _quantity(_("这一次付出或者收到多少元"))
    note = forms.CharField(max_length=LINE_MAX, required=False, label=_("说明"))


class TaskForm(KeyForm):
    """Something for one of the parties to do."""

    organisation = forms.UUIDField(label=_("由哪一方办"))
    text = forms.CharField(max_length=LINE_MAX, label=_("办什么"))
    due_on = forms.DateField(label=_("什么时候以前"))


class ReportForm(KeyForm):
    """What came of a task."""

    task = forms.UUIDField()
    text = forms.CharField(max_length=TEXT_MAX, label=_("办得怎样"))


class VolunteersForm(KeyForm):
    """How many worked on a day, and how long."""

    day = forms.DateField(label=_("哪一天"))
    people = forms.IntegerField(min_value=1, max_value=PEOPLE_MAX, label=_("多少人"))
    hours = forms.DecimalField(max_digits=8, decimal_places=1, label=_("合计多少小时"))
    work = forms.CharField(
        max_length=NAME_MAX, label=_("做什么"), help_text=_("不写志愿者的姓名和联系方式。")
    )


class MonthForm(KeyForm):
    """A month whose figures are compared."""

    month = forms.DateField(label=_("哪个月（这个月的任何一天）"))
    note = forms.CharField(
        max_length=TEXT_MAX, required=False, label=_("不一致的原因和怎样处理（有不一致的必填）")
    )


class LicenceForm(KeyForm):
    """By which paper an organisation may ask the public for money."""

    document_number = forms.CharField(max_length=NUMBER_MAX, label=_("公开募捐资格证书编号"))
    since_on = forms.DateField(label=_("有效期自"))
    until_on = forms.DateField(required=False, label=_("有效期至"))
