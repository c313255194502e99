"""What a search through payments and contracts asks for: its form, and the rows that fit."""

from collections.abc import Mapping
from typing import Any
from unicodedata import normalize
from urllib.parse import urlencode

from django import forms
from django.db.models import F, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from gongzhi.web.table_files import FORMATS

WORDS_MAX, DIGITS_MAX, PLACES_MAX = 100, 18, 2
DAY = {"invalid": _("日期写成 2026-03-02 这样")}
AMOUNT = {"invalid": _("金额只写数字")}
DAYS = ["%Y-%m-%d"]
WITH, WITHOUT, OVER = "with", "without", "over"
BY_DAY, BY_AMOUNT = "day", "amount"


class SearchForm(forms.Form):
    """What both searches ask for; every field may be empty."""

    q = forms.CharField(max_length=WORDS_MAX, required=False)
    unit = forms.CharField(max_length=WORDS_MAX, required=False)
    project = forms.CharField(max_length=WORDS_MAX, required=False)
    payee = forms.CharField(max_length=WORDS_MAX, required=False)
    since = forms.DateField(required=False, input_formats=DAYS, error_messages=DAY)
    until = forms.DateField(required=False, input_formats=DAYS, error_messages=DAY)
    least = forms.DecimalField(
        required=False,
        max_digits=DIGITS_MAX,
        decimal_places=PLACES_MAX,
        error_messages=AMOUNT,
    )
    most = forms.DecimalField(
        required=False,
        max_digits=DIGITS_MAX,
        decimal_places=PLACES_MAX,
        error_messages=AMOUNT,
    )
    contract = forms.CharField(max_length=WORDS_MAX, required=False)
    order = forms.ChoiceField(
        choices=[(BY_DAY, _("新的在前")), (BY_AMOUNT, _("金额大的在前"))], required=False
    )


def asked_in(address: QueryDict) -> SearchForm:
    """The form as an address fills it; full-width figures are read like others."""
    given = {name: normalize("NFKC", address.get(name, "").strip()) for name in SearchForm().fields}
    given |= {name: given[name].replace(",", "") for name in ("least", "most")}
    return SearchForm({name: value for name, value in given.items() if value})


def file_asked(address: QueryDict) -> str:
    """The format in which the answer is to be kept; none where it is to be shown."""
    kind = address.get("as", "")
    return kind if kind in FORMATS else ""


def query_of(form: SearchForm) -> str:
    """The search as the beginning of an address's query."""
    return f"{urlencode(form.data)}&" if form.data else ""


def fitting_payments(rows: QuerySet[Any], asked: Mapping[str, Any]) -> QuerySet[Any]:
    """The payments that fit a search."""
    words, contract = asked["q"], asked["contract"]
    if words:
        here = Q(number__icontains=words) | Q(payee__icontains=words)
        rows = rows.filter(here | Q(purpose__icontains=words))
    if asked["payee"]:
        rows = rows.filter(Q(payee=asked["payee"]) | Q(payee_id=asked["payee"]))
    if contract == WITHOUT:
        rows = rows.filter(contract="")
    elif contract == WITH:
        rows = rows.exclude(contract="")
    elif contract:
        rows = rows.filter(contract=contract)
    return _within(_of(rows, asked), asked, day="paid_on")


def fitting_contracts(rows: QuerySet[Any], asked: Mapping[str, Any]) -> QuerySet[Any]:
    """The contracts that fit a search; `paid` says what was paid on each."""
    if words := asked["q"]:
        here = Q(number__icontains=words) | Q(title__icontains=words)
        rows = rows.filter(here | Q(supplier__icontains=words))
    if asked["payee"]:
        rows = rows.filter(Q(supplier=asked["payee"]) | Q(supplier_id=asked["payee"]))
    if asked["contract"] == WITHOUT:
        rows = rows.filter(paid=None)
    elif asked["contract"] == WITH:
        rows = rows.exclude(paid=None)
    elif asked["contract"] == OVER:
        rows = rows.filter(paid__gt=F("amount"))
    elif asked["contract"]:
        rows = rows.filter(number=asked["contract"])
    return _within(_of(rows, asked), asked, day="signed_on")


def _of(rows: QuerySet[Any], asked: Mapping[str, Any]) -> QuerySet[Any]:
    """Those of a unit, by its code or a part of its name, and of a project, by its code."""
    if unit := asked["unit"]:
        rows = rows.filter(Q(unit__code=unit) | Q(unit__name__icontains=unit))
    if project := asked["project"]:
        registered = Q(project__code=project) | Q(project__name__icontains=project)
        rows = rows.filter(registered | Q(project_code=project))
    return rows


def _within(rows: QuerySet[Any], asked: Mapping[str, Any], *, day: str) -> QuerySet[Any]:
    limits = {
        f"{day}__gte": asked["since"],
        f"{day}__lte": asked["until"],
        "amount__gte": asked["least"],
        "amount__lte": asked["most"],
    }
    rows = rows.filter(**{name: limit for name, limit in limits.items() if limit is not None})
    return rows.order_by(
        *(("-amount", "-id") if asked["order"] == BY_AMOUNT else (f"-{day}", "-id"))
    )
