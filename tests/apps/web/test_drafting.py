"""A form handed in by its unit: what a file without one is answered."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

import city_hall
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
