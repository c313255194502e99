"""The stories' remarks: sent and answered on their days, each as its file says."""

import pytest

import city_hall
from gongzhi.city.invented.remarked import load_remarks
from gongzhi.city.living.happenings import in_order
from gongzhi.city.living.people import People
from gongzhi.city.living.remarking import Remarking
from gongzhi.cycle.models import Project
from gongzhi.forum import remark_locks
from gongzhi.forum.models import Remark
from gongzhi.parties.actions.setting_up import move_business_date

pytestmark = pytest.mark.django_db


def test_each_remark_of_the_stories_ends_as_told(region, settings, monkeypatch):
    settings.DEMO = True
    monkeypatch.setattr(remark_locks, "COST", 2)
    unit = city_hall.unit("1", within=region)
    Project.objects.filter(pk=unit.project.pk).update(code=load_remarks()[0].project)
    for each in in_order(Remarking(people=People.known()).happenings()):
        move_business_date(to=each.on)
        assert each.do(), each
    ended = Remark.objects.order_by("received_on").values_list("stage", "outcome")
    wanted = [("answered" if t.answered_on else "asked", t.outcome) for t in load_remarks()]
    assert list(ended) == wanted
    assert all(
        row.answered_on is None or row.answered_on <= row.due_on for row in Remark.objects.all()
    )
