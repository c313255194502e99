"""An organisation joins: it applies, the registrar admits it, its first person opens an account."""

import re

import pytest

from apps.parties.numbers import credit_code, identity_number
from journeys.conftest import Come
from journeys.reader import Reader, follow

FIELDS = {
    "code": credit_code(77),
    "name": "云河市晚晴读书会",
    "registration_number": "云民证字第 0077 号",
    "competent_unit": "云河市文化旅游局",
    "purpose": "社区读书活动",
    "responsible": "闻上巳",
    "person": "闻上巳",
    "address": "wanqing@example.org",
}


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def numbers(request: pytest.FixtureRequest) -> int:
    """A number of its own for each run; 78: scripts run in it."""
    return 77 + request.param


def apply(reader: Reader, **changes: str) -> None:
    reader.open("/organisations/apply/")
    for field, value in {**FIELDS, **changes}.items():
        reader.page.fill(f"#{field}", value)
    follow(reader.page.locator("#apply_for_admission button.primary"))


def test_an_organisation_joins(come: Come, numbers: int):
    applicant = come(scripts=numbers == 78)
    own = {"code": credit_code(numbers), "name": f"云河市晚晴读书会{numbers}"}

    apply(applicant, **own | {"code": own["code"][:-1] + "0"})
    assert "请核对最后一位校验码" in applicant.page.inner_text(".error-summary")
    assert applicant.page.input_value("#purpose") == FIELDS["purpose"]
    apply(applicant, **own)
    assert "申请已收到" in applicant.page.inner_text("h1")

    registrar = come(office="caizheng-jiena")
    registrar.open("/admissions/")
    follow(registrar.page.locator("#waiting a", has_text=own["name"]))
    follow(registrar.page.locator("#admit_organisation button.primary"))
    assert "已接纳" in registrar.page.inner_text("main")

    inbox = registrar.open("/inbox/").inner_text("main")
    link = re.search(r"https?://\S+?(/invitations/\S+/accept_invitation/)", inbox)
    assert link, inbox

    applicant.open(link[1])
    assert own["name"] in applicant.page.inner_text(".page-head")
    applicant.page.fill("#username", f"wanqing{numbers}")
    applicant.page.fill("#identity", identity_number(numbers))
    applicant.page.fill("#password", "four unrelated words here")
    follow(applicant.page.locator("#accept_invitation button.primary"))
    assert "第二重验证" in applicant.page.inner_text("main")

    applicant.open("/organisations/?q=" + own["code"])
    follow(applicant.page.locator("main table a"))
    assert "本单位管理岗" in applicant.page.inner_text("#offices")
    assert applicant.open(link[1]).locator("h1").inner_text() in {"邀请已失效", "您已经登录"}
    assert not applicant.faults
