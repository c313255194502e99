"""A remark that nobody signs: sent on a telephone, talked of by its code, answered by an office."""

import re

import pytest

from gongzhi.cycle.models import Project
from gongzhi.forum.models import Remark
from gongzhi.parties.models import Office
from journeys.beside import main, send
from journeys.conftest import Come
from journeys.reader import follow

OFFICER, PHONE = "jingfa", 360
TEXT = "活动室周末不开门，建议延长到晚上九点。"
ACCUSING = "采购里主任收受了施工方的好处。"


@pytest.fixture
def project(come: Come) -> Project:
    """A disclosed project of the economic bureau."""
    unit = Office.objects.get(person__username=OFFICER).organisation
    found: Project | None = Project.objects.filter(unit=unit, stage="disclosed").first()
    assert found is not None, "the city has disclosed projects"
    return found


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_s55_s57_w01_somebody_unknown_is_asked_and_answered_by_a_code(
    come: Come, project: Project, *, scripts: bool
):
    somebody = come(width=PHONE, scripts=scripts)
    page = somebody.open(f"/participation/remarks/?about={project.thing().name}")
    assert "12345" in main(somebody)
    assert page.locator("textarea").count() == 0
    follow(page.locator("#here a", has_text="匿名写"))
    assert project.unit.name in main(somebody)
    send(somebody, "send_anonymous_remark", kind="oversight", text=ACCUSING)
    assert "12388" in main(somebody)
    send(somebody, "send_anonymous_remark", kind="suggestion", text=TEXT)
    code = page.inner_text("#receipt")
    assert len(re.sub(r"\D", "", code)) == 20
    assert somebody.sideways() <= 0
    kept = {each["name"] for each in page.context.cookies()}
    assert kept <= {"csrftoken", "django_language", "theme", "size"}, "nothing tells them apart"

    somebody.open("/participation/remarks/receipt/")
    send(somebody, "add_by_receipt", code=code)
    number = page.inner_text("h1 .figures")
    (row,) = (each for each in Remark.objects.all() if each.number == number)
    office = come(office=OFFICER, scripts=scripts)
    office.open(f"/participation/remarks/{row.pk}/")
    assert TEXT not in main(office)
    send(office, "read_remark")
    assert TEXT in main(office)
    office.open(f"/participation/remarks/{row.pk}/")
    send(office, "ask_about_remark", text="哪一间？")

    somebody.open("/participation/remarks/receipt/")
    send(somebody, "add_by_receipt", code=code)
    assert "哪一间？" in main(somebody)
    send(somebody, "add_by_receipt", text="二楼的")
    office.open(f"/participation/remarks/{row.pk}/")
    send(office, "answer_remark", outcome="adopted", text="下月起开到九点")

    somebody.open("/participation/remarks/receipt/")
    send(somebody, "add_by_receipt", code=code)
    assert "下月起开到九点" in main(somebody)
    assert page.locator("textarea").count() == 0
    passing = come(scripts=scripts)
    passing.open("/participation/remarks/outcomes/")
    assert TEXT not in main(passing)
    assert not somebody.faults + office.faults
