"""What readings rest on: shown beside them, and added by whoever read."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongzhi.cycle.actions.evidence import ATTACHED, Shown
from gongzhi.cycle.actions.evidence import add_evidence as add_evidence_to
from gongzhi.cycle.models import Evidence, Reading
from gongzhi.desk.models import Attachment
from gongzhi.intake.limits import LIMITS
from gongzhi.parties.deeds import insist
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.filled import KeyForm, take
from gongzhi.web.given_files import file_given
from gongzhi.web.limits import within_limit
from gongzhi.web.pages import refusals
from gongzhi.web.pages.readings.project import readings_page
from gongzhi.web.readable import readable_thing

SHOWS_MAX, SOURCE_MAX, METHOD_MAX = 500, 300, 200


class EvidenceForm(KeyForm):
    """What is brought: of which kind, what it shows, of which day; the rest by its kind."""

    kind = forms.ChoiceField(choices=Evidence.Kind.choices)
    shows = forms.CharField(max_length=SHOWS_MAX)
    made_on = forms.DateField()
    label = forms.ChoiceField(choices=Attachment.Label.choices)
    source = forms.CharField(max_length=SOURCE_MAX, required=False)
    asked = forms.IntegerField(min_value=0, max_value=10**9, required=False)
    answered = forms.IntegerField(min_value=0, max_value=10**9, required=False)
    method = forms.CharField(max_length=METHOD_MAX, required=False)


@require_POST
@login_required
def add_evidence(request: MemberRequest, reading: UUID) -> HttpResponse:
    """Add to one's own reading what it rests on; of a photo what its camera wrote is taken off."""
    row: Reading = readable_thing(request, "reading", reading)
    insist(request.member, "add_evidence", row.thing())
    times = LIMITS.uploads_per_minute_per_address_max
    if not within_limit(request, act="attach", times_a_minute=times):
        return refusals.too_often(request)

    def deed(given: Mapping[str, Any]) -> object:
        told = {name: held for name, held in given.items() if name not in {"key", "label"}}
        return add_evidence_to(
            by=request.member,
            reading=row,
            shown=Shown(**told),
            file=file_given(request) if given["kind"] in ATTACHED else None,
            label=given["label"],
            key=given["key"],
        )

    form = f"evidence-{row.pk}"
    return take(
        request,
        EvidenceForm(request.POST),
        deed,
        done=_("佐证已补充，并写入存证。"),
        page=lambda request, *, faults: readings_page(
            request, row.project, form=form, faults=faults
        ),
        then=f"{reverse('project-readings', args=[row.project_id])}#r-{row.pk}",
    )
