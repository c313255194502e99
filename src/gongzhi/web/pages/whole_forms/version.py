"""A version of what a unit states of its whole spending, and its publication by another person."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.audit import check_form
from gongzhi.core.official.money import LABELS
from gongzhi.core.terms import FormType, Said
from gongzhi.cycle.actions import whole_forms as actions
from gongzhi.cycle.models import WholeForm
from gongzhi.cycle.whole_forms import whole_from_record
from gongzhi.parties.middleware import MemberRequest
from gongzhi.rules.packs import load_packs
from gongzhi.web.explained import explained_rows
from gongzhi.web.filled import KeyForm, new_key, shown, take
from gongzhi.web.here import about
from gongzhi.web.official_files import ENDINGS
from gongzhi.web.pages.whole_forms.asked import CODES
from gongzhi.web.readable import readable_thing
from gongzhi.web.seals import seals_on

REVIEW_MAX = 2000


class ReviewForm(KeyForm):
    """Publishing: what the examination before disclosure found."""

    review = forms.CharField(max_length=REVIEW_MAX)


@require_safe
def whole_form(request: MemberRequest, form: UUID) -> HttpResponse:
    """What a version states."""
    return _page(request, readable_thing(request, "whole_form", form))


@require_POST
def publish_whole_form(request: MemberRequest, form: UUID) -> HttpResponse:
    """Publish a draft."""
    row = readable_thing(request, "whole_form", form)
    return take(
        request,
        ReviewForm(request.POST),
        lambda given: actions.publish_whole_form(by=request.member, form=row, **given),
        done=_("已公开，并写入存证。"),
        page=lambda request, *, faults: _page(request, row, faults=faults),
        then=reverse("whole-form", args=[row.pk]),
    )


def _page(
    request: MemberRequest, row: WholeForm, *, faults: Mapping[str, Said] | None = None
) -> HttpResponse:
    form_type = FormType(row.form_type)
    whole = whole_from_record(row.record)
    context: dict[str, Any] = {
        "form": row,
        "unit": row.organisation,
        "kind": CODES[form_type],
        "evaluates": form_type is FormType.SELF_EVALUATION_DEPARTMENT,
        "whole": whole,
        "sheet": whole.sheet,
        "money": [
            {"label": LABELS.named[source], "line": line}
            for source, line in whole.sheet.money.named.items()
        ],
        "looked": check_form(whole.as_form(form_type), pack=load_packs()[row.pack]),
        "explained": explained_rows(row.explained),
        "deeds": about(request, row, row.organisation),
        "seals": seals_on([row]),
        "endings": ENDINGS.values(),
        "faults": shown(faults or {}),
        "key": new_key(),
    }
    return render(request, "pages/whole_forms/version.html", context, status=422 if faults else 200)
