"""A check over HTTP: limits, what is given, what comes back, what is kept."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongzhi.city.forms import sample_form
from gongzhi.city.sample_papers import sample_docx
from gongzhi.core.terms import Paper
from gongzhi.desk.models import SharedResult
from gongzhi.intake.limits import LIMITS
from gongzhi.web.carried import Carried, packed

pytestmark = pytest.mark.django_db
STATE = packed(Carried(papers=(Paper(name="表.docx", forms=(sample_form("008"),)),)))
TIMES = LIMITS.uploads_per_minute_per_address_max


def given(name: str = "表.docx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, sample_docx(sample_form("008")))


def test_a_check_keeps_nothing(client: Client):
    answer = client.post(reverse("check"), {"files": given()})
    assert answer.status_code == 200
    assert SharedResult.objects.count() == 0
    assert "sessionid" not in answer.cookies


def test_s48_the_eleventh_check_of_a_minute_waits(client: Client, monkeypatch):
    monkeypatch.setattr("gongzhi.web.limits.time.time", lambda: 1_800_000_000.0)
    answers = [client.post(reverse("check"), {"pasted": "甲\t乙"}) for _ in range(TIMES + 1)]
    assert [answer.status_code for answer in answers] == [200] * TIMES + [429]
    assert answers[-1].headers["Retry-After"] == "60"


def test_s48_more_files_than_allowed_are_refused(client: Client):
    files = [given(f"{n}.docx") for n in range(LIMITS.files_at_once_max + 1)]
    assert client.post(reverse("check"), {"files": files}).status_code == 413


def test_s34_of_a_pasted_page_only_the_words_come_back(client: Client):
    drawn = "<svg><foreignObject><p onclick=alert(1)>面积</p></foreignObject></svg>"
    lines = (
        f"<tr><td>项目名称</td><td colspan=5>绿道{drawn}</td></tr>"
        "<tr><th>一级指标</th><th>二级指标</th><th>三级指标</th><th>年度指标值</th>"
        "<th>实际完成值</th><th>分值</th></tr>"
        "<tr><td>产出指标</td><td>数量指标</td><td>长度<script>alert(2)</script></td>"
        "<td>≥5公里</td><td>5公里</td><td>50</td></tr>"
    )
    pasted = f"<h1>项目支出绩效自评表</h1><table>{lines}</table>"

    page = client.post(reverse("check"), {"pasted": pasted}).content.decode()

    assert "绿道" in page
    assert "长度" in page
    assert not any(foreign in page for foreign in ("foreignObject", "onclick", "alert("))


def test_nothing_given_is_asked_for(client: Client):
    answer = client.post(reverse("check"))
    assert answer.status_code == 400
    assert "error-summary" in answer.content.decode()


@pytest.mark.parametrize("name", ["check-again", "check-download", "check-share"])
def test_what_a_page_did_not_carry_is_asked_for_again(client: Client, name: str):
    address = reverse(name, args=["json"] if name == "check-download" else [])
    for state in ("", "x", STATE + "x", STATE[:-1]):
        assert client.post(address, {"state": state}).status_code == 400


def test_an_unknown_pack_is_the_guess(client: Client):
    answer = client.post(reverse("check-again"), {"state": STATE, "pack": "<script>"})
    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode().split("<main")[1]


def test_a_result_is_shared_with_consent_alone(client: Client):
    refused = client.post(reverse("check-share"), {"state": STATE})
    assert refused.status_code == 422
    assert SharedResult.objects.count() == 0
    shared = client.post(reverse("check-share"), {"state": STATE, "consent": "yes"})
    address = shared.headers["Location"]
    page = Client().get(address)
    assert page.status_code == 200
    assert page.headers["X-Robots-Tag"] == "noindex"


def test_a_link_ends_on_its_day(client: Client):
    shared = client.post(reverse("check-share"), {"state": STATE, "consent": "yes"})
    SharedResult.objects.update(
        consented_at=timezone.now() - timedelta(days=8),
        expires_at=timezone.now() - timedelta(seconds=1),
    )
    assert client.get(shared.headers["Location"]).status_code == 404


def test_downloads_are_attachments(client: Client):
    for kind in ("docx", "xlsx", "json"):
        answer = client.post(reverse("check-download", args=[kind]), {"state": STATE})
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert client.post(reverse("check-download", args=["exe"])).status_code == 404
