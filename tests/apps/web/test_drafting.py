"""A form handed in by its unit: a file without one, and personal data before it is published."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

import city_hall
from gongzhi.cycle import actions
from gongzhi.cycle.models import FormVersion

pytestmark = pytest.mark.django_db


def test_a_marked_paper_leaves_nothing_and_says_whom_to_tell(client: Client):
    unit = city_hall.unit("1", within=city_hall.region())
    client.force_login(unit.officer_office.person)
    marked = SimpleUploadedFile("a.csv", "机密★10年\n项目名称,某项目\n".encode())

    address = reverse("draft_form", args=[unit.project.pk])
    answer = client.post(address, {"file": marked}, follow=True)

    assert "保密工作机构" in answer.content.decode()
    assert FormVersion.objects.count() == 0


def draft_with_a_number(unit: city_hall.Unit) -> FormVersion:
    plain = city_hall.form()
    row = replace(plain.indicators[0], reason="联系人：王小明，电话13812345678")
    form = replace(plain, indicators=(row, *plain.indicators[1:]))
    return actions.draft_form(
        by=unit.officer,
        project=unit.project,
        form=form,
        fiscal_year=city_hall.YEAR,
        pack=city_hall.PACK,
    )


def test_personal_data_is_offered_masked_before_a_form_is_published(client: Client):
    unit = city_hall.unit("1", within=city_hall.region())
    draft = draft_with_a_number(unit)
    client.force_login(unit.officer_office.person)
    page = client.get(reverse("project", args=[unit.project.pk])).content.decode()
    assert reverse("redact_draft", args=[draft.pk]) in page

    address = reverse("redact_draft", args=[draft.pk])
    for _ in range(2):  # the second click does nothing again
        answer = client.post(address, {"key": "once"}, follow=True)

    (kept,) = FormVersion.objects.filter(stage="draft")
    assert kept.record["indicators"][0]["reason"] == "联系人：王**，电话138********"
    assert FormVersion.objects.count() == 2
    assert kept.record["executed"] == draft.record["executed"]
    assert reverse("redact_draft", args=[kept.pk]) not in answer.content.decode()


def test_a_visitor_masks_nobodys_draft(client: Client):
    draft = draft_with_a_number(city_hall.unit("1", within=city_hall.region()))

    answer = client.post(reverse("redact_draft", args=[draft.pk]), {"key": "once"})

    assert answer.status_code == 404
    assert FormVersion.objects.count() == 1
